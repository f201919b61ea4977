"""Any record the contract allows survives its model without a change."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import (
    ChildList,
    FieldType,
    RawField,
    child_lists_of,
    fields_of,
)

timestamps = st.datetimes(
    min_value=datetime(1800, 1, 1),  # noqa: DTZ001
    max_value=datetime(9999, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))

VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.INTEGER: st.integers(-(2**63), 2**63 - 1),
    FieldType.DOUBLE: st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**53), 2**53),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.TIMESTAMP: timestamps,
    FieldType.TEXT: st.text(max_size=20),
}


def nest(leaves: dict[tuple[str, ...], Any]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for path, value in leaves.items():
        place = record
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return record


@st.composite
def objects(draw: st.DrawFn, fields: tuple[RawField, ...]) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(fields), max_size=8, unique=True))
    return nest({each.path: draw(VALUES[each.type] | st.none()) for each in chosen})


@st.composite
def elements(draw: st.DrawFn, child: ChildList) -> list[Any]:
    one = VALUES[child.fields[0].type] if child.scalar else objects(child.fields)
    return draw(st.lists(one, max_size=3))


@st.composite
def records(draw: st.DrawFn, entity: Entity) -> dict[str, Any]:
    record = draw(objects(fields_of(entity.model)[1:]))
    for child in child_lists_of(entity.model):
        if draw(st.booleans()):
            record[child.path[0]] = draw(elements(child))
    record["id"] = draw(st.integers(1, 2**31))
    if draw(st.booleans()):
        record["neverSeenBefore"] = draw(st.text(max_size=5) | st.lists(st.integers()))
    return record


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_json_in_is_json_out(entity: Entity, data: st.DataObject) -> None:
    body = data.draw(records(entity))
    model = entity.model.model_validate_json(json.dumps(body))
    again = json.loads(model.model_dump_json(by_alias=True, exclude_unset=True))
    assert again == body
    assert isinstance(again["id"], int)
