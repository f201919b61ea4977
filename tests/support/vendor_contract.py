"""The vendor's contract, where it lies beside the checkout.

Two editions are read as one: 2026.4 where it has the schema, else 2025.1. Tests that
need them carry ``needs_contract`` and skip where the folder is absent.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "contract"
needs_contract = [
    pytest.mark.contract,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no vendor contract here"),
]

_SCALARS = {
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "string": "text",
    "object": "text",
}


@dataclass(frozen=True, slots=True)
class ContractField:
    """A value of a schema: type in the words of ``FieldType``, enum members."""

    type: str
    members: frozenset[str] = frozenset()


Fields = dict[tuple[str, ...], ContractField]


@cache
def edition(name: str) -> dict[str, Any]:
    content = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return dict(content)


def schema(name: str) -> dict[str, Any]:
    """The properties of a schema, from the newest edition that has it."""
    newest = edition("psa_2026_4_get.json")["components"]["schemas"]
    older = edition("psa_2025_1_derived.json")["schemas"]
    found = newest.get(name) or older[name]
    return dict(found["properties"])


def get_paths() -> set[str]:
    """Every path with a GET, in either edition."""
    newest = edition("psa_2026_4_get.json")["paths"]
    older = edition("psa_2025_1_derived.json")["paths"]
    return {
        path
        for paths in (newest, older)
        for path, verbs in paths.items()
        if "get" in verbs
    }


def schema_of_list(path: str) -> str:
    """The schema whose records ``GET path`` lists."""
    verbs = edition("psa_2025_1_derived.json")["paths"][path]
    return str(verbs["get"]["returns"]).removeprefix("[]")


def flat_fields(name: str) -> Fields:
    """The values of a schema, references flattened, without links and lists."""
    return dict(_flat(schema(name), ()))


def list_fields(name: str) -> dict[str, Fields]:
    """The lists of a schema and the values of one element; ``()`` for a scalar."""
    lists = {}
    for key, prop in schema(name).items():
        if prop.get("type") == "array":
            target = _target(prop["items"])
            lists[key] = flat_fields(target) if target else {(): _scalar(prop["items"])}
    return lists


def _flat(
    properties: dict[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], ContractField]]:
    for key, prop in properties.items():
        target = _target(prop)
        if key == "_info" or prop.get("type") == "array":
            continue
        if target:
            yield from _flat(schema(target), (*path, key))
        else:
            yield (*path, key), _scalar(prop)


def _target(prop: dict[str, Any]) -> str | None:
    reference = prop.get("$ref") or next(
        (each.get("$ref") for each in prop.get("allOf", ())), None
    )
    return str(reference).rsplit("/", maxsplit=1)[-1] if reference else None


def _scalar(prop: dict[str, Any]) -> ContractField:
    members = frozenset(prop.get("enum", ()))
    if prop.get("format") == "date-time":
        return ContractField("timestamp", members)
    return ContractField(_SCALARS[prop["type"]], members)
