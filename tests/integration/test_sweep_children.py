"""The slow sweep of lists under many parents: notes of tickets that did not change."""

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectwise import ConnectWiseError
from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.guards import GUARD_CHECK
from pipelines.ingest.reconcile import Reconciled, Swept, sentences
from pipelines.sandbox.options import Fault, NamedFault, Role
from tests.support.sandbox import make_world
from tests.support.swept_tenant import SERVICE, Tenant, tenant_in

NOTES = ENTITIES["service_ticket_notes"]
READ = (SERVICE, NOTES)
NIGHTS, PART = 5, 12
TICKETS = range(1, 61)


def note(number: int, ticket_id: int, text: str = "Seen") -> dict[str, Any]:
    info = {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"}
    return {"id": number, "ticketId": ticket_id, "text": text, "_info": info}


@pytest.fixture(scope="module")
def synced(tmp_path_factory) -> Path:
    """Sixty tickets with a note each, and the warehouse that has read them all."""
    folder = tmp_path_factory.mktemp("synced")
    with make_world(folder / "world.sqlite") as store:
        store.delete(NOTES.path, 1)
        for ticket_id in TICKETS:
            written = note(100 + ticket_id, ticket_id)
            store.write(NOTES.path, [written], parent_id=ticket_id)
    with tenant_in(folder, entities=READ) as one:
        sandbox = one.settings.sandbox.model_copy(update={"children_since_days": 999})
        one.settings = one.settings.model_copy(update={"sandbox": sandbox})
        one.sync()
    return folder


@pytest.fixture
def tenant(synced, tmp_path) -> Iterator[Tenant]:
    """Synced once; lists come round in five nights."""
    shutil.copytree(synced, tmp_path / "tenant")
    with tenant_in(tmp_path / "tenant", entities=READ) as one:
        one.guard(sweep_child_calls=10, sweep_nights=NIGHTS)
        yield one


def of_notes(done: Reconciled) -> Swept:
    return next(one for one in done.swept if one.entity is NOTES)


def nights(tenant: Tenant, count: int) -> list[Swept]:
    return [of_notes(tenant.night()) for _ in range(count)]


def texts(tenant: Tenant) -> dict[int, str]:
    return dict(tenant.ask("select id, text from connectwise_raw.service_ticket_notes"))


def test_every_list_is_asked_once_in_a_round_and_never_more_than_a_part(tenant):
    asked = [sorted(one.seen.asked) for one in nights(tenant, NIGHTS + 1)]
    assert [len(part) for part in asked] == [PART] * (NIGHTS + 1)
    assert sorted(chain(*asked[:NIGHTS])) == list(TICKETS)
    assert asked[NIGHTS] == asked[0]


def test_what_touches_no_ticket_is_found_within_a_round(tenant):
    tenant.store.write(NOTES.path, [note(500, 60, "Added")], parent_id=60)
    changed = note(130, 30, "Changed")
    changed["_info"]["lastUpdated"] = "2026-02-01T10:00:00Z"
    tenant.store.put(NOTES.path, changed)
    tenant.store.delete(NOTES.path, 110)
    before = tenant.sync()
    assert before.tally("service_ticket_notes").rows_new == 0
    found = nights(tenant, NIGHTS)
    assert (texts(tenant)[500], texts(tenant)[130]) == ("Added", "Changed")
    assert [one.again for one in found] == [
        frozenset(),
        frozenset(),
        {130},
        frozenset(),
        {500},
    ]
    first, second = found[0], found[1]
    assert first.found.missing == {110}
    assert first.deleted == {}
    assert 10 in second.seen.asked
    assert tenant.deletions().keys() == {("service_ticket_notes", 110)}
    assert texts(tenant)[110] == "Seen"


def test_a_note_that_was_missed_once_and_is_back_the_next_night_is_not_deleted(tenant):
    tenant.store.delete(NOTES.path, 110)
    nights(tenant, 1)
    tenant.store.write(NOTES.path, [note(110, 10)], parent_id=10)
    nights(tenant, NIGHTS)
    assert tenant.deletions() == {}
    assert tenant.ask("from connectwise_raw._absences") == []


def test_absences_wait_while_their_list_is_refused(tenant):
    tenant.store.delete(NOTES.path, 110)
    nights(tenant, 1)
    tenant.control.change(denied_paths=("/service/tickets/10/notes",))
    refused = nights(tenant, 2)
    assert all("1 are refused" in one.seen.note for one in refused)
    assert tenant.deletions() == {}
    tenant.control.change(denied_paths=())
    nights(tenant, 1)
    assert tenant.deletions().keys() == {("service_ticket_notes", 110)}


def test_lists_that_shrink_or_are_refused_delete_nothing(tenant):
    tenant.control.change(named_faults=(NamedFault("shrunken", 0.2),))
    shrunken = nights(tenant, NIGHTS)
    assert sum(len(one.found.missing) for one in shrunken) > 0
    assert tenant.deletions() == {}
    tenant.control.change(named_faults=(), role=Role(denied=(NOTES.path,)))
    (refused,) = nights(tenant, 1)
    assert refused.seen.status == "not granted"
    assert tenant.deletions() == {}


def test_a_part_that_has_lost_its_rows_trips_the_guard(tenant):
    for ticket_id in range(1, 9):
        tenant.store.delete(NOTES.path, 100 + ticket_id)
    for _ in range(2):
        done = tenant.night()
        (told,) = [o.message for o in done.outcomes if o.blocks]
        assert "8 of " in told
        assert "service_ticket_notes are missing" in told
        assert {o.name for o in done.outcomes if o.blocks} == {GUARD_CHECK}
    assert tenant.deletions() == {}


def test_a_night_that_failed_is_done_again(tenant):
    (first,) = nights(tenant, 1)
    failing = Fault("/service/tickets/15/notes", "html", times=None)
    tenant.control.change(faults=(failing,))
    tenant.guard(tries=1)
    with pytest.raises(ConnectWiseError):
        tenant.night()
    tenant.control.change(faults=())
    (second,) = nights(tenant, 1)
    assert sorted(first.seen.asked | second.seen.asked) == list(range(1, 2 * PART + 1))


def test_the_budget_of_calls_makes_a_round_longer_and_the_summary_says_so(tenant):
    tenant.guard(child_call_budget=4)
    done = tenant.night()
    assert len(of_notes(done).seen.asked) == 4
    assert list(sentences(done.swept)) == [
        "Swept 2 lists, 64 ids.",
        "service_ticket_notes: swept in part, 4 of 60 lists, all in 15 nights.",
    ]
    told = tenant.ask(
        "select status, lists_asked, swept_to from meta.sweeps "
        "where entity = 'service_ticket_notes'"
    )
    assert told == [("in part", 4, 4)]


def test_lists_that_were_never_read_are_read_in_their_turn(synced, tmp_path):
    shutil.copy(synced / "world.sqlite", tmp_path / "world.sqlite")
    with tenant_in(tmp_path, entities=READ) as tenant:
        tenant.guard(sweep_child_calls=10, sweep_nights=NIGHTS)
        tenant.sync()
        assert texts(tenant) == {}
        (first,) = nights(tenant, 1)
        assert (len(first.seen.unread), first.seen.asked) == (PART, set())
        assert len(texts(tenant)) == PART
        nights(tenant, NIGHTS - 1)
        assert texts(tenant).keys() == {100 + one for one in TICKETS}
