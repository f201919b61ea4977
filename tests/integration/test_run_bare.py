"""Tenants with next to nothing to read still run through to published marts.

On the emptiest of them: a run goes on after extraction exactly when there is something
to build. That a run without news changes no row is asked of the small world.
"""

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.closing import nothing_to_build
from pipelines.observability.progress import SilentProgress
from pipelines.observability.summary import RunSummary
from pipelines.orchestration.run import run_once
from pipelines.orchestration.session import Ledger, opened
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from pipelines.transform.project import fingerprint
from tests.support.warehouses import tenant_of

GRANTED = {"companies", "boards", "board_statuses"}
DENIED = tuple(e.path for e in ENTITIES.values() if e.name not in GRANTED)


@pytest.fixture
def no_records(tmp_path):
    with Store.create(tmp_path / "empty.sqlite") as empty:
        yield empty


def test_a_tenant_without_a_record_is_published_once_unless_the_copy_is_lost(
    no_records, tmp_path
):
    with tenant_of(no_records, tmp_path / "warehouse") as settings:
        first = run_once(settings, progress=SilentProgress())
        assert_published_empty(first, settings)
        copy = settings.warehouse.published_file.resolve()

        second = run_once(settings, progress=SilentProgress())
        assert second.nothing_new
        assert second.marts == second.files == ()
        assert settings.warehouse.published_file.resolve() == copy

        assert stops_after_extraction(settings)
        settings.warehouse.published_file.unlink()
        assert not stops_after_extraction(settings)


def stops_after_extraction(settings: Settings) -> bool:
    """What the step between extraction and marts would say now."""
    progress, ledger = SilentProgress(), Ledger()
    with opened(settings, progress=progress, ledger=ledger) as session:
        return nothing_to_build(session.sync, fingerprint=fingerprint(settings))


def assert_published_empty(summary: RunSummary, settings: Settings) -> None:
    assert summary.outcomes_failed == ()
    rows = {one.name: one.rows for one in summary.marts}
    assert rows["marts.fct_ticket"] == rows["marts.fct_time_entry"] == 0
    assert settings.warehouse.published_file.exists()
    assert any(file.suffix == ".html" for file in summary.files)


def test_a_role_that_grants_only_companies_and_boards_is_published(store, tmp_path):
    options = SandboxOptions(denied_paths=DENIED)
    with tenant_of(store, tmp_path / "warehouse", options=options) as settings:
        summary = run_once(settings, progress=SilentProgress())
    assert summary.outcomes_failed == ()
    rows = {one.name: one.rows for one in summary.marts}
    assert rows["marts.dim_company"] == store.count(ENTITIES["companies"].path)
    assert rows["marts.fct_ticket"] == 0
    refused = {one.name for one in summary.entities if one.status == "not granted"}
    asked = {e.name for e in ENTITIES.values() if not e.parent or e.parent in GRANTED}
    assert refused == asked - GRANTED
