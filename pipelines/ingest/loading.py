"""Decoded tables handed on to dlt: dispositions, batches, child tables.

Whatever is read, by window, by id or out of the landing, becomes rows of the raw
schema here. Where the rows come from is ``resources.py``'s business.
"""

import os
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

import dlt
import numpy as np
import pyarrow as pa
from dlt.common.schema.typing import TColumnSchema, TDeleteInsertStrategyDict
from dlt.common.schema.utils import dlt_id_column
from dlt.extract.resource import DltResource
from dlt.extract.source import DltSource

from pipelines.connectwise.entities import Entity
from pipelines.ingest.destination import Inventory
from pipelines.ingest.shapes import TableShape, shape_of

MERGE: TDeleteInsertStrategyDict = {
    "disposition": "merge",
    "strategy": "delete-insert",
}
REMOVAL: TColumnSchema = {"data_type": "bool", "hard_delete": True}
BATCH_ROWS = 5_000
SOURCE_NAME = "connectwise"

Tables = dict[str, pa.Table]


def source_of(resources: Collection[DltResource]) -> DltSource:
    """One load package of ``resources``, in the raw schema."""

    @dlt.source(name=SOURCE_NAME, max_table_nesting=0)
    def connectwise() -> object:
        return list(resources)

    return connectwise()


def resource(entity: Entity, items: Iterator[Any], *, appends: bool) -> DltResource:
    """A resource of ``marked`` items, appended or merged."""
    return dlt.resource(
        chain(items),  # dlt would look for a generator's module among all others.
        name=entity.name,
        primary_key=entity.key,
        write_disposition="append" if appends else MERGE,
    )


def tables_of(entity: Entity, there: Inventory) -> DltResource:
    """A resource that makes an entity's tables and reads nothing."""
    shape = shape_of(entity)
    appends = there.is_empty(shape)
    items = marked(empty(shape), shape, appends=appends)
    return resource(entity, items, appends=appends)


def load_id() -> str:
    """The load package that is being extracted."""
    return str(dlt.current.load_package_state()["load_id"])


def batches(pages: Iterable[Tables]) -> Iterator[Tables]:
    """Pages joined to tables of some thousand rows."""
    held: list[Tables] = []
    for tables in pages:
        held.append(tables)
        if sum(next(iter(one.values())).num_rows for one in held) >= BATCH_ROWS:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(held: list[Tables]) -> Tables:
    return {name: pa.concat_tables([one[name] for one in held]) for name in held[0]}


def empty(shape: TableShape) -> Tables:
    """The entity's tables without rows."""
    return {name: schema.empty_table() for name, schema in shape.tables.items()}


def marked(tables: Tables, shape: TableShape, *, appends: bool) -> Iterator[Any]:
    """Address each table; a merge replaces the list of a touched parent as a whole."""
    ids = {"_dlt_id": dlt_id_column()}
    hints = dlt.mark.make_hints(columns=ids)
    yield dlt.mark.with_hints(with_row_ids(tables[shape.entity.name]), hints)
    for child in shape.children:
        hints = dlt.mark.make_hints(
            table_name=child.table,
            primary_key="",
            merge_key="" if appends else "_parent_id",
            write_disposition="append" if appends else MERGE,
            columns=ids if appends else {**ids, "_removed": REMOVAL},
        )
        rows = with_row_ids(tables[child.table])
        yield dlt.mark.with_hints(rows, hints, create_table_variant=True)


def with_row_ids(rows: pa.Table) -> pa.Table:
    """Add dlt's row ids; dlt itself would write all files anew to add them."""
    field = pa.field("_dlt_id", pa.string(), nullable=False)
    return rows.append_column(field, _row_ids(rows.num_rows))


def _row_ids(count: int) -> pa.StringArray:
    """Random texts as dlt makes them, cut out of one: twelve bytes give 16 letters."""
    letters = b64encode(os.urandom(12 * count))
    starts = np.arange(0, 16 * count + 1, 16, dtype=np.int32)
    buffers = pa.py_buffer(starts), pa.py_buffer(letters)
    return pa.StringArray.from_buffers(count, *buffers)
