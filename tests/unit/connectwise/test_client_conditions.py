"""The text that the builder writes."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from pipelines.connectwise import Query, field
from pipelines.connectwise.conditions import literal, written

SINCE = datetime(2026, 3, 31, 23, 30, 15, 999999, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (field("lastUpdated") >= SINCE, "lastUpdated >= [2026-03-31T21:30:15Z]"),
        (field("dateStart") < date(2026, 4, 1), "dateStart < [2026-04-01T00:00:00Z]"),
        (field("closedFlag") == False, "closedFlag = false"),  # noqa: E712
        (field("closedFlag") != True, "closedFlag != true"),  # noqa: E712
        (field("parentTicketId") == None, "parentTicketId = null"),  # noqa: E711
        (field("company/id") <= 5, "company/id <= 5"),
        (field("actualHours") > Decimal("1.50"), "actualHours > 1.50"),
        (field("actualHours") > 1e-7, "actualHours > 0.0000001"),
        (field("name").contains("a'b"), 'name contains "a\'b"'),
        (field("name").not_contains("x"), 'name not contains "x"'),
        (field("id").is_in([1, 2]), "id in (1,2)"),
        (field("name").not_in(["a", 'b"']), 'name not in ("a","b\\"")'),
        (field("name") == "back\\slash", 'name = "back\\\\slash"'),
    ],
)
def test_one_comparison(condition, text):
    assert str(condition) == text


def test_joining_keeps_the_meaning():
    a, b, c = field("a") == 1, field("b") == 2, field("c") == 3
    assert str(a & b & c) == "a = 1 and b = 2 and c = 3"
    assert str((a | b) & c) == "(a = 1 or b = 2) and c = 3"
    assert str(a | b & c) == "a = 1 or (b = 2 and c = 3)"
    assert str(written("a=1 or b=2") & c) == "(a=1 or b=2) and c = 3"


def test_python_words_do_not_join_silently():
    with pytest.raises(TypeError, match="joined with &"):
        bool(field("a") == 1)
    with pytest.raises(TypeError, match="joined with &"):
        1 < field("a") < 3  # noqa: B015


@pytest.mark.parametrize(
    "path", ["", "a b", "a=1 or b", "1a", "a//b", "/a", "a/", "a\n", "é", 'a"']
)
def test_a_name_cannot_smuggle_conditions(path):
    with pytest.raises(ValueError, match="is not a field path"):
        field(path)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (datetime(2026, 1, 1), ValueError),  # noqa: DTZ001
        (float("nan"), ValueError),
        (float("inf"), ValueError),
        (Decimal("NaN"), ValueError),
        ("\ud800", ValueError),
        (b"x", TypeError),
        ([1], TypeError),
    ],
)
def test_what_the_language_does_not_have_is_refused(value, error):
    with pytest.raises(error):
        literal(value)


def test_an_empty_list_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        field("id").is_in([])


def test_a_query_can_be_narrowed():
    later = field("lastUpdated") < datetime(2026, 1, 1, tzinfo=UTC)
    assert str(Query().narrowed(later).conditions) == str(later)
    assert str(Query(conditions="").narrowed(later).conditions) == str(later)
    both = Query(conditions=field("a") == 1).narrowed(later)
    assert both.params() == {
        "conditions": "a = 1 and lastUpdated < [2026-01-01T00:00:00Z]"
    }
    assert Query(conditions="", order_by="id desc").params() == {"orderBy": "id desc"}
