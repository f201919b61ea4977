"""Filters are taken apart; nothing of their text reaches SQL."""

import pytest

from pipelines.metrics.conditions import Condition, parse_conditions, template
from pipelines.metrics.errors import MetricError

BOARD = "board__board_name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("board = 'Help Desk'", [Condition("board", "=", ("Help Desk",))]),
        ("board='O''Neil'", [Condition("board", "=", ("O'Neil",))]),
        ("age >= -3.5", [Condition("age", ">=", (-3.5,))]),
        ("is_closed = TRUE", [Condition("is_closed", "=", (True,))]),
        ("a <> 1 AND b != 2", [Condition("a", "!=", (1,)), Condition("b", "!=", (2,))]),
        ("p in ('High', 'Low')", [Condition("p", "in", ("High", "Low"))]),
        ("p not in (1)", [Condition("p", "not in", (1,))]),
        ("p is null and q is not null",
         [Condition("p", "is null"), Condition("q", "is not null")]),
    ],
)  # fmt: skip
def test_a_filter_is_read(text: str, expected: list[Condition]) -> None:
    assert list(parse_conditions(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "board",
        "board =",
        "board = Help Desk",
        "board = 'Help",
        "board = 'a' or 1 = 1",
        "board = 'a'; drop table marts.fct_ticket",
        "board = 'a' -- and so on",
        "board = (select 1)",
        "board = read_text('/etc/hostname')",
        "1 = 1",
        "board in ()",
        "board in ('a'",
        "board like 'a%'",
        "board is 'a'",
        "board = 1e9",
        'board = "x"',
        "board__board_name = {{ 1 }}",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(MetricError) as refused:
        parse_conditions(text)
    assert "such as board = 'Help Desk'" in str(refused.value)


def test_the_column_of_what_cannot_be_read_is_told() -> None:
    with pytest.raises(MetricError, match="'or' at column 13"):
        parse_conditions("board = 'a'  or b = 'c'".replace("  or", " or"))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("board", "=", ("O'Neil",)), "= 'O''Neil'"),
        (Condition("board", "in", ("a", 1, 2.5, False)), "in ('a', 1, 2.5, false)"),
        (Condition("board", "is not null"), "is not null"),
    ],
)
def test_values_are_quoted_anew(condition: Condition, expected: str) -> None:
    written = template(condition, BOARD)
    assert written == f"{{{{ Dimension('{BOARD}') }}}} {expected}"


@pytest.mark.parametrize("value", ["{{ x }}", "a\\' or 1=1", "a\x00", "x" * 201])
def test_values_that_mean_more_than_a_value_are_refused(value: str) -> None:
    with pytest.raises(MetricError):
        template(Condition("board", "=", (value,)), BOARD)


def test_an_operator_that_is_none_is_refused() -> None:
    with pytest.raises(MetricError, match="no operator"):
        template(Condition("board", "= 1 or 1 =", (1,)), BOARD)
