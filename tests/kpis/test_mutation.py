"""Which mutants are made, and which are not because no rows could show them."""

import pytest
import sqlglot
from sqlglot import exp

from tests.support.mutation import flips
from tests.support.unseen import (
    COLUMN,
    Use,
    holds_to_one_day,
    is_filled_in_vain,
    is_in_an_arm_left_out,
    is_never_null,
)


def coalesce_in(column: str) -> exp.Expression:
    tree = sqlglot.parse_one(f"select {column} as c", read="duckdb")
    found = tree.find(exp.Coalesce)
    assert found is not None
    return found


def test_each_operator_is_flipped_once() -> None:
    assert dict(flips("a > 0 and b = 2")) == {
        "And to Or": "(a > 0 OR b = 2)",
        "GT to LTE": "(a <= 0) AND b = 2",
        "EQ to NEQ": "a > 0 AND (b <> 2)",
        "number doubled": "a > 0 AND b = 4.0",
    }


def test_the_width_of_a_type_is_no_number() -> None:
    assert [what for what, _ in flips("cast(a * 60 as decimal(19, 4))")] == [
        "Mul to Div",
        "number doubled",
    ]


@pytest.mark.parametrize(
    ("column", "use"),
    [
        ("coalesce(a, false)", Use(COLUMN, "false")),
        ("coalesce(a, false) and b", Use(COLUMN, "false")),
        ("coalesce(a, 0)", Use(f"{COLUMN} > 0", "false")),
        ("cast(coalesce(a, 0) as decimal(19, 4))", Use(COLUMN, "0")),
        ("coalesce(a, 0) * b", Use(COLUMN, "0")),
        ("coalesce(a, 0)", Use(f"case when {COLUMN} > 0 then 1 else 0 end", "0")),
    ],
)
def test_a_fill_that_is_read_like_null_is_in_vain(column: str, use: Use) -> None:
    assert is_filled_in_vain(coalesce_in(column), [use])


@pytest.mark.parametrize(
    ("column", "use"),
    [
        ("coalesce(a, true)", Use(COLUMN, "false")),
        ("coalesce(a, false)", Use(f"not {COLUMN}", "false")),
        ("coalesce(a, 0)", Use(f"{COLUMN} = 0", "false")),
        ("coalesce(a, 0)", Use(COLUMN, "null")),
        ("coalesce(a, 0) + b", Use(COLUMN, "0")),
        ("coalesce(a, b)", Use(COLUMN, "0")),
        ("coalesce(a, 0)", Use(f"{COLUMN} + other", "0")),
    ],
)
def test_any_other_fill_is_not(column: str, use: Use) -> None:
    assert not is_filled_in_vain(coalesce_in(column), [use])


def test_an_arm_of_a_case_that_no_filter_lets_through_is_left_alone() -> None:
    sql = """case kind when 'new' then case when a = 0 then b end
        when 'churned' then -c end"""
    tree = sqlglot.parse_one(f"select {sql} as amount", read="duckdb")
    in_new, in_churned = tree.find(exp.EQ), tree.find(exp.Neg)
    assert in_new is not None
    assert in_churned is not None
    churned, both = frozenset({"churned"}), frozenset({"new", "churned"})
    assert is_in_an_arm_left_out(in_new, {"kind": churned})
    assert not is_in_an_arm_left_out(in_churned, {"kind": churned})
    assert not is_in_an_arm_left_out(in_new, {"kind": both})
    assert not is_in_an_arm_left_out(in_new, {"other": churned})


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("1", True),
        ("filled", True),
        ("filled * 60.0 - filled", True),
        ("case when x then 1 else 0 end", True),
        ("case when x then 1 end", False),
        ("case when x then filled else other end", False),
        ("other", False),
        ("filled / filled", False),
    ],
)
def test_what_has_a_value_in_each_row(sql: str, *, expected: bool) -> None:
    tree = sqlglot.parse_one(sql, read="duckdb")
    assert is_never_null(tree, lambda column: column == "filled") is expected


def test_only_an_equality_with_the_day_holds_to_one_day() -> None:
    equal, later = (
        sqlglot.parse_one(f"snapshot_date {operator} as_of_date", read="duckdb")
        for operator in ("=", ">=")
    )
    assert holds_to_one_day(equal, "snapshot_date")
    assert not holds_to_one_day(equal, "work_date")
    assert not holds_to_one_day(later, "snapshot_date")
