"""The models say what the vendor's contract says, in both directions."""

from collections.abc import Mapping

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import RawField, child_lists_of, fields_of
from tests.support import vendor_contract as contract

pytestmark = contract.needs_contract

# The contract calls these text; recorded records show timestamps.
TIMESTAMPS_SENT_AS_TEXT = {
    ("service_tickets", "closedDate"),
    ("service_tickets", "dateResolved"),
    ("service_tickets", "dateResplan"),
    ("service_tickets", "dateResponded"),
    ("service_tickets", "escalationStartDateUTC"),
    ("project_tickets", "closedDate"),
    ("service_ticket_notes", "dateCreated"),
    ("project_phases", "scheduledStart"),
    ("project_phases", "scheduledEnd"),
    ("project_phases", "actualStart"),
    ("project_phases", "actualEnd"),
    ("project_phases", "startDate"),
    ("project_phases", "endDate"),
    ("agreements", "nextInvoiceDate"),
}
# The contract writes ``sort``; recorded tickets carry ``Sort``.
CAPITALISED = {
    ("status", "sort"),
    ("autoCloseStatus", "sort"),
    (
        "emailConnectorReopenStatus",
        "sort",
    ),
}
# The edition that has this schema lists no enums.
ENUMS_FROM_ELSEWHERE = {("slas", ("basedOn",))}

every_entity = pytest.mark.parametrize(
    "entity", ENTITIES.values(), ids=lambda entity: entity.name
)


def vendor_path(entity: Entity) -> str:
    return entity.path.replace("{parent_id}", "{parentId}")


def vendor_schema(entity: Entity) -> str:
    return contract.schema_of_list(vendor_path(entity))


def expected_fields(entity: Entity) -> contract.Fields:
    expected: contract.Fields = {}
    for path, field in contract.flat_fields(vendor_schema(entity)).items():
        name = (path[0], "Sort") if path in CAPITALISED else path
        if (entity.name, path[0]) in TIMESTAMPS_SENT_AS_TEXT:
            expected[name] = contract.ContractField("timestamp")
        else:
            expected[name] = field
    return expected


def modelled(fields: tuple[RawField, ...]) -> contract.Fields:
    return {
        field.path: contract.ContractField(
            field.type.value, frozenset(field.known_values)
        )
        for field in fields
        if "_info" not in field.path
    }


def both_differences(
    ours: Mapping[object, object], theirs: Mapping[object, object]
) -> str:
    missing = {key: value for key, value in theirs.items() if ours.get(key) != value}
    surplus = {key: value for key, value in ours.items() if theirs.get(key) != value}
    if not missing and not surplus:
        return ""
    return f"only in the contract: {missing}\nonly in the model: {surplus}"


@every_entity
def test_every_field_is_modelled_and_nothing_is_invented(entity: Entity) -> None:
    ours, theirs = modelled(fields_of(entity.model)), expected_fields(entity)
    for name, path in ENUMS_FROM_ELSEWHERE:
        if name == entity.name:
            assert ours[path].members
            ours[path] = theirs[path]
    assert not (difference := both_differences(ours, theirs)), difference


@every_entity
def test_every_list_is_a_child_table(entity: Entity) -> None:
    ours = {
        child.path[0]: modelled(child.fields) for child in child_lists_of(entity.model)
    }
    theirs = contract.list_fields(vendor_schema(entity))
    assert not (difference := both_differences(ours, theirs)), difference


@every_entity
def test_every_path_can_be_read_and_counted_as_the_registry_says(
    entity: Entity,
) -> None:
    paths = contract.get_paths()
    assert vendor_path(entity) in paths
    assert (f"{vendor_path(entity)}/count" in paths) == entity.has_count


@pytest.mark.parametrize(("name", "field"), sorted(TIMESTAMPS_SENT_AS_TEXT))
def test_exceptions_are_still_needed(name: str, field: str) -> None:
    fields = contract.flat_fields(vendor_schema(ENTITIES[name]))
    assert fields[(field,)].type == "text"
