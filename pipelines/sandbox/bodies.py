"""Bodies of writes: JSON read against the catalogue, as the API's own reader does.

Names are taken in any case and become the contract's; an unknown name, a value of
another type and a date in any form but ``yyyy-MM-ddTHH:mm:ssZ`` are refused. What a
record must hold besides, and what follows from it, is not decided here.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from pipelines.sandbox.catalogue import Field, Schema
from pipelines.sandbox.clock import STAMP
from pipelines.sandbox.errors import (
    inconvertible,
    invalid_object,
    malformed_body,
    unknown_member,
)

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_LARGEST_INTEGER = 2**31 - 1
_SCALARS: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str | int | float),
    "integer": lambda value: _is_number(value, int),
    "number": lambda value: _is_number(value, float),
    "boolean": lambda value: isinstance(value, bool) or value in {"true", "false"},
    "date-time": lambda value: isinstance(value, str),
    "any": lambda _: True,
}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Body:
    """Reads what one resource is written with.

    Args:
        resource: what the resource is called in errors, such as ``ticket``.
        schema: the names that a record of it has.
    """

    resource: str
    schema: Schema

    def read(self, content: bytes) -> Record:
        """The record that a body holds, with the contract's names and types.

        Raises:
            Refusal: 400, it is not JSON or not such a record.
        """
        return self.checked(decoded(content, dict[str, Any]))

    def checked(self, record: Mapping[str, Any]) -> Record:
        """The record with the contract's names; ``None`` stays for "no value"."""
        return self._object(record, self.schema, "")

    def _object(self, value: Mapping[str, Any], schema: Schema, path: str) -> Record:
        result: Record = {}
        for name, each in value.items():
            if name == "_info":
                continue
            field = schema.fields.get(name.lower())
            if field is None:
                where = f"{path}{name}"
                raise unknown_member(where, position=len(where) + 5, kind=schema.name)
            result[field.name] = self._value(each, field, f"{path}{field.name}")
        return result

    def _value(self, value: Any, field: Field, path: str) -> Any:
        if value is None:
            return None
        if not field.is_list:
            return self._single(value, field, path)
        if not isinstance(value, list):
            raise inconvertible(value, field.type, path)
        return [
            self._single(each, field, f"{path}[{i}]") for i, each in enumerate(value)
        ]

    def _single(self, value: Any, field: Field, path: str) -> Any:
        if field.schema:
            if not isinstance(value, dict):
                raise inconvertible(value, field.type, path)
            return self._object(value, field.schema, f"{path}.")
        if isinstance(value, dict | list) and field.type != "any":
            raise inconvertible(value, field.type, path)
        if not _SCALARS[field.type](value):
            raise inconvertible(value, field.type, path)
        if field.type == "date-time" and not _is_moment(value):
            raise self._unformatted(path)
        return _converted(value, field.type)

    def _unformatted(self, path: str) -> Exception:
        message = f"The {path} field must be in the format yyyy-MM-ddTHH:mm:ssZ."
        return invalid_object(self.resource, "UnsupportedFormat", message, field=path)


def decoded(content: bytes, kind: Any) -> Any:
    """JSON of a body, of the kind that is expected at its top.

    Raises:
        Refusal: 400, it is something else.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError:
        raise malformed_body() from None


def _is_moment(text: str) -> bool:
    try:
        datetime.strptime(text, STAMP)  # noqa: DTZ007  (only whether it is one)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _is_number(value: Any, kind: type) -> bool:
    """Numbers in quotes are taken too, as ``"id": "26"``; integers have 32 bits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    try:
        number = float(value)
        is_kind = kind(value) == number
    except (ValueError, OverflowError):
        return False
    return is_kind and (
        abs(number) <= _LARGEST_INTEGER if kind is int else math.isfinite(number)
    )


def _converted(value: Any, kind: str) -> Any:
    if kind == "string":
        return value if isinstance(value, str) else str(value)
    if not isinstance(value, str):
        return int(value) if kind == "integer" else value
    if kind in {"integer", "number"}:
        return int(value) if kind == "integer" else float(value)
    return value == "true" if kind == "boolean" else value
