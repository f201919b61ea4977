"""References of a written record: looked up in the world and given their names.

A writer names a thing by ``id``, ``identifier`` or ``name``; the API answers with all
that the reference holds. Which list a reference points into is known to ``links``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.sandbox.catalogue import Field, Schema
from pipelines.sandbox.errors import Refusal, invalid_object
from pipelines.sandbox.links import list_of
from pipelines.sandbox.store import Store

_KEYS = ("id", "identifier", "name")
_ELSEWHERE = {"sort": "sortOrder"}
_TICKETS = "/service/tickets"
_NOUNS = {"status": "Service Status", "board": "Service Board"}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class References:
    """Completes the references of one resource's records."""

    store: Store
    resource: str
    schema: Schema

    def completed(self, record: Record, before: Mapping[str, Any]) -> Record:
        """The record with whole references where they differ from ``before``.

        Raises:
            Refusal: 400, something that is named is not there.
        """
        result = dict(record)
        for field in self.schema.fields.values():
            given = record.get(field.name)
            if isinstance(given, dict) and self._is_new(field, record, before):
                result[field.name] = self._whole(field, given, result)
        return result

    def _is_new(self, field: Field, record: Record, before: Mapping[str, Any]) -> bool:
        target = list_of(field.type)
        if target is None:
            return False
        named = {field.name, target[1]} - {""}
        return any(record.get(name) != before.get(name) for name in named)

    def _whole(self, field: Field, given: Record, record: Record) -> Record:
        path, parent = list_of(field.type) or ("", "")
        if not self._is_known(path):
            return given
        owner = (record.get(parent) or {}).get("id") if parent else None
        found = self._found(path, given, parent, owner)
        if found is None:
            raise self._missing(field.name, given, parent, owner)
        return _filled(field.schema, found)

    def _is_known(self, path: str) -> bool:
        """A world without such a list, as a recorded one, is taken at its word."""
        sql = "select 1 from records where path = ? limit 1"
        return bool(self.store.query(sql, (path,)))

    def _found(
        self, path: str, given: Record, parent: str, owner: int | None
    ) -> Record | None:
        if "id" in given:
            found = self.store.find(path, given["id"])
            if found is None and path == _TICKETS:
                found = self.store.find("/project/tickets", given["id"])
            return found if found and _belongs(found, parent, owner) else None
        for name in _KEYS[1:]:
            if name in given:
                named = self.store.find_by(path, name, given[name])
                return next((e for e in named if _belongs(e, parent, owner)), None)
        return None

    def _missing(
        self, name: str, given: Record, parent: str, owner: int | None
    ) -> Refusal:
        key = next((each for each in _KEYS if each in given), "id")
        noun = _NOUNS.get(name, name[:1].upper() + name[1:])
        message = f"{noun} {given.get(key)} not found"
        if owner is not None:
            message += f" for {_NOUNS.get(parent, parent.capitalize())} {owner}"
        return invalid_object(self.resource, "NotFound", message, field=f"{name}/{key}")


def _belongs(record: Record, parent: str, owner: int | None) -> bool:
    own = (record.get(parent) or {}).get("id") if parent else None
    return owner is None or own is None or own == owner


def _filled(schema: Schema | None, target: Record) -> Record:
    """What a reference of this schema says of its target."""
    result: Record = {}
    for field in schema.fields.values() if schema else ():
        name = _ELSEWHERE.get(field.name.lower(), field.name)
        value = _name_of(target) if name == "name" else target.get(name)
        if value is not None and not isinstance(value, dict | list):
            result[field.name] = value
    return result


def _name_of(target: Record) -> str | None:
    """The name, or what stands for it: a person's names, a phase's description."""
    names = (target.get("name"), _person(target))
    described = (target.get("description"), target.get("summary"))
    return next((name for name in (*names, *described) if name), None)


def _person(record: Record) -> str:
    names = (record.get("firstName"), record.get("lastName"))
    return " ".join(name for name in names if name)
