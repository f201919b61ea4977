"""Records in a smaller form: the ``fields`` of a request, twins, older API versions.

``fields`` keeps the nesting and drops unknown names without a word; ``_info`` stays
only where it is listed.
"""

from collections.abc import Sequence
from typing import Any

from pipelines.sandbox.catalogue import Field, Schema


def project(record: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The record with nothing but ``fields``, each a name or a path with slashes."""
    return _kept(record, [field.lower().split("/") for field in fields])


def without(record: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The record without the named fields, as a role hides them."""
    hidden = {name.lower() for name in names}
    return {name: v for name, v in record.items() if name.lower() not in hidden}


def brief(record: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The record with nothing but what ``schema`` has, and its ``_info``."""
    kept = {name: v for name, v in record.items() if name.lower() in schema.fields}
    return kept | ({"_info": record["_info"]} if "_info" in record else {})


def older_form(record: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The record without what the newest version of the API added to it."""
    return {
        name: _older_value(value, schema.fields.get(name.lower()))
        for name, value in record.items()
        if not _is_new(schema.fields.get(name.lower()))
    }


def _kept(record: dict[str, Any], paths: list[list[str]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in record.items():
        below = [path[1:] for path in paths if path[0] == name.lower()]
        if below:
            result[name] = value if [] in below else _kept_below(value, below)
    return {name: value for name, value in result.items() if value is not None}


def _kept_below(value: Any, paths: list[list[str]]) -> Any:
    if isinstance(value, list):
        return [_kept_below(each, paths) for each in value]
    return _kept(value, paths) if isinstance(value, dict) else None


def _is_new(field: Field | None) -> bool:
    return field is not None and field.is_new


def _older_value(value: Any, field: Field | None) -> Any:
    if field is None or field.schema is None:
        return value
    if isinstance(value, list):
        return [older_form(each, field.schema) for each in value]
    return older_form(value, field.schema) if isinstance(value, dict) else value
