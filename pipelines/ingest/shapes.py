"""The shape of each raw table, made from the registry's models.

One ``TableShape`` says how an entity's records decode (a msgspec struct) and how its
rows land (an Arrow schema); child lists get one more each. The schema never comes
from the data: the API omits nulls, so a page proves nothing about columns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Annotated, Any

import msgspec
import pyarrow as pa
import xxhash

from pipelines.connectwise.entities import Entity
from pipelines.connectwise.entities.columns import (
    ChildList,
    FieldType,
    RawField,
    child_lists_of,
    fields_of,
)

_BIGINT = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]

JSON_TYPES: Mapping[FieldType, Any] = {
    FieldType.INTEGER: _BIGINT | None,
    FieldType.DOUBLE: float | None,
    FieldType.BOOLEAN: bool | None,
    FieldType.TIMESTAMP: datetime | None,
    # A text column takes any JSON value: custom field values change their type.
    FieldType.TEXT: Any,
}
ARROW_TYPES: Mapping[FieldType, pa.DataType] = {
    FieldType.INTEGER: pa.int64(),
    FieldType.DOUBLE: pa.float64(),
    FieldType.BOOLEAN: pa.bool_(),
    FieldType.TIMESTAMP: pa.timestamp("us", tz="UTC"),
    FieldType.TEXT: pa.string(),
}

Path = tuple[str, ...]
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """What pages were seen to say otherwise than the models, by the models' path.

    Attributes:
        links: ``*_href`` names inside each ``_info``; they are accepted and not read,
            because they follow from the record's own ids.
        spellings: names that differ from the model's by case only, as tenants send
            both ``status.Sort`` and ``status.sort``.
    """

    links: dict[Path, frozenset[str]] = field(default_factory=dict)
    spellings: dict[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChildShape:
    """A child table: one row per element of a list on the record."""

    table: str
    child: ChildList
    schema: pa.Schema


@dataclass(frozen=True, slots=True)
class TableShape:
    """An entity's table and child tables."""

    entity: Entity
    fields: tuple[RawField, ...]
    schema: pa.Schema
    children: tuple[ChildShape, ...]

    @property
    def tables(self) -> dict[str, pa.Schema]:
        """Every table of the entity with its Arrow schema."""
        children = {child.table: child.schema for child in self.children}
        return {self.entity.name: self.schema, **children}

    @property
    def fingerprint(self) -> str:
        """A hash of all tables, columns and types: another one, another model."""
        columns = [
            f"{table}.{field.name} {field.type}"
            for table, schema in self.tables.items()
            for field in schema
        ]
        return xxhash.xxh3_64_hexdigest("\n".join(columns))


@cache
def shape_of(entity: Entity) -> TableShape:
    """The shape of ``entity``'s tables."""
    fields = fields_of(entity.model)
    children = tuple(
        ChildShape(f"{entity.name}__{child.name}", child, _child_schema(child))
        for child in child_lists_of(entity.model)
    )
    return TableShape(entity, fields, _entity_schema(entity, fields), children)


def _entity_schema(entity: Entity, fields: tuple[RawField, ...]) -> pa.Schema:
    columns = [_column(field, nullable=field.name != entity.key) for field in fields]
    if entity.parent:
        columns.append(pa.field("_parent_id", pa.int64()))
    columns += [
        pa.field("_extra", pa.string()),
        pa.field("_row_hash", pa.string()),
        pa.field("_synced_at", pa.timestamp("us", tz="UTC")),
    ]
    return pa.schema(columns)


def _child_schema(child: ChildList) -> pa.Schema:
    return pa.schema(
        [
            pa.field("_parent_id", pa.int64(), nullable=False),
            pa.field("_position", pa.int64()),
            *(_column(field, nullable=True) for field in child.fields),
            pa.field("_removed", pa.bool_()),
        ]
    )


def _column(field: RawField, *, nullable: bool) -> pa.Field:
    return pa.field(field.name, ARROW_TYPES[field.type], nullable=nullable)


