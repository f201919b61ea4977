"""The raw columns of an entity, derived from its model.

Nested references flatten with ``__``; lists become child tables; whatever has no
fixed shape stays as JSON text. Names are those dlt's snake case would give. The
bookkeeping columns that loading adds are not listed here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pipelines.connectwise.models.base import ApiObject
from pipelines.connectwise.models.scalars import KnownValues, Unit


class FieldType(StrEnum):
    """The types a raw column can have."""

    INTEGER = "integer"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    TIMESTAMP = "timestamp"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class RawField:
    """One raw column.

    Attributes:
        name: Column name, ``company__id``.
        path: API names from the record down to the value, ``("company", "id")``.
        type: Type of the column; timestamps are UTC.
        description: Ours; empty where the name says enough.
        is_json: Whether the text holds JSON, because the API fixes no shape.
        unit: What a number counts; empty for ids and plain counts.
        known_values: The enum's members when the model was written.
    """

    name: str
    path: tuple[str, ...]
    type: FieldType
    description: str = ""
    is_json: bool = False
    unit: str = ""
    known_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildList:
    """A list in a record, landing in the child table ``<entity>__<name>``.

    Attributes:
        name: Last part of the table name.
        path: API names from the record down to the list.
        fields: Columns of one element; a list of scalars has one, ``value``.
        scalar: Whether the elements are scalars; the field's path is then empty.
        description: Ours; empty where the name says enough.
    """

    name: str
    path: tuple[str, ...]
    fields: tuple[RawField, ...]
    scalar: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """An annotation taken apart."""

    base: Any
    metadata: tuple[Any, ...]

    @property
    def element(self) -> Any:
        """The annotation of a list's elements; None when it is no list."""
        return get_args(self.base)[0] if get_origin(self.base) is list else None

    @property
    def model(self) -> type[ApiObject] | None:
        is_model = isinstance(self.base, type) and issubclass(self.base, ApiObject)
        return self.base if is_model else None


_TYPES: dict[Any, FieldType] = {
    bool: FieldType.BOOLEAN,
    int: FieldType.INTEGER,
    float: FieldType.DOUBLE,
    datetime: FieldType.TIMESTAMP,
    str: FieldType.TEXT,
}


@cache
def fields_of(model: type[ApiObject]) -> tuple[RawField, ...]:
    """The columns of a model: ``id`` first, then the model's order, ``_info`` last."""
    return tuple(_flatten(model))


@cache
def child_lists_of(model: type[ApiObject]) -> tuple[ChildList, ...]:
    """The lists of a model that become child tables, in the model's order."""
    return tuple(
        _child_list(name, path, field=field, shape=shape)
        for name, path, field, shape in _ordered(model)
        if shape.element is not None
    )


def _ordered(model: type[ApiObject]) -> Iterator[tuple[str, str, FieldInfo, _Shape]]:
    """Column part, API name, field and shape of each field of one object."""
    fields = model.model_fields
    names = [name for name in fields if name not in {"id", "info"}]
    for name in ("id", *names, "info"):
        if name in fields:
            part = "_info" if name == "info" else name
            yield part, model.api_name(name), fields[name], _shape(fields[name])


def _shape(field: FieldInfo) -> _Shape:
    shape = _unwrap(field.annotation)
    return _Shape(shape.base, (*shape.metadata, *field.metadata))


def _unwrap(annotation: Any) -> _Shape:
    """Peel ``Annotated`` and ``| None`` off an annotation."""
    if get_origin(annotation) is Annotated:
        inner = _unwrap(annotation.__origin__)
        return _Shape(inner.base, (*inner.metadata, *annotation.__metadata__))
    if get_origin(annotation) in {Union, UnionType}:
        members = [each for each in get_args(annotation) if each is not NoneType]
        if len(members) == 1:
            return _unwrap(members[0])
    return _Shape(annotation, ())


def _flatten(
    model: type[ApiObject],
    *,
    prefix: str = "",
    path: tuple[str, ...] = (),
    about: str = "",
    in_list: bool = False,
) -> Iterator[RawField]:
    """Columns of one object; ``about`` is said of its id, for want of a better."""
    for part, api_name, field, shape in _ordered(model):
        name, below = prefix + part, (*path, api_name)
        meaning = field.description or (about if part == "id" else "")
        if shape.model is not None:
            yield from _flatten(
                shape.model,
                prefix=f"{name}__",
                path=below,
                about=meaning,
                in_list=in_list,
            )
        elif shape.element is None or in_list:
            yield _leaf(name, below, shape=shape, about=meaning)


def _leaf(name: str, path: tuple[str, ...], *, shape: _Shape, about: str) -> RawField:
    column = _TYPES.get(shape.base)
    units = [each.name for each in shape.metadata if isinstance(each, Unit)]
    known = [each.values for each in shape.metadata if isinstance(each, KnownValues)]
    return RawField(
        name=name,
        path=path,
        type=column or FieldType.TEXT,
        description=about,
        is_json=column is None,
        unit=units[0] if units else "",
        known_values=known[0] if known else (),
    )


def _child_list(
    name: str, api_name: str, *, field: FieldInfo, shape: _Shape
) -> ChildList:
    element = _unwrap(shape.element)
    columns: tuple[RawField, ...]
    if element.model is None:
        columns = (_leaf("value", (), shape=element, about=""),)
    else:
        columns = tuple(_flatten(element.model, in_list=True))
    return ChildList(
        name=name,
        path=(api_name,),
        fields=columns,
        scalar=element.model is None,
        description=field.description or "",
    )
