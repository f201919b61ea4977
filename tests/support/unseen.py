"""Changes to a definition that no rows can show, so that nobody makes mutants of them.

Each rule speaks of a kind of change, never of one KPI.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import duckdb
from sqlglot import exp

COLUMN = "column_read"
# What 0 and false pass through unless the other side is null: so does null.
_AS_NULL: Mapping[str, tuple[type[exp.Expression], ...]] = {
    "0": (exp.Mul,),
    "false": (exp.And,),
}


@dataclass(frozen=True, slots=True)
class Use:
    """An expression that reads a column of a mart.

    Attributes:
        sql: the expression, in which the column is called ``COLUMN``.
        null_is: what its null is taken for: ``false`` by a filter, ``0`` by a sum
            whose metrics fill nulls, and else nothing but ``null``.
    """

    sql: str
    null_is: str


def is_of_a_type(number: exp.Expression) -> bool:
    """Whether a number is the width of a type: a wider one holds the same figures."""
    return number.find_ancestor(exp.DataType) is not None


def is_filled_in_vain(node: exp.Expression, uses: Iterable[Use]) -> bool:
    """Whether a column that this fills would be read the same without.

    A filter drops a row for null as it does for false, and a sum leaves null out as
    it adds 0. DuckDB computes every use of the column with both values; a use that
    reads other columns too proves nothing.
    """
    if not _is_constant_fill(node):
        return False
    fill = node.expressions[0]
    through = _AS_NULL.get(fill.sql("duckdb").lower(), ())
    return _is_whole(node, through) and all(
        _is_same(one, fill.sql("duckdb")) for one in uses
    )


def is_in_an_arm_left_out(
    node: exp.Expression, kept: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a node is of a case's arm whose value no filter lets through.

    Args:
        node: of a column that is written ``case kind when 'value' then …``.
        kept: the values that filters let through, by column; any if it is not there.
    """
    arm = node.find_ancestor(exp.If)
    while arm:
        case = arm.parent
        if isinstance(case, exp.Case) and isinstance(case.this, exp.Column):
            values = kept.get(case.this.name)
            if values is not None and arm.this.name not in values:
                return True
        arm = arm.find_ancestor(exp.If)
    return False


def is_filled(node: exp.Expression) -> bool:
    """Whether a node fills nulls with a constant, for a whole column."""
    return _is_constant_fill(node) and _is_whole(node, ())


def is_never_null(tree: exp.Expression, has_value: Callable[[str], bool]) -> bool:
    """Whether an expression has a value in each row; ``has_value`` tells of columns."""
    match tree:
        case exp.Literal():
            return True
        case exp.Column():
            return has_value(tree.name)
        case exp.Case():
            results = [
                tree.args.get("default"),
                *(one.args["true"] for one in tree.args["ifs"]),
            ]
            return all(one and is_never_null(one, has_value) for one in results)
        case exp.Cast() | exp.Paren():
            return is_never_null(tree.this, has_value)
        case exp.Add() | exp.Sub() | exp.Mul():
            return all(
                is_never_null(one, has_value) for one in (tree.this, tree.expression)
            )
    return False


def holds_to_one_day(flag: exp.Expression, day: str) -> bool:
    """Whether a flag is true on one day alone, so that no level of others is left.

    What it compares the day with is a day of the clock, which has one row.
    """
    return isinstance(flag, exp.EQ) and day in {flag.this.name, flag.expression.name}


def _is_constant_fill(node: exp.Expression) -> bool:
    return isinstance(node, exp.Coalesce) and all(
        isinstance(one, exp.Literal | exp.Boolean) for one in node.expressions
    )


def _is_whole(node: exp.Expression, through: tuple[type[exp.Expression], ...]) -> bool:
    """Whether a node is all of a column, but for what it is wrapped in."""
    above = node.parent
    while isinstance(above, (exp.Cast, exp.Paren, *through)):
        above = above.parent
    return isinstance(above, exp.Alias)


def _is_same(use: Use, fill: str) -> bool:
    filled, empty = (
        f"coalesce(({use.sql.replace(COLUMN, value)}), {use.null_is})"
        for value in (fill, "null")
    )
    try:
        row = duckdb.sql(f"select {filled} is not distinct from {empty}").fetchone()
    except duckdb.Error:
        return False
    return row == (True,)
