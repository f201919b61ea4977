"""The store keeps records as they are served and gives them back as they came."""

import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.store import Store, TicketEvent
from tests.support.sandbox import contact, ticket

TICKETS = "/service/tickets"
NOTES = "/service/tickets/{parent_id}/notes"


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "folder" / "world.sqlite") as store:
        yield store


def test_records_come_back_as_they_went_in(store):
    written = [ticket(number) for number in (3, 1, 2)]
    assert store.write(TICKETS, written) == 3
    people = [contact(1, "a@example.com", "1")]
    store.write("/company/contacts", people)
    assert list(store.records(TICKETS)) == sorted(written, key=lambda r: r["id"])
    assert list(store.records("/company/contacts")) == people


def test_an_empty_reference_info_of_the_writer_stays(store):
    record = {"id": 1, "type": {"_info": {}}, "_info": {}}
    store.write(TICKETS, [record])
    assert list(store.records(TICKETS)) == [record]


def test_many_records_are_read_in_batches(store):
    store.write(TICKETS, ({"id": n, "_info": {}} for n in range(1, 2_502)))
    assert [record["id"] for record in store.records(TICKETS)] == list(range(1, 2_502))


def test_children_belong_to_their_parent(store):
    store.write(NOTES, [{"id": 1, "_info": {}}], parent_id=7)
    store.write(NOTES, [{"id": 2, "_info": {}}], parent_id=8)
    assert [record["id"] for record in store.records(NOTES, 8)] == [2]
    assert (store.count(NOTES), store.count(NOTES, 7), store.count(NOTES, 9)) == (
        2,
        1,
        0,
    )
    store.put(NOTES, {"id": 2, "text": "new", "_info": {}})
    assert list(store.records(NOTES, 8)) == [{"id": 2, "text": "new", "_info": {}}]


def test_put_adds_what_has_no_parent_and_refuses_what_has(store):
    store.put(TICKETS, ticket(4))
    assert list(store.records(TICKETS)) == [ticket(4)]
    with pytest.raises(SandboxError, match="needs its parent's id"):
        store.put(NOTES, {"id": 5, "_info": {}})


def test_an_id_is_written_once(store):
    store.write(TICKETS, [ticket(1)])
    with pytest.raises(SandboxError, match="one id"):
        store.write(TICKETS, [ticket(2), ticket(1)])
    assert store.count(TICKETS) == 1


def test_touch_moves_last_updated_and_nothing_else(store):
    store.write(TICKETS, [ticket(1), ticket(2)])
    store.touch(TICKETS, [2], "2027-01-01T00:00:00Z")
    first, second = store.records(TICKETS)
    assert first == ticket(1)
    info = {**ticket(2)["_info"], "lastUpdated": "2027-01-01T00:00:00Z"}
    assert second == ticket(2, _info=info)


def test_delete_is_for_good(store):
    store.write(TICKETS, [ticket(1), ticket(2)])
    store.delete(TICKETS, 1)
    assert [record["id"] for record in store.records(TICKETS)] == [2]
    assert store.paths() == (TICKETS,)


def test_manifest_and_events(store):
    store.write_manifest({"seed": 7, "stories": [{"name": "one"}]})
    store.write_manifest({"seed": 8})
    events = [
        TicketEvent(2, "2026-01-01T00:00:00Z", "created"),
        TicketEvent(1, "2026-01-02T00:00:00Z", "status", "New", "Closed", 5),
    ]
    store.write_events(events)
    assert store.manifest() == {"seed": 8, "stories": [{"name": "one"}]}
    assert list(store.events()) == events[::-1]


def test_a_missing_world_is_an_error_and_not_an_empty_one(tmp_path):
    with pytest.raises(SandboxError, match="no sandbox world"):
        Store(tmp_path / "none.sqlite")
    assert not list(tmp_path.iterdir())


def test_a_created_world_replaces_an_older_one(tmp_path):
    path = tmp_path / "world.sqlite"
    with Store.create(path) as first:
        first.write(TICKETS, [ticket(1)])
    with Store.create(path) as second:
        assert second.paths() == ()
