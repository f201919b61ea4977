"""The kinds of value that appear in records, with their checks and their units.

A value is taken as the JSON says it: a number in quotes is an error, not a number.
What fails here sends its record to quarantine with the exact reason. Shapes of whole
objects belong to ``base.py`` and ``references.py``.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, Strict


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts; shown in the reference pages."""

    name: str


@dataclass(frozen=True, slots=True, init=False)
class KnownValues:
    """The members an enum had when this was written; others are let through."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)


def _only_text(value: Any) -> Any:
    """Keep pydantic from reading a number as seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and "-" in value[1:]):
        return value
    raise ValueError("a timestamp must be text such as 2024-01-31T08:00:00Z")


def _in_utc(value: datetime) -> datetime:
    """Move to UTC; the API means UTC where it names no zone."""
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value.astimezone(UTC)


def _as_the_api_writes_it(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


Timestamp = Annotated[
    datetime,
    BeforeValidator(_only_text),
    AfterValidator(_in_utc),
    PlainSerializer(_as_the_api_writes_it, return_type=str, when_used="json"),
]
Boolean = Annotated[bool, Strict()]
Integer = Annotated[int, Strict(), Field(ge=-(2**63), lt=2**63)]
Double = Annotated[float, Strict(), Field(allow_inf_nan=False)]

Hours = Annotated[Double, Unit("hours")]
Minutes = Annotated[Integer, Unit("minutes")]
WholePercent = Annotated[Integer, Unit("percent")]
Amount = Annotated[Double, Unit("money, in the currency of the record")]
