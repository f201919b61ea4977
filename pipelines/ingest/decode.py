"""Page bytes to typed Arrow tables, natively.

A page without surprises is decoded in one pass by a msgspec struct that knows every
field; a page with an unknown name or a cell that does not fit takes the slower way
of ``salvage.py``. Rows carry a hash over the values that land, so it does not follow
links, key order or white space.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from pipelines.ingest.references import (
    Column,
    Objects,
    ReferenceReader,
    Row,
    of_whole_records,
    values_getter,
)
from pipelines.ingest.salvage import Quarantined, Unknown, learn, salvage
from pipelines.ingest.shapes import (
    ChildShape,
    Habits,
    attribute_of,
    attribute_path,
    outer_struct_of,
    own_fields_of,
    shape_of,
)

# Records that are looked at for habits: most tenants show theirs in the first ones.
_SAMPLES = (2, 50, None)
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
    _references: ReferenceReader | None = None

    def decode(
        self, page: Page, *, synced_at: datetime, parent_id: int | None = None
    ) -> Decoded:
        """Turn a page's JSON array into tables.

        A record with a cell that does not fit never fails its page: it comes back
        in ``quarantined``.
        """
        with _uncollected():
            return self._decode(page, synced_at, parent_id)

    def _decode(
        self, page: Page, synced_at: datetime, parent_id: int | None
    ) -> Decoded:
        contents = self._read(page)
        if contents is not None:
            return Decoded(*_tables(self.entity, contents, synced_at, parent_id))
        saved = salvage(self.entity, page)
        pairs = _first_sights(
            list(zip(saved.records, saved.extras, strict=True)),
            self.entity.key,
            of=itemgetter(0),
        )
        records = [record for record, _ in pairs]
        objects = of_whole_records(shape_of(self.entity), records)
        contents = _Contents(records, objects, [extra for _, extra in pairs])
        tables = _tables(self.entity, contents, synced_at, parent_id)
        return Decoded(*tables, saved.unknown, saved.quarantined)

    def _read(self, page: Page) -> "_Contents | None":
        """The page's contents, once its habits are known; None if it has surprises."""
        contents = self._try(page)
        for most in _SAMPLES:
            if contents is not None:
                break
            if learn(self.entity, page, self._habits, most=most):
                self._decoder = self._references = None
                contents = self._try(page)
        return contents

    def _try(self, page: Page) -> "_Contents | None":
        shape = shape_of(self.entity)
        if self._decoder is None or self._references is None:
            struct = outer_struct_of(shape, self._habits)
            self._decoder = msgspec.json.Decoder(list[struct])  # type: ignore[valid-type]
            self._references = ReferenceReader(shape, self._habits)
        try:
            records = _first_sights(self._decoder.decode(page.content), self.entity.key)
            objects = self._references.read(records)
        except msgspec.ValidationError:
            return None
        return _Contents(records, objects, [None] * len(records))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: a page is many objects, and none of them in a circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Contents:
    """A page's records, the objects in them, and their unknown fields."""

    records: list[Any]
    objects: list[Objects]
    extras: list[str | None]


def _tables(
    entity: Entity, page: _Contents, synced_at: datetime, parent_id: int | None
) -> tuple[pa.Table, dict[str, pa.Table]]:
    shape, count = shape_of(entity), len(page.records)
    fields = own_fields_of(shape)
    own = list(
        map(values_getter([attribute_path(f.path) for f in fields]), page.records)
    )
    columns: dict[str, Column] = {
        f.name: column
        for f, column in zip(fields, _columns(own, len(fields)), strict=True)
    }
    children = [_Children.of(child, page.records) for child in shape.children]
    columns["_parent_id"] = [parent_id] * count
    parts = [own, *(one.rows() for one in page.objects), page.extras]
    parts += [columns["_parent_id"], *(child.groups() for child in children)]
    columns["_extra"] = page.extras
    columns["_row_hash"] = [_row_hash(row) for row in zip(*parts, strict=True)]
    columns["_synced_at"] = [synced_at] * count
    arrays = dict(
        chain.from_iterable(one.arrays(_array, shape.schema) for one in page.objects)
    )
    rows = pa.Table.from_arrays(
        [
            arrays[column.name]
            if column.name in arrays
            else _array(columns[column.name], column.type)
            for column in shape.schema
        ],
        schema=shape.schema,
    )
    keys = columns[entity.key]
    return rows, {child.shape.table: child.table(keys) for child in children}


def _columns(rows: list[Row], width: int) -> list[Column]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


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
            columns: list[Column] = [elements]
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
        texts = [
            value
            if value is None or isinstance(value, str)
            else msgspec.json.encode(value).decode()
            for value in column
        ]
        return pa.array(texts, kind)
