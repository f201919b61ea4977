"""Extraction steps: any part alone, as the Dagster UI offers it; surprises noted."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from dagster_dlt import DagsterDltResource

from pipelines.connectwise.entities import ENTITIES
from pipelines.errors import WarehouseBusyError
from pipelines.ingest.pipeline import load
from pipelines.ingest.source import connectwise_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.assets.raw import endpoints, raw_assets
from pipelines.orchestration.keys import raw_key
from pipelines.orchestration.session import Ledger, Session, opened
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.support.sandbox import make_world
from tests.support.warehouses import dump, tenant_of


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with make_world(tmp_path / "world.sqlite") as one:
        yield one


@pytest.fixture
def settings(store, tmp_path) -> Iterator[Settings]:
    with tenant_of(store, tmp_path / "warehouse") as one:
        yield one


def materialize(settings: Settings, *keys: dg.AssetKey) -> set[dg.AssetKey]:
    """Run the steps for ``keys`` only; what the run says it has made."""

    @dg.resource
    def session(_: dg.InitResourceContext) -> Iterator[Session]:
        with opened(settings, progress=SilentProgress(), ledger=Ledger()) as one:
            yield one

    result = dg.materialize(
        [*endpoints(), *raw_assets()],
        selection=list(keys),
        resources={"session": session, "dlt": DagsterDltResource()},
    )
    return {event.asset_key for event in result.get_asset_materialization_events()}


def test_a_child_table_alone_is_read_with_its_entity(settings):
    key = raw_key("contacts__communication_items")
    assert materialize(settings, key) == {key}
    rows = dump(settings, schemas=("connectwise_raw",))
    assert len(rows["connectwise_raw.contacts__communication_items"]) == 4


def test_the_hot_part_alone_leaves_every_table_there(settings):
    materialize(settings, raw_key("service_tickets"), raw_key("service_ticket_notes"))
    rows = dump(settings, schemas=("connectwise_raw",))
    assert len(rows["connectwise_raw.service_tickets"]) == 60
    assert rows["connectwise_raw.companies"] == []
    assert rows["connectwise_raw.board_statuses"] == []


def test_what_did_not_fit_is_noted_once_though_the_run_brings_nothing_else(
    store, settings
):
    key, path = raw_key("contacts"), ENTITIES["contacts"].path
    materialize(settings, key)
    store.put(path, {**next(store.records(path)), "inactiveFlag": "?", "mood": "calm"})
    store.touch(path, [1], "2026-03-31T21:00:00Z")
    for _ in range(2):
        materialize(settings, key)
    noted = dump(settings, schemas=("meta",))
    (quarantined,) = noted["meta.quarantine"]
    assert "inactiveFlag: Input should be a valid boolean" in quarantined
    (drift,) = noted["meta.drift"]
    assert "mood" in drift


def test_an_endpoint_that_refuses_is_not_asked_for_every_parent(store, tmp_path):
    notes = ENTITIES["service_ticket_notes"]
    options = SandboxOptions(denied_paths=(notes.path,))
    with tenant_of(store, tmp_path / "warehouse", options=options) as three_days:
        years = three_days.sandbox.model_copy(update={"children_since_days": 999})
        settings = three_days.model_copy(update={"sandbox": years})
        with opened(settings, progress=SilentProgress(), ledger=Ledger()) as session:
            tickets = ENTITIES["service_tickets"]
            load(settings, connectwise_source(session.sync, [tickets]))
            before = session.ledger.calls.events["request_finished"]
            load(settings, connectwise_source(session.sync, [notes]))
            after = session.ledger.calls.events["request_finished"]
    assert session.sync.tally(notes.name).status == "not granted"
    assert after - before == 3


def test_a_reader_that_opens_the_build_file_midway_is_named_in_one_sentence(settings):
    key = raw_key("contacts")
    materialize(settings, key)
    before = dump(settings, schemas=("connectwise_raw",))
    with opened(settings, progress=SilentProgress(), ledger=Ledger()) as session:
        source = connectwise_source(session.sync, [ENTITIES["boards"]])
        with (
            holding(settings.warehouse.build_file) as reader,
            pytest.raises(WarehouseBusyError, match=rf"held by process {reader} "),
        ):
            load(settings, source)
    assert dump(settings, schemas=("connectwise_raw",)) == before


@contextmanager
def holding(path: Path) -> Iterator[int]:
    """Another process that reads ``path``; its id."""
    code = (
        f"import duckdb; file = duckdb.connect({str(path)!r}, read_only=True); "
        "print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"open\n"
        yield process.pid
        process.communicate(b"\n")
