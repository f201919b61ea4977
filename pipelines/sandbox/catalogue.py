"""Which names a record of each list path has, and of what type.

The facts are in ``contract/fields.json``: a line per schema, name → type. A type is a
JSON type, ``date-time``, ``any``, another schema, or one of these in brackets for a
list; a trailing ``+`` marks what version 2026.4 added to 2025.1. They were taken from
the vendor's contract; a contract test compares them. Nothing here reads records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

NEWEST_VERSION = "2026.4"
OLDER_VERSION = "2025.1"


@dataclass(frozen=True, slots=True)
class Field:
    """One property: its exact name, and its scalar type or its schema's name."""

    name: str
    type: str
    is_list: bool = False
    is_new: bool = False
    schema: "Schema | None" = None


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of record: its fields by lower-case name."""

    name: str
    fields: Mapping[str, Field]

    def find(self, *names: str) -> tuple[Field, ...] | None:
        """Fields along ``names`` in any case, or None where one is unknown.

        A list can only be the last step.
        """
        field = self.fields.get(names[0].lower())
        if field is None:
            return None
        if len(names) == 1:
            return (field,)
        if field.schema is None or field.is_list:
            return None
        rest = field.schema.find(*names[1:])
        return None if rest is None else (field, *rest)


class _File(msgspec.Struct):
    schemas: dict[str, dict[str, str]]
    lists: dict[str, str]


@cache
def schema_of(path: str, *, version: str = NEWEST_VERSION) -> Schema:
    """Schema of the records of a list path as ``version`` of the API has it."""
    content = _content()
    return _schema(content.lists[path], is_old=version < NEWEST_VERSION)


@cache
def list_paths() -> tuple[str, ...]:
    """List paths that the catalogue knows."""
    return tuple(_content().lists)


@cache
def _content() -> _File:
    source = files("pipelines.sandbox").joinpath("contract", "fields.json")
    return msgspec.json.decode(source.read_bytes(), type=_File)


@cache
def _schema(name: str, *, is_old: bool) -> Schema:
    fields = {
        key.lower(): _field(key, code, is_old=is_old)
        for key, code in _content().schemas[name].items()
        if not (is_old and code.endswith("+"))
    }
    return Schema(name, fields)


def _field(name: str, code: str, *, is_old: bool) -> Field:
    is_new = code.endswith("+")
    code = code.removesuffix("+")
    is_list = code.startswith("[")
    base = code.strip("[]")
    schema = _schema(base, is_old=is_old) if base in _content().schemas else None
    return Field(name, base, is_list=is_list, is_new=is_new, schema=schema)
