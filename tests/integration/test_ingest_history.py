"""A large first load: the newest part first, then the rest in parts that survive."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest import extraction, history
from pipelines.ingest.completeness import Count, counts
from pipelines.ingest.pipeline import load
from pipelines.ingest.preflight import open_client
from pipelines.ingest.reconcile import reconcile
from pipelines.ingest.run import begin
from pipelines.ingest.source import connectwise_source, history_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import writer_lock
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.options import Endpoint
from pipelines.sandbox.store import Store
from pipelines.warehouse.connection import connect
from tests.support.sandbox import ticket
from tests.support.warehouses import (
    dump,
    expected_rows,
    raw_rows,
    settings_in,
    tenant_of,
)

TICKETS, NOTES = ENTITIES["service_tickets"], ENTITIES["service_ticket_notes"]
OLD = {"lastUpdated": "2024-05-01T08:00:00Z", "updatedBy": "mia"}
NEW = {"lastUpdated": "2026-03-30T08:00:00Z", "updatedBy": "mia"}
COUNT = 600


def info_of(number):
    """Old tickets, some of them changed lately, some without any date."""
    if number % 7 == 0:
        return {}
    return NEW if number > 500 or number % 50 == 0 else OLD


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store.create(tmp_path / "world.sqlite") as one:
        numbers = range(1, COUNT + 1)
        one.write(TICKETS.path, (ticket(n, _info=info_of(n)) for n in numbers))
        yield one


@pytest.fixture
def settings(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as one:
        yield in_parts(one)


@pytest.fixture(autouse=True)
def small_packages(monkeypatch):
    monkeypatch.setattr(history, "_PACKAGE_ROWS", 150)


def sync(settings, *, older, packages=None, hook=lambda _event: None):
    """Extract tickets; how many requests went to them, and what is left."""
    asked = []
    with (
        writer_lock(settings),
        open_client(settings, hooks=[asked.append, hook]) as client,
    ):
        run = begin(settings, client, progress=SilentProgress())
        if packages is None:
            extraction.extract(run, [TICKETS, NOTES], history=older)
        else:
            load(settings, connectwise_source(run, [TICKETS]))
            for _ in range(packages):
                load(settings, history_source(run))
        left = history.open_entities(run)
    paths = [e.call.path for e in asked if isinstance(e, RequestFinished)]
    return Counter(paths), left


def test_the_newest_part_comes_first_and_children_wait(settings):
    asked, left = sync(settings, older=False)
    newest = {n for n in range(1, COUNT + 1) if info_of(n) == NEW}
    assert raw_rows(settings, TICKETS).keys() == newest
    assert left["service_tickets"].unread == COUNT
    assert not any(path.endswith("/notes") for path in asked)


def test_the_rest_follows_with_records_that_have_no_date(settings):
    sync(settings, older=False)
    _, left = sync(settings, older=True)
    assert left == {}
    assert raw_rows(settings, TICKETS).keys() == set(range(1, COUNT + 1))


def test_what_has_landed_is_not_asked_again(settings):
    sync(settings, older=False)
    _, after_two = sync(settings, older=False, packages=2)
    assert after_two["service_tickets"].unread == 300
    asked, left = sync(settings, older=True)
    assert left == {}
    assert asked[TICKETS.path] <= 2 + 300 // 20 + 2 * 8
    assert raw_rows(settings, TICKETS).keys() == set(range(1, COUNT + 1))


def test_a_setting_says_how_far_history_goes(settings, store):
    for number in range(1, COUNT + 1):
        year = 2020 if number <= 200 else 2026
        info = OLD | {"dateEntered": f"{year}-01-01T08:00:00Z"}
        store.put(TICKETS.path, ticket(number, _info=info))
    year = settings.sync.model_copy(update={"history_days": 365})
    short = settings.model_copy(update={"sync": year})
    sync(short, older=False)
    _, left = sync(short, older=True)
    assert left == {}
    assert raw_rows(settings, TICKETS).keys() == set(range(201, COUNT + 1))
    swept, counted = night(short)
    assert swept["service_tickets"].again == frozenset()
    assert counted["service_tickets"] == Count(COUNT - 200, COUNT - 200)
    assert raw_rows(settings, TICKETS).keys() == set(range(201, COUNT + 1))


def test_a_small_tenant_is_read_at_once(settings):
    one = settings.sync.model_copy(update={"single_stage_records": COUNT})
    _, left = sync(settings.model_copy(update={"sync": one}), older=False)
    assert left == {}
    assert len(raw_rows(settings, TICKETS)) == COUNT


def test_an_open_list_is_neither_swept_nor_held_against_its_count(settings):
    sync(settings, older=False)
    swept, counted = night(settings)
    assert {one.seen.status for one in swept.values()} == {"skipped"}
    assert counted == {}
    assert {one.seen.note for one in swept.values()} == {
        "its history is still being read"
    }
    sync(settings, older=True)
    swept, counted = night(settings)
    assert swept["service_tickets"].seen.status == "complete"
    assert counted["service_tickets"].raw == COUNT


def night(settings):
    """Sweep tickets and their notes, and count."""
    with writer_lock(settings), open_client(settings) as client:
        run = begin(settings, client, progress=SilentProgress())
        done = reconcile(run, [TICKETS, NOTES])
        return {one.entity.name: one for one in done.swept}, counts(run, [TICKETS])


# Kills itself at the n-th answer of the backfill; 0 is between the stages.
BACKFILL_AND_DIE = """
import os, signal, sys
from pathlib import Path
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest import history
from tests.integration import test_ingest_history as staged
left = int(sys.argv[3])
def watch(event):
    global left
    if isinstance(event, RequestFinished):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
