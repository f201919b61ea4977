"""A builder for the query language of ConnectWise.

``(field("lastUpdated") >= since) & field("status/id").is_in([1, 2])`` makes the text
that ``conditions`` takes, with every value escaped. The ``like`` operator is left out
on purpose: live tenants were seen to ignore its wildcards and to answer unfiltered.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | int | float | Decimal | bool | datetime | date | None

_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(/[A-Za-z_][A-Za-z0-9_]*)*\Z")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition or several joined; ``str()`` is the text to send.

    ``joiner`` is the operator at the top of the text, empty for a single comparison.
    """

    text: str
    joiner: str = ""

    def __and__(self, other: "Condition") -> "Condition":
        return self._join("and", other)

    def __or__(self, other: "Condition") -> "Condition":
        return self._join("or", other)

    def __bool__(self) -> bool:
        raise TypeError("Conditions are joined with & and |, not with and, or, not.")

    def __str__(self) -> str:
        return self.text

    def _join(self, joiner: str, other: "Condition") -> "Condition":
        sides = (_inside(self, joiner), _inside(other, joiner))
        return Condition(f" {joiner} ".join(sides), joiner)


class Field:
    """A field's path, such as ``status/id``, waiting for its comparison."""

    __slots__ = ("path",)
    __hash__ = None  # type: ignore[assignment]  # Equality makes a condition here.

    def __init__(self, path: str) -> None:
        if not _PATH.match(path):
            raise ValueError(f"{path!r} is not a field path such as 'status/id'.")
        self.path = path

    def __eq__(self, value: Value) -> Condition:  # type: ignore[override]
        return self._compare("=", value)

    def __ne__(self, value: Value) -> Condition:  # type: ignore[override]
        return self._compare("!=", value)

    def __lt__(self, value: Value) -> Condition:
        return self._compare("<", value)

    def __le__(self, value: Value) -> Condition:
        return self._compare("<=", value)

    def __gt__(self, value: Value) -> Condition:
        return self._compare(">", value)

    def __ge__(self, value: Value) -> Condition:
        return self._compare(">=", value)

    def contains(self, text: str) -> Condition:
        """The field's text has ``text`` somewhere inside, in any case."""
        return self._compare("contains", text)

    def not_contains(self, text: str) -> Condition:
        """The field's text does not have ``text`` inside."""
        return self._compare("not contains", text)

    def is_in(self, values: Iterable[Value]) -> Condition:
        """The field is one of ``values``; only ``conditions`` knows this operator."""
        return Condition(f"{self.path} in {_listed(values)}")

    def not_in(self, values: Iterable[Value]) -> Condition:
        """The field is none of ``values``."""
        return Condition(f"{self.path} not in {_listed(values)}")

    def _compare(self, operator: str, value: Value) -> Condition:
        return Condition(f"{self.path} {operator} {literal(value)}")


def field(path: str) -> Field:
    """Begin a condition on ``path``; names are those that the GET returns.

    Raises:
        ValueError: ``path`` is not made of names joined by ``/``.
    """
    return Field(path)


def written(condition: "str | Condition") -> Condition:
    """Take a condition somebody wrote as text; it is put in brackets when joined."""
    if isinstance(condition, Condition):
        return condition
    return Condition(condition, "written")


def literal(value: Value) -> str:
    """Write one value.

    Datetimes are sent in UTC, cut to whole seconds; the language has no finer form.

    Raises:
        ValueError: a datetime without zone, a number that is not finite, or text that
            UTF-8 cannot hold.
        TypeError: a type that the language does not have.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case int() | float() | Decimal():
            return _number(value)
        case datetime():
            return f"[{_in_utc(value):%Y-%m-%dT%H:%M:%SZ}]"
        case date():
            return f"[{value:%Y-%m-%d}T00:00:00Z]"
    raise TypeError(f"A condition cannot hold a {type(value).__name__}.")


def _inside(condition: Condition, joiner: str) -> str:
    plain = condition.joiner in ("", joiner)
    return condition.text if plain else f"({condition.text})"


def _quoted(value: str) -> str:
    value.encode("utf-8")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _number(value: int | float | Decimal) -> str:
    if not math.isfinite(value):
        raise ValueError("A condition cannot hold a number that is not finite.")
    return str(value) if isinstance(value, int) else f"{Decimal(str(value)):f}"


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("A condition needs a datetime with a time zone.")
    return value.astimezone(UTC)


def _listed(values: Iterable[Value]) -> str:
    literals = [literal(value) for value in values]
    if not literals:
        raise ValueError("A list in a condition needs at least one value.")
    return f"({','.join(literals)})"
