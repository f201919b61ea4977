"""A large first load: the newest part first, then the rest in parts that survive."""

from collections import Counter
from collections.abc import Iterator

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest import extraction, history
from pipelines.ingest.completeness import counts
from pipelines.ingest.pipeline import load
from pipelines.ingest.preflight import open_client
from pipelines.ingest.reconcile import reconcile
from pipelines.ingest.run import begin
from pipelines.ingest.source import connectwise_source, history_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import writer_lock
from pipelines.sandbox.store import Store
from tests.support.sandbox import ticket
from tests.support.warehouses import raw_rows, tenant_of

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
        small = {"page_size": 20, "single_stage_records": 100}
        yield one.model_copy(update={"sync": one.sync.model_copy(update=small)})


@pytest.fixture(autouse=True)
def small_packages(monkeypatch):
    monkeypatch.setattr(history, "_PACKAGE_ROWS", 150)


def sync(settings, *, older, packages=None):
    """Extract tickets; how many requests went to them, and what is left."""
    asked = []
    with (
        writer_lock(settings),
        open_client(settings, hooks=[asked.append]) as client,
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
