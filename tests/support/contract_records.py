"""Holds records against the vendor's contract: names, types, enums, left-out nulls."""

import re
from collections.abc import Iterator
from typing import Any

from tests.support import vendor_contract as contract

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Seen in recorded payloads, where the contract writes it in lower case.
RECORDED_SPELLING = {("ServiceStatusReference", "sort"): "Sort"}
# Values that may be null: every custom field is there, also one without a value.
NULLABLE = {("CustomFieldValue", "value")}


def target_of(prop: dict[str, Any]) -> str | None:
    """Name of the schema that a property refers to."""
    reference = prop.get("$ref") or next(
        (each.get("$ref") for each in prop.get("allOf", ())), None
    )
    return str(reference).rsplit("/", maxsplit=1)[-1] if reference else None


def properties_of(name: str) -> dict[str, Any]:
    """Properties of a schema by the names that payloads have."""
    return {
        RECORDED_SPELLING.get((name, key), key): prop
        for key, prop in contract.schema(name).items()
    }


def violations(record: Any, name: str, where: str = "") -> Iterator[str]:
    """What in a record is not as the schema says, each with its place."""
    if not isinstance(record, dict):
        yield f"{where} is {record!r}, not a {name}"
        return
    known = properties_of(name)
    for key, value in record.items():
        place = f"{where}.{key}" if where else key
        if key == "_info":
            yield from _info_violations(value, place)
        elif key not in known:
            yield f"{place} is no name of {name}"
        elif value is not None:
            yield from _value_violations(value, known[key], place)
        elif (name, key) not in NULLABLE:
            yield f"{place} is null instead of left out"


def _info_violations(info: Any, where: str) -> Iterator[str]:
    for key, value in info.items():
        if not isinstance(value, str):
            yield f"{where}.{key} is {value!r}, not a string"
        elif key in {"lastUpdated", "dateEntered"} and not MOMENT.fullmatch(value):
            yield f"{where}.{key} is {value!r}, not a datetime"


def _value_violations(value: Any, prop: dict[str, Any], where: str) -> Iterator[str]:
    target = target_of(prop)
    if target:
        yield from violations(value, target, where)
    elif prop.get("type") == "array":
        if not isinstance(value, list):
            yield f"{where} is {value!r}, not a list"
            return
        for each in value:
            yield from _value_violations(each, prop["items"], f"{where}[]")
    elif not _fits(value, prop):
        yield f"{where} is {value!r}, not {prop.get('format') or prop['type']}"
    elif prop.get("enum") and value not in prop["enum"]:
        yield f"{where} is {value!r}, none of {sorted(map(str, prop['enum']))}"


def _fits(value: Any, prop: dict[str, Any]) -> bool:
    match prop["type"]:
        case "integer":
            return type(value) is int and abs(value) < 2**31
        case "number":
            return type(value) in {int, float}
        case "boolean":
            return type(value) is bool
        case "string" if prop.get("format") == "date-time":
            return isinstance(value, str) and bool(MOMENT.fullmatch(value))
        case "string":
            return isinstance(value, str)
        case _:
            return True
