"""Every table of the warehouse's raw schema, made before anything is read.

A tenant without rows, and a role that may read little, must find the marts' inputs
all the same. Tables are made as dlt would make them, but at once: a load of an empty
file for each costs a hundred times more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyarrow as pa

from pipelines.connectwise.entities import Entity
from pipelines.ingest.destination import (
    DUCKDB_TYPES,
    RAW_SCHEMA,
    Destination,
    Inventory,
)
from pipelines.ingest.shapes import shape_of
from pipelines.warehouse.connection import connect

# dlt adds these to every row.
DLT_COLUMNS: Mapping[str, str] = {
    "_dlt_load_id": "VARCHAR NOT NULL",
    "_dlt_id": "VARCHAR NOT NULL",
}


def completed(destination: Destination, entities: Collection[Entity]) -> Inventory:
    """What is there, after all tables and columns that were missing were made.

    Raises:
        IngestError: a column there has another type than its model gives it.
    """
    there = destination.inventory()
    for entity in entities:
        there.check_types(shape_of(entity))
    statements = list(_missing(there, entities))
    if not statements:
        return there
    with connect(destination.path, read_only=False) as connection:
        connection.execute(
            ";\n".join(
                [
                    "begin",
                    f"create schema if not exists {RAW_SCHEMA}",
                    *statements,
                    "commit",
                ]
            )
        )
    return there.with_all(map(shape_of, entities))


def _missing(there: Inventory, entities: Iterable[Entity]) -> Iterator[str]:
    for entity in entities:
        for table, schema in shape_of(entity).tables.items():
            columns = there.columns.get(table)
            if columns is None:
                yield f"create table {RAW_SCHEMA}.{table} ({_definition(schema)})"
                continue
            for field in schema:
                if field.name not in columns:
                    yield (
                        f"alter table {RAW_SCHEMA}.{table} add column "
                        f"{_column(field, with_null=True)}"
                    )


def _definition(schema: pa.Schema) -> str:
    columns: Iterable[str] = (_column(field) for field in schema)
    ours = (f"{name} {kind}" for name, kind in DLT_COLUMNS.items())
    return ", ".join([*columns, *ours])


def _column(field: pa.Field, *, with_null: bool = False) -> str:
    """A column's definition; one that is added later can say nothing of old rows."""
    nullable = field.nullable or with_null
    return f'"{field.name}" {DUCKDB_TYPES[field.type]}{"" if nullable else " NOT NULL"}'
