"""Hints become a batch: each record once, its last message counting."""

import pytest

from pipelines.appdb.inbox import Hint
from pipelines.connectwise.callbacks.types import LISTS
from pipelines.ingest.hints import batch_of, entities_of


def hint(number: int, record_id: int, action: str = "updated", kind: str = "ticket"):
    return Hint(number, kind, action, record_id)


def test_each_record_is_named_once():
    batch = batch_of([hint(1, 7), hint(2, 8), hint(3, 7), hint(4, 7, kind="time")])
    assert batch.changed == {"ticket": [7, 8], "time": [7]}
    assert batch.deleted == {}


def test_the_last_message_on_a_record_counts():
    gone = batch_of([hint(1, 7, "added"), hint(2, 7), hint(3, 7, "deleted")])
    assert (gone.changed, gone.deleted) == ({}, {"ticket": [7]})
    back = batch_of([hint(1, 7, "deleted"), hint(2, 7, "added")])
    assert (back.changed, back.deleted) == ({"ticket": [7]}, {})


def test_a_batch_knows_exactly_its_own_hints():
    batch = batch_of([hint(n, n) for n in (1, 2, 3, 5, 9, 10)])
    assert batch.spans == [[1, 3], [5, 5], [9, 10]]
    assert list(batch.inbox_ids) == [1, 2, 3, 5, 9, 10]


def test_no_hints_make_an_empty_batch():
    assert batch_of([]).spans == []


def test_a_ticket_may_be_of_either_kind():
    assert {entity.name for entity in entities_of("ticket")} == {
        "service_tickets",
        "project_tickets",
    }
    assert [entity.name for entity in entities_of("time")] == ["time_entries"]


@pytest.mark.parametrize("kind", ["site", "moon", ""])
def test_what_is_not_read_has_no_entity(kind):
    assert entities_of(kind) == ()


def test_every_kind_has_its_lists():
    assert [kind for kind, paths in LISTS.items() if not paths] == []
