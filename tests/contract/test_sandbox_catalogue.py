"""The sandbox's catalogue has the contract's names and types, and no other."""

import pytest

from pipelines.sandbox.catalogue import Schema, list_paths, schema_of
from pipelines.sandbox.info_twins import twins
from pipelines.sandbox.routes import ROUTES, find, route_of
from tests.support import vendor_contract as contract
from tests.support.contract_records import properties_of, target_of

pytestmark = contract.needs_contract

PATHS = [route.template for route in ROUTES]


def test_every_route_has_a_schema():
    briefly = {route.template for route in twins().values()}
    assert set(list_paths()) == {*PATHS, *briefly}
    assert all(route_of(path.upper()) is not None for path in PATHS)


def test_every_route_is_a_path_of_the_vendor():
    known = contract.get_paths()
    for route in ROUTES:
        path = route.template
        vendor = path.replace("{parent_id}", "{parentId}")
        assert vendor in known
        assert (f"{vendor}/count" in known) == route.has_count
        match = find(path.replace("{parent_id}", "3") + "/count")
        counted = (match.kind, match.route.template) if match else None
        assert counted == (("count", path) if route.has_count else None)


@pytest.mark.parametrize("path", PATHS)
def test_names_and_types(path):
    name = contract.schema_of_list(path.replace("{parent_id}", "{parentId}"))
    compare(schema_of(path), name, seen=set())


def compare(schema: Schema, name: str, *, seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    expected = {
        key: kind_of(prop)
        for key, prop in properties_of(name).items()
        if key != "_info"
    }
    found = {
        field.name: (field.type, field.is_list) for field in schema.fields.values()
    }
    assert found == expected, name
    for field in schema.fields.values():
        if field.schema:
            compare(field.schema, field.type, seen=seen)


def kind_of(prop) -> tuple[str, bool]:
    """Our name of a property's type, and whether it is a list."""
    if prop.get("type") == "array":
        return kind_of(prop["items"])[0], True
    target = target_of(prop)
    if target:
        return target, False
    if prop.get("format") == "date-time":
        return "date-time", False
    return prop["type"].replace("object", "any"), False


@pytest.mark.parametrize("path", PATHS)
def test_what_is_new_is_not_in_the_older_edition(path):
    vendor = contract.schema_of_list(path.replace("{parent_id}", "{parentId}"))
    older = contract.edition("psa_2025_1_derived.json")["schemas"][vendor]["properties"]
    expected = {key.lower() for key in older if key != "_info"}
    assert set(schema_of(path, version="2025.1").fields) <= expected
    assert {f.name.lower() for f in schema_of(path).fields.values() if f.is_new} == (
        set(schema_of(path).fields) - set(schema_of(path, version="2025.1").fields)
    )
