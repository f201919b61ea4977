"""``_absences``: ids that the last complete sweep of their entity did not see.

One absence proves nothing; the next complete sweep either sees the record again, or
makes it a deletion. The table is replaced as a whole by every sweep.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import dlt
import pyarrow as pa
from dlt.extract.resource import DltResource

from pipelines.ingest.destination import RAW_SCHEMA, Inventory
from pipelines.ingest.loading import with_row_ids
from pipelines.warehouse.connection import Connection

TABLE = "_absences"
_SCHEMA = pa.schema(
    [
        ("entity", pa.string()),
        ("id", pa.int64()),
        ("sweep_id", pa.string()),
        ("missed_at", pa.timestamp("us", tz="UTC")),
    ]
)

Absence = tuple[str, int, str, datetime]


def of(connection: Connection, entity: str, there: Inventory) -> dict[int, str]:
    """Ids that the last complete sweep of ``entity`` missed, with that sweep's id."""
    if TABLE not in there.columns:
        return {}
    sql = f"select id, sweep_id from {RAW_SCHEMA}.{TABLE} where entity = ?"
    return dict(connection.execute(sql, [entity]).fetchall())


def all_of(
    connection: Connection, entities: Iterable[str], there: Inventory
) -> list[Absence]:
    """Every absence of ``entities`` as it stands."""
    if TABLE not in there.columns:
        return []
    sql = f"""
        select entity, id, sweep_id, missed_at from {RAW_SCHEMA}.{TABLE}
        where list_contains(?, entity)
    """
    found: list[Absence] = connection.execute(sql, [list(entities)]).fetchall()
    return found


def absences_table(rows: list[Absence]) -> DltResource:
    """A resource that puts ``rows`` in the place of all others."""

    def tables() -> Iterator[Any]:
        named = [dict(zip(_SCHEMA.names, row, strict=True)) for row in rows]
        yield with_row_ids(pa.Table.from_pylist(named, _SCHEMA))

    return dlt.resource(tables, name=TABLE, write_disposition="replace")
