"""What is counted and what is checked after a load."""

from dataclasses import replace

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.completeness import Count, count_outcomes, counts, load_outcomes
from pipelines.ingest.pipeline import load
from pipelines.ingest.source import connectwise_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.sandbox.store import Store
from pipelines.warehouse.connection import connect
from tests.support.warehouses import tenant_of

SLAS, BOARDS = ENTITIES["slas"], ENTITIES["boards"]
BOTH = (SLAS, BOARDS)


def test_a_record_that_the_api_no_longer_counts_warns(tmp_path):
    with Store.create(tmp_path / "world.sqlite") as store:
        store.write(SLAS.path, [{"id": n, "name": f"SLA {n}"} for n in (1, 2)])
        with (
            tenant_of(store, tmp_path / "warehouse") as settings,
            opened(settings, progress=SilentProgress(), ledger=Ledger()) as session,
        ):
            load(settings, connectwise_source(session.sync, BOTH))
            store.delete(SLAS.path, 2)
            found = counts(session.sync, BOTH)
    assert found == {"slas": Count(api=1, raw=2), "boards": Count(api=0, raw=0)}
    said = {one.asset: (one.status, one.failed_rows) for one in count_outcomes(found)}
    assert said == {
        "connectwise_raw.slas": ("warned", 1),
        "connectwise_raw.boards": ("passed", 0),
    }


def test_rows_of_a_load_that_did_not_complete_block(tmp_path):
    with Store.create(tmp_path / "world.sqlite") as store:
        store.write(SLAS.path, [{"id": 1, "name": "SLA"}])
        with (
            tenant_of(store, tmp_path / "warehouse") as settings,
            opened(settings, progress=SilentProgress(), ledger=Ledger()) as session,
        ):
            load(settings, connectwise_source(session.sync, BOTH))
            assert not any(one.blocks for one in load_outcomes(session.sync, BOTH))
            with connect(settings.warehouse.build_file, read_only=False) as connection:
                connection.execute("delete from connectwise_raw._dlt_loads")
            outcomes = load_outcomes(session.sync, BOTH)
            run_without_news = replace(session.sync, tallies={})
            later = load_outcomes(run_without_news, BOTH)
    assert [one.asset for one in outcomes if one.blocks] == ["connectwise_raw.slas"]
    assert not any(one.blocks for one in later)
