"""Raw columns follow from the models, under the names dlt would give."""

import warnings
from typing import Any

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import (
    ChildList,
    FieldType,
    RawField,
    child_lists_of,
    fields_of,
)
from pipelines.connectwise.models.base import ApiObject
from pipelines.connectwise.models.company.contact import Contact
from pipelines.connectwise.models.project.ticket import ProjectTicket
from pipelines.connectwise.models.scalars import Integer
from pipelines.connectwise.models.service.ticket import ServiceTicket
from pipelines.connectwise.models.system.member import Member

BOOKKEEPING = {
    "_parent_id",
    "_position",
    "_extra",
    "_row_hash",
    "_synced_at",
    "_dlt_load_id",
    "_dlt_id",
}

every_entity = pytest.mark.parametrize(
    "entity", ENTITIES.values(), ids=lambda entity: entity.name
)


def column(model: type[ApiObject], name: str) -> RawField:
    return next(field for field in fields_of(model) if field.name == name)


def child(model: type[ApiObject], name: str) -> ChildList:
    return next(each for each in child_lists_of(model) if each.name == name)


def tables_of(entity: Entity) -> list[tuple[RawField, ...]]:
    children = child_lists_of(entity.model)
    return [fields_of(entity.model), *(child.fields for child in children)]


@pytest.fixture(scope="module")
def naming() -> Any:
    with warnings.catch_warnings():
        # A parser that dlt imports is announced as deprecated by its own authors.
        warnings.simplefilter("ignore", DeprecationWarning)
        from dlt.common.normalizers.naming import snake_case

    return snake_case.NamingConvention()


@every_entity
def test_names_are_those_of_dlt(entity: Entity, naming: Any) -> None:
    for table in tables_of(entity):
        for field in table:
            parts = [naming.normalize_identifier(part) for part in field.path]
            expected = naming.make_path(*parts) if parts else "value"
            assert field.name == expected == naming.normalize_path(field.name)
    for each in child_lists_of(entity.model):
        assert each.name == naming.normalize_identifier(each.path[0])


@every_entity
def test_names_are_unique_and_leave_room_for_bookkeeping(entity: Entity) -> None:
    for table in tables_of(entity):
        names = [field.name for field in table]
        assert len(set(names)) == len(names)
        assert not BOOKKEEPING & set(names)


@every_entity
def test_the_key_comes_first_and_the_origin_last(entity: Entity) -> None:
    names = [field.name for field in fields_of(entity.model)]
    assert names[0] == entity.key
    origin = [name for name in names if name.startswith("_info__")]
    assert names[-len(origin) :] == origin
    assert origin[0] == "_info__last_updated"


def test_references_flatten_down_to_their_origin() -> None:
    assert column(ServiceTicket, "company___info__mobile_guid").path == (
        "company",
        "_info",
        "mobileGuid",
    )
    assert column(ServiceTicket, "status__sort").path == ("status", "Sort")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id", FieldType.INTEGER),
        ("budget_hours", FieldType.DOUBLE),
        ("closed_flag", FieldType.BOOLEAN),
        ("closed_date", FieldType.TIMESTAMP),
        ("_info__last_updated", FieldType.TIMESTAMP),
        ("summary", FieldType.TEXT),
        ("severity", FieldType.TEXT),
        ("currency__number_of_decimals", FieldType.INTEGER),
    ],
)
def test_types(name: str, expected: FieldType) -> None:
    assert column(ServiceTicket, name).type is expected


def test_lists_are_not_columns() -> None:
    names = {field.name for field in fields_of(ServiceTicket)}
    assert not {name for name in names if name.startswith("custom_fields")}
    assert "integrator_tags" not in names


def test_lists_of_scalars_have_one_column() -> None:
    teams = child(Member, "teams")
    assert teams.scalar
    assert [(each.name, each.type) for each in teams.fields] == [
        ("value", FieldType.INTEGER)
    ]


def test_lists_of_objects_flatten_like_records() -> None:
    names = [each.name for each in child(Contact, "communication_items").fields]
    assert names[:4] == ["id", "type__id", "type__name", "type__core_entity_id"]
    assert not child(Contact, "communication_items").scalar


def test_values_of_custom_fields_are_text_that_may_hold_json() -> None:
    fields = {each.name: each for each in child(ServiceTicket, "custom_fields").fields}
    assert fields["value"].type is FieldType.TEXT
    assert fields["value"].is_json
    assert not fields["caption"].is_json


def test_meaning_travels_with_the_column() -> None:
    responded = column(ServiceTicket, "responded_hours")
    assert (responded.unit, "target" in responded.description) == ("hours", True)
    assert column(ServiceTicket, "impact").known_values == ("Low", "Medium", "High")
    assert child(ProjectTicket, "tasks").description


def test_what_is_said_of_a_reference_is_said_of_its_id() -> None:
    assert (
        "merged into" in column(ServiceTicket, "merged_parent_ticket__id").description
    )
    assert not column(ServiceTicket, "merged_parent_ticket__summary").description


def test_a_list_inside_a_list_stays_as_json() -> None:
    class Line(ApiObject):
        numbers: list[Integer] | None = None
        anything: dict[str, int] | None = None

    class Sheet(ApiObject):
        lines: list[Line] | None = None

    (lines,) = child_lists_of(Sheet)
    assert [(each.name, each.type, each.is_json) for each in lines.fields] == [
        ("numbers", FieldType.TEXT, True),
        ("anything", FieldType.TEXT, True),
    ]


def test_columns_are_worked_out_once() -> None:
    assert fields_of(ServiceTicket) is fields_of(ServiceTicket)
