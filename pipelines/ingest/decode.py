"""Page bytes to typed Arrow tables, natively.

A page without surprises is decoded in one pass by a msgspec struct that knows every
field; a page with an unknown name or a cell that does not fit takes the slower way
of ``salvage.py``. Rows carry a hash over the values that land, so it does not follow
links, key order or white space.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, chain, pairwise
from operator import attrgetter, itemgetter
from typing import Any

import msgspec
import pyarrow as pa
import xxhash

from pipelines.connectwise import Page
from pipelines.connectwise.entities import Entity
from pipelines.ingest.salvage import Quarantined, Unknown, learn, salvage
from pipelines.ingest.shapes import (
    ChildShape,
    Habits,
    TableShape,
    attribute_of,
    attribute_path,
    shape_of,
    struct_of,
)

Column = list[Any]

_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class Decoded:
    """One page as tables: the entity's rows, and one table per child list.

    ``rows`` has the columns of the entity's shape; ``children`` is keyed by table
    name, and each row's ``_parent_id`` is the id of its record.
    """

    rows: pa.Table
    children: dict[str, pa.Table]
    unknown: tuple[Unknown, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


@dataclass(slots=True)
class PageDecoder:
    """Decodes the pages of one entity; it learns a tenant's habits as it goes."""

    entity: Entity
    _habits: Habits = field(default_factory=Habits)
    _decoder: msgspec.json.Decoder[Any] | None = None

    def decode(
        self, page: Page, *, synced_at: datetime, parent_id: int | None = None
    ) -> Decoded:
        """Turn a page's JSON array into tables.

        A record with a cell that does not fit never fails its page: it comes back
        in ``quarantined``.
        """
        records = self._try(page)
        if records is None and learn(self.entity, page, self._habits):
            self._decoder = None
            records = self._try(page)
        if records is not None:
            records = _first_sights(records, self.entity.key)
            extras: Sequence[str | None] = [None] * len(records)
            return Decoded(*self._tables(records, extras, synced_at, parent_id))
        saved = salvage(self.entity, page)
        pairs = _first_sights(
            list(zip(saved.records, saved.extras, strict=True)),
            self.entity.key,
            of=itemgetter(0),
        )
        tables = self._tables(
            [record for record, _ in pairs],
            [extra for _, extra in pairs],
            synced_at,
            parent_id,
        )
        return Decoded(*tables, saved.unknown, saved.quarantined)

    def _try(self, page: Page) -> list[Any] | None:
        if self._decoder is None:
            struct = struct_of(shape_of(self.entity), self._habits)
            self._decoder = msgspec.json.Decoder(list[struct])  # type: ignore[valid-type]
        try:
            records: list[Any] = self._decoder.decode(page.content)
        except msgspec.ValidationError:
            return None
        return records

    def _tables(
        self,
        records: list[Any],
        extras: Sequence[str | None],
        synced_at: datetime,
        parent_id: int | None,
    ) -> tuple[pa.Table, dict[str, pa.Table]]:
        shape = shape_of(self.entity)
        columns = [list(map(getter, records)) for getter in _getters(shape)]
        if shape.entity.parent:
            columns.append([parent_id] * len(records))
        columns.append(list(extras))
        children = [_Children.of(child, records) for child in shape.children]
        groups = [list(child.groups()) for child in children]
        columns.append([_row_hash(row) for row in zip(*columns, *groups, strict=True)])
        columns.append([synced_at] * len(records))
        key = columns[shape.schema.get_field_index(self.entity.key)]
        return (
            _table(columns, shape.schema),
            {child.shape.table: child.table(key) for child in children},
        )


@dataclass(frozen=True, slots=True)
class _Children:
    """The elements of one list over all records of a page."""

    shape: ChildShape
    counts: list[int]
    columns: list[Column]

    @classmethod
    def of(cls, shape: ChildShape, records: list[Any]) -> "_Children":
        lists = list(map(attrgetter(attribute_path(shape.child.path)), records))
        elements = list(chain.from_iterable(lists))
        if shape.child.scalar:
            columns = [elements]
        else:
            paths = (attribute_path(f.path) for f in shape.child.fields)
            columns = [list(map(attrgetter(path), elements)) for path in paths]
        return cls(shape, list(map(len, lists)), columns)

    def groups(self) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of each record, in the record's order."""
        rows = list(zip(*self.columns, strict=True))
        for start, stop in pairwise(accumulate(self.counts, initial=0)):
            yield rows[start:stop]

    def table(self, keys: Column) -> pa.Table:
        """All elements as rows; ``keys`` are the records' ids."""
        parents = [
            key
            for key, count in zip(keys, self.counts, strict=True)
            for _ in range(count)
        ]
        positions = list(chain.from_iterable(map(range, self.counts)))
        removed: Column = [None] * len(parents)
        columns = [parents, positions, *self.columns, removed]
        return _table(columns, self.shape.schema)


def _first_sights(
    items: list[Any], key: str, *, of: Callable[[Any], Any] | None = None
) -> list[Any]:
    """Drop later copies of a record that a page repeats, lists and all."""
    key_of = attrgetter(attribute_of(key))
    first: dict[Any, Any] = {}
    for item in items:
        first.setdefault(key_of(of(item) if of else item), item)
    return items if len(first) == len(items) else list(first.values())


def _getters(shape: TableShape) -> list[Callable[[Any], Any]]:
    return [attrgetter(attribute_path(f.path)) for f in shape.fields]


def _row_hash(row: tuple[Any, ...]) -> str:
    try:
        encoded = _encode(row)
    except OverflowError:  # An integer, or a year in UTC, that MessagePack lacks.
        encoded = msgspec.json.encode(row)
    return xxhash.xxh3_128_hexdigest(encoded)


def _table(columns: list[Column], schema: pa.Schema) -> pa.Table:
    arrays = [
        _array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(column: Column, kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        if not pa.types.is_string(kind):
            raise
        return pa.array([_text(value) for value in column], kind)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()