def field_tree(shape: TableShape) -> Tree:
    """Known names as nested dicts; a leaf is its JSON type, a list a one-item list."""
    tree = _tree((field.path, JSON_TYPES[field.type]) for field in shape.fields)
    tree[shape.entity.key] = _BIGINT  # The one value that no record may lack.
    for child in shape.children:
        element = (
            Any
            if child.child.scalar
            else _tree((f.path, JSON_TYPES[f.type]) for f in child.child.fields)
        )
        tree[child.child.path[0]] = [element]
    return tree


def _tree(leaves: Iterable[tuple[tuple[str, ...], Any]]) -> Tree:
    tree: Tree = {}
    for path, leaf in leaves:
        node = tree
        for name in path[:-1]:
            node = node.setdefault(name, {})
        node[path[-1]] = leaf
    _expect_info(tree)
    return tree


def _expect_info(tree: Tree) -> None:
    """Any object may carry ``_info``, if only with links."""
    for name, node in tree.items():
        if isinstance(node, dict) and name != "_info":
            _expect_info(node)
    tree.setdefault("_info", {})


def struct_of(shape: TableShape, habits: Habits) -> type[msgspec.Struct]:
    """A struct that accepts exactly the known names, as ``habits`` writes them."""
    return _struct(shape.entity.name, field_tree(shape), (), habits)


def outer_struct_of(shape: TableShape, habits: Habits) -> type[msgspec.Struct]:
    """The same with references left as bytes."""
    tree = field_tree(shape)
    tree.update(dict.fromkeys(references_of(shape), msgspec.Raw))
    return _struct(shape.entity.name, tree, (), habits)


def structs_of_references(
    shape: TableShape, habits: Habits
) -> dict[str, type[msgspec.Struct]]:
    """What ``outer_struct_of`` leaves as bytes, by name."""
    tree = field_tree(shape)
    return {
        name: _struct(name, tree[name], (name,), habits)
        for name in references_of(shape)
    }


def references_of(shape: TableShape) -> dict[str, tuple[RawField, ...]]:
    """The columns of each object in a record; ``_info`` is too much its own."""
    names = {f.path[0] for f in shape.fields if len(f.path) > 1} - {"_info"}
    return {
        name: tuple(f for f in shape.fields if f.path[0] == name)
        for name in sorted(names)
    }


def own_fields_of(shape: TableShape) -> tuple[RawField, ...]:
    """The columns that are in no such object."""
    apart = references_of(shape)
    return tuple(field for field in shape.fields if field.path[0] not in apart)


def _struct(name: str, tree: Tree, path: Path, habits: Habits) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    rename: dict[str, str] = {}
    for json_name, leaf in tree.items():
        below = (*path, json_name)
        rename[attribute_of(json_name)] = habits.spellings.get(below, json_name)
        kind, default = _member(name, leaf, below, habits)
        fields.append((attribute_of(json_name), kind, default))
    for link in sorted(habits.links.get(path, ())):
        rename[attribute_of(link)] = link
        fields.append((attribute_of(link), msgspec.Raw, msgspec.Raw(b"")))
    return msgspec.defstruct(
        f"{name}_{'_'.join(path)}",
        fields,
        rename=rename,
        forbid_unknown_fields=True,
        frozen=True,
        gc=False,
    )


def _member(name: str, leaf: Any, path: Path, habits: Habits) -> Any:
    if isinstance(leaf, dict):
        nested = _struct(name, leaf, path, habits)
        return nested, nested()
    if isinstance(leaf, list):
        return _list_type(name, leaf[0], path, habits), ()
    if leaf is msgspec.Raw:
        return leaf, msgspec.Raw(b"")
    return leaf, msgspec.NODEFAULT if leaf is _BIGINT else None


def _list_type(name: str, element: Any, path: Path, habits: Habits) -> Any:
    if isinstance(element, dict):
        element = _struct(name, element, path, habits)
    return tuple[element, ...]


def attribute_of(json_name: str) -> str:
    """Attribute of a JSON name; some start with ``_``, some are keywords."""
    return f"f{json_name}"


def attribute_path(path: tuple[str, ...]) -> str:
    """The dotted attribute path of a JSON path, for ``operator.attrgetter``."""
    return ".".join(attribute_of(name) for name in path)
