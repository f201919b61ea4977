"""Single comparisons as SQL: a column against values, as the vendor's database would.

A comparison with a missing value is never true, text is compared in any case, a value
of a type that the column cannot hold equals nothing. Names and the tree around the
comparisons are ``compiler``'s.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.sandbox.query_language import (
    ConditionError,
    Matching,
    Operator,
    Value,
    read_datetime,
)

NUMERIC = frozenset({"integer", "number"})
DATETIME = "date-time"
ANY = "any"
_LARGEST_INTEGER = 2**63
_LONGEST_CHAIN = 100
_SLOT = re.compile(r"(\{\}|\?)")


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the values of its question marks, in their order."""

    text: str
    parameters: tuple[Any, ...] = ()


TRUE = Sql("1")
FALSE = Sql("0")


@dataclass(frozen=True, slots=True)
class Column:
    """What a name stands for: an expression, and the contract's type of its values."""

    sql: Sql
    type: str


def sql(template: str, *arguments: Any) -> Sql:
    """Fill a template: each ``{}`` takes an ``Sql``, each ``?`` a value."""
    texts: list[str] = []
    parameters: list[Any] = []
    remaining = iter(arguments)
    for part in _SLOT.split(template):
        if part == "{}":
            piece: Sql = next(remaining)
            texts.append(piece.text)
            parameters.extend(piece.parameters)
        else:
            texts.append(part)
            parameters.extend([next(remaining)] if part == "?" else [])
    return Sql("".join(texts), tuple(parameters))


def joined(pieces: Iterable[Sql], separator: str) -> Sql:
    """Pieces with a separator between them."""
    listed = list(pieces)
    return sql(separator.join("{}" for _ in listed), *listed)


def chained(pieces: Iterable[Sql], operator: str) -> Sql:
    """Pieces joined by ``and`` or ``or``, in groups: SQLite limits how deep."""
    listed = list(pieces)
    while len(listed) > _LONGEST_CHAIN:
        groups = range(0, len(listed), _LONGEST_CHAIN)
        listed = [chained(listed[i : i + _LONGEST_CHAIN], operator) for i in groups]
    return sql("({})", joined(listed, f" {operator} "))


def compare(column: Column, operator: Operator, value: Value) -> Sql:
    """``column operator value``."""
    if value is None:
        return _compare_null(column, operator)
    if column.type == ANY:
        return _compare_any(column, operator, value)
    converted = _converted(value, column.type)
    if converted is None:
        is_unequal = operator is Operator.UNEQUAL
        return sql("{} is not null", column.sql) if is_unequal else FALSE
    if isinstance(converted, datetime):
        return _compare_datetime(column, operator, converted)
    return _compare_plain(column.sql, operator, converted)


def is_member(column: Column, values: Iterable[Value], *, is_negated: bool) -> Sql:
    """``column in (values)``; ``null`` among the values matches nothing."""
    given = [value for value in values if value is not None]
    if is_negated:
        parts = [compare(column, Operator.UNEQUAL, value) for value in given]
        return chained(parts, "and") if parts else FALSE
    if column.type in NUMERIC:
        numbers = [_converted(value, column.type) for value in given]
        slots = ", ".join("?" for _ in numbers)
        return sql(f"{{}} in ({slots})", column.sql, *numbers)
    parts = [compare(column, Operator.EQUAL, value) for value in given]
    return chained(parts, "or") if parts else FALSE


def matches(column: Column, matching: Matching, *, percent_like: bool) -> Sql:
    """``column [not] contains|like text``."""
    text = matching.text.lower()
    if not matching.is_like:
        sign = "=" if matching.is_negated else ">"
        return sql(f"instr(fold({{}}), ?) {sign} 0", column.sql, text)
    if "%" in text and not percent_like:
        return TRUE
    verb = "not like" if matching.is_negated else "like"
    pattern = _like_pattern(text, percent_like=percent_like)
    return sql(f"fold({{}}) {verb} ? escape '\\'", column.sql, pattern)


def _compare_null(column: Column, operator: Operator) -> Sql:
    match operator:
        case Operator.EQUAL:
            return sql("{} is null", column.sql)
        case Operator.UNEQUAL:
            return sql("{} is not null", column.sql)
        case _:
            return FALSE


def _compare_plain(expression: Sql, operator: Operator, value: str | float) -> Sql:
    if not isinstance(value, str):
        return sql(f"{{}} {operator.value} ?", expression, value)
    if value.isascii():
        return sql(f"{{}} {operator.value} ? collate nocase", expression, value)
    return sql(f"fold({{}}) {operator.value} ?", expression, value.lower())


def _compare_any(column: Column, operator: Operator, value: Value) -> Sql:
    """A custom field's value: the JSON type varies from field to field."""
    if isinstance(value, str) or value is None:
        as_text = sql("cast({} as text)", column.sql)
        return _compare_plain(as_text, operator, value or "")
    if isinstance(value, datetime):
        return _compare_datetime(column, operator, value)
    as_number = sql(f"{{}} {operator.value} ?", column.sql, value)
    as_text = _compare_plain(column.sql, operator, str(value))
    return sql(
        "case typeof({}) when 'text' then {} else {} end",
        column.sql,
        as_text,
        as_number,
    )


def _compare_datetime(column: Column, operator: Operator, value: datetime) -> Sql:
    """Stored datetimes have whole seconds, so a fraction moves the boundary."""
    text = value.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    if value.microsecond == 0:
        return sql(f"{{}} {operator.value} ?", column.sql, text)
    match operator:
        case Operator.EQUAL:
            return FALSE
        case Operator.UNEQUAL:
            return sql("{} is not null", column.sql)
        case Operator.GREATER | Operator.AT_LEAST:
            return sql("{} > ?", column.sql, text)
        case _:
            return sql("{} <= ?", column.sql, text)


def _converted(
    value: str | float | datetime, kind: str
) -> str | float | datetime | None:
    """The value as the column's type holds it, or None where it cannot."""
    if kind in NUMERIC:
        return _as_number(value)
    if kind == "boolean":
        return _as_boolean(value)
    if kind == DATETIME:
        return _as_datetime(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str | datetime) else str(value)


def _as_number(value: str | float | datetime) -> float | None:
    if isinstance(value, datetime):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    is_whole = number.is_integer() and abs(number) < _LARGEST_INTEGER
    return int(number) if is_whole else number


def _as_boolean(value: str | float | datetime) -> int | None:
    return {"true": 1, "false": 0, "1": 1, "0": 0}.get(str(value).lower())


def _as_datetime(value: str | float | datetime) -> str | datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        return read_datetime(value)
    except ConditionError:
        return None


def _like_pattern(text: str, *, percent_like: bool) -> str:
    special = r"([_\\])" if percent_like else r"([_%\\])"
    return re.sub(special, r"\\\1", text).replace("*", "%")