history._PACKAGE_ROWS = 150
settings = staged.settings_at(sys.argv[2], Path(sys.argv[1]))
staged.sync(settings, older=False)
if left == 0:
    os.kill(os.getpid(), signal.SIGKILL)
staged.sync(settings, older=True, hook=watch)
"""


@pytest.mark.parametrize("answers", [0, 4, 30])
def test_a_history_that_is_killed_goes_on_to_equal_tables(answers, settings, store):
    folder, url = settings.warehouse.dir, settings.tenant.base_url
    script = [sys.executable, "-c", BACKFILL_AND_DIE, str(folder), str(url)]
    died = subprocess.run(
        [*script, str(answers)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    _, left = sync(settings, older=True)
    assert left == {}
    assert raw_rows(settings, TICKETS) == expected_rows(store, TICKETS)
    before = dump(settings, schemas=("connectwise_raw",))
    sync(settings, older=True)
    assert dump(settings, schemas=("connectwise_raw",)) == before


def test_what_a_killed_load_has_left_of_history_is_replaced(settings, store):
    sync(settings, older=False, packages=1)
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "insert into connectwise_raw.service_tickets select * replace (9 as id, "
            "'left' as summary, '0' as _dlt_load_id) "
            "from connectwise_raw.service_tickets limit 1"
        )
    _, left = sync(settings, older=True)
    assert left == {}
    assert raw_rows(settings, TICKETS) == expected_rows(store, TICKETS)
    with connect(settings.warehouse.build_file) as connection:
        counted = "select count(*) from connectwise_raw.service_tickets"
        assert connection.execute(counted).fetchall() == [(COUNT,)]


def settings_at(url, folder):
    """What a process of its own reads the tenant at ``url`` with."""
    endpoint = Endpoint(
        base_url=url,
        company_id="sandbox",
        public_key="public",
        private_key="private",
        client_id="00000000-0000-0000-0000-000000000000",
    )
    return in_parts(pointed_at(settings_in(folder), endpoint))


def in_parts(settings):
    """Pages of 20 tickets, and two stages."""
    small = {"page_size": 20, "single_stage_records": 100}
    return settings.model_copy(update={"sync": settings.sync.model_copy(update=small)})
