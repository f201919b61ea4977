"""What a run asks for: nothing twice, children of what changed, what is due."""

import shutil
from collections import Counter
from collections.abc import Iterator

import pytest

from pipelines.connectwise import NotGrantedError
from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest import extraction
from pipelines.ingest.preflight import open_client
from pipelines.ingest.run import begin
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import writer_lock
from pipelines.sandbox.options import Role, SandboxOptions
from pipelines.sandbox.store import Store
from tests.support.sandbox import make_world, ticket
from tests.support.warehouses import dump, tenant_of

READ = tuple(
    ENTITIES[name]
    for name in (
        "members",
        "contacts",
        "boards",
        "board_statuses",
        "priorities",
        "service_tickets",
        "service_ticket_notes",
    )
)
TICKETS = ENTITIES["service_tickets"].path
NOTES = ENTITIES["service_ticket_notes"].path
CHANGED = {"lastUpdated": "2026-03-31T20:59:00Z", "updatedBy": "mia"}


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with make_world(tmp_path / "world.sqlite") as one:
        yield one


@pytest.fixture
def settings(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as one:
        sandbox = one.sandbox.model_copy(update={"children_since_days": 999})
        yield one.model_copy(update={"sandbox": sandbox})


def sync(settings, entities=READ, *, due=False):
    """Extract ``entities``; how often each path was asked, and the run."""
    asked = []
    with (
        writer_lock(settings),
        open_client(settings, hooks=[asked.append]) as client,
    ):
        run = begin(settings, client, progress=SilentProgress())
        chosen = extraction.only_due(run, entities) if due else entities
        extraction.extract(run, chosen)
    done = [event.call.path for event in asked if isinstance(event, RequestFinished)]
    return Counter(done), run


def per_parent(asked):
    return sum(count for path, count in asked.items() if any(map(str.isdigit, path)))


def test_nothing_new_costs_a_request_per_list_and_no_load(settings):
    first, _ = sync(settings)
    assert per_parent(first) == 61
    before = dump(settings, schemas=("connectwise_raw",))
    second, run = sync(settings)
    assert per_parent(second) == 0
    lists = [entity.path for entity in READ if not entity.parent]
    assert all(second[path] == 1 for path in lists)
    assert run.changed_rows == 0
    assert dump(settings, schemas=("connectwise_raw",)) == before


def test_children_are_read_of_the_parents_that_changed(settings, store):
    sync(settings)
    note = {"id": 7, "ticketId": 5, "text": "More", "member": {"id": 1}}
    store.write(NOTES, [{**note, "_info": CHANGED}], parent_id=5)
    store.put(TICKETS, ticket(5, summary="Again", _info=CHANGED))
    asked, run = sync(settings)
    assert per_parent(asked) == asked["/service/tickets/5/notes"] == 1
    assert run.tally("service_ticket_notes").rows_new == 1
    assert per_parent(sync(settings)[0]) == 0


def test_children_of_unchanged_parents_are_read_again_after_a_while(settings):
    sync(settings)
    week = settings.sync.model_copy(update={"children_sweep_hours": 1})
    impatient = settings.model_copy(update={"sync": week})
    assert per_parent(sync(impatient)[0]) == 0
    forced = settings.sync.model_copy(update={"children_sweep_hours": 0})
    at_once = settings.model_copy(update={"sync": forced})
    assert per_parent(sync(at_once)[0]) == 61


def test_a_run_out_of_budget_goes_on_with_the_next_newest(settings):
    some = settings.sync.model_copy(update={"child_call_budget": 25})
    thrifty = settings.model_copy(update={"sync": some})
    rounds = [sync(thrifty)[0] for _ in range(4)]
    tickets = [
        per_parent(asked) - asked["/service/boards/1/statuses"] for asked in rounds
    ]
    assert tickets == [25, 25, 10, 0]
    seen = [path for asked in rounds for path in asked if path.endswith("/notes")]
    assert len(seen) == len(set(seen)) == 60
    assert rounds[0]["/service/tickets/27/notes"] == 1


def test_windows_are_kept_with_the_destination(settings):
    sync(settings)
    shutil.rmtree(settings.warehouse.build_dir / "dlt")
    _, run = sync(settings)
    assert run.tally("service_tickets").rows_read == 0


def test_what_is_not_due_is_skipped_and_said(settings):
    sync(settings)
    asked, run = sync(settings, due=True)
    assert asked["/service/priorities"] == 0
    assert asked[TICKETS] == 1
    assert run.tally("priorities").status == "skipped"
    assert "not due" in run.tally("priorities").note


def test_a_role_without_system_info_reads_and_is_told_the_time(store, tmp_path):
    options = SandboxOptions(role=Role(denied=("/system/info",)))
    with tenant_of(store, tmp_path / "warehouse", options=options) as settings:
        with open_client(settings) as client, pytest.raises(NotGrantedError):
            client.system_info()
        _, run = sync(settings)
        assert run.server_now.date() == options.now.date()
        assert run.tally("service_tickets").rows_new == 60
        _, again = sync(settings)
        assert again.changed_rows == 0
