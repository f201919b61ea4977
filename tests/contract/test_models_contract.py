"""The models say what the vendor's contract says, in both directions."""

import importlib
import warnings
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

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
# The edition that has these schemas lists no enums; another client's models do.
ENUMS_FROM_ELSEWHERE = {
    ("slas", "basedOn"),
    ("service_locations", "where"),
    ("survey_questions", "type"),
    ("user_defined_fields", "fieldTypeIdentifier"),
    ("user_defined_fields", "entryTypeIdentifier"),
    ("agreement_work_roles", "rateType"),
    ("agreement_work_types", "rateType"),
    ("agreement_work_types", "overageRateType"),
    ("agreement_work_types", "billTime"),
    ("billing_cycles", "billingOptions"),
    *(
        ("tax_codes", f"level{level}RateType")
        for level in ("One", "Two", "Three", "Four", "Five", "Six")
    ),
    ("expense_types", "billExpenses"),
    ("expense_types", "invoiceMarkupOption"),
    ("expense_reports", "status"),
    ("expense_entries", "billableOption"),
    ("expense_entries", "chargeToType"),
    ("expense_entries", "status"),
    ("purchase_order_lines", "receivedStatus"),
}

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
    for name, field in ENUMS_FROM_ELSEWHERE:
        if name == entity.name:
            ours[(field,)] = theirs[(field,)]
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


@pytest.fixture(scope="module")
def pyconnectwise() -> Any:
    with warnings.catch_warnings():
        # Its models say `example=`, which pydantic no longer likes.
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("pyconnectwise.models.manage")


@pytest.mark.parametrize(("name", "field"), sorted(ENUMS_FROM_ELSEWHERE))
def test_enums_that_the_contract_lacks_are_those_of_pyconnectwise(
    name: str, field: str, pyconnectwise: Any
) -> None:
    entity = ENTITIES[name]
    schema = vendor_schema(entity)
    assert not contract.flat_fields(schema)[(field,)].members
    theirs = literals_of(getattr(pyconnectwise, schema), field)
    assert theirs
    assert theirs <= modelled(fields_of(entity.model))[(field,)].members


def literals_of(model: Any, field: str) -> frozenset[str]:
    """The members of an enum, from the Literal that it is annotated with."""
    fields = model.model_fields.values()
    (annotation,) = (each.annotation for each in fields if each.alias == field)
    optional = [each for each in get_args(annotation) if get_origin(each) is Literal]
    return frozenset(get_args(optional[0] if optional else annotation))
