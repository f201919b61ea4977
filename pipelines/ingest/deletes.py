"""``_deletions``: the proof, row by row, that a record no longer exists.

Staging hides a record that has a row here without ``restored_at``. Absence from a
page is no proof, so nothing in this module ever deletes from a raw table; what counts
as proof is ``sweep.py``'s business.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

import dlt
import msgspec
import pyarrow as pa
from dlt.extract.resource import DltResource

from pipelines.connectwise import Page
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.loading import MERGE, load_id, source_of, with_row_ids
from pipelines.ingest.pipeline import load
from pipelines.ingest.run import SyncRun
from pipelines.warehouse.connection import Connection, connect

TABLE = "_deletions"
SCHEMA = pa.schema(
    [
        pa.field("entity", pa.string(), nullable=False),
        pa.field("id", pa.int64(), nullable=False),
        pa.field("deleted_at", pa.timestamp("us", tz="UTC"), nullable=False),
        ("evidence", pa.string()),
        ("load_id", pa.string()),
        ("restored_at", pa.timestamp("us", tz="UTC")),
    ]
)
_KEY = ["entity", "id", "deleted_at"]


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a record was deleted, by what evidence, and whether it came back."""

    entity: str
    id: int
    deleted_at: datetime
    evidence: str
    load_id: str | None = None
    restored_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int, datetime]:
        """What a row is found by: a record may be deleted more than once."""
        return self.entity, self.id, self.deleted_at


def deletions_table() -> DltResource:
    """A resource that makes the table and adds no row."""
    return _resource(lambda: iter([table_of([])]))


def deletions_of(run: SyncRun, rows: Collection[Deletion]) -> DltResource:
    """A resource that merges ``rows``; they are kept beside the pages, for replay."""

    def tables() -> Iterator[pa.Table]:
        stamped = [msgspec.structs.replace(row, load_id=load_id()) for row in rows]
        if stamped:
            run.landing(load_id()).keep(TABLE, _page(run, stamped))
        yield table_of(stamped)

    return _resource(tables)


def _resource(tables: Callable[[], Iterator[pa.Table]]) -> DltResource:
    return dlt.resource(tables, name=TABLE, primary_key=_KEY, write_disposition=MERGE)


def _page(run: SyncRun, rows: list[Deletion]) -> Page:
    return Page(
        path="",
        number=1,
        content=msgspec.json.encode(rows),
        server_date=run.server_now,
        request_id=None,
        row_count=len(rows),
    )


def standing(
    connection: Connection, entity: str, condition: str = "true"
) -> tuple[Deletion, ...]:
    """Deletions of ``entity`` that have not been taken back."""
    columns = SCHEMA.names
    rows = connection.execute(
        f"""
        select {", ".join(columns)} from {RAW_SCHEMA}.{TABLE}
        where entity = ? and restored_at is null and {condition}
        """,
        [entity],
    ).fetchall()
    return tuple(Deletion(**dict(zip(columns, row, strict=True))) for row in rows)


def take_back_returned(run: SyncRun) -> int:
    """Note that deleted records were read again since; how many.

    To be called after each load of records: the API has given what was thought gone.
    """
    there = run.destination.inventory()
    if TABLE not in there.with_rows:
        return 0
    returned: list[Deletion] = []
    with connect(run.settings.warehouse.build_file) as connection:
        named = f"select distinct entity from {RAW_SCHEMA}.{TABLE}"
        for (entity,) in connection.execute(named).fetchall():
            if entity in there.columns:
                returned += standing(connection, entity, _read_since(entity))
    if returned:
        load(run.settings, source_of([deletions_of(run, taken_back(run, returned))]))
    return len(returned)


def taken_back(run: SyncRun, rows: Iterable[Deletion]) -> list[Deletion]:
    """The same rows, restored now."""
    return [msgspec.structs.replace(row, restored_at=run.server_now) for row in rows]


def _read_since(entity: str) -> str:
    return (
        f"exists (from {RAW_SCHEMA}.{entity} as ours "
        f"where ours.id = {TABLE}.id and ours._synced_at > {TABLE}.deleted_at)"
    )


def table_of(rows: Iterable[Deletion]) -> pa.Table:
    """Deletions as they are loaded."""
    records = [msgspec.structs.asdict(row) for row in rows]
    # PyArrow imports pandas to look at a list; most loads have none.
    table = pa.Table.from_pylist(records, SCHEMA) if records else SCHEMA.empty_table()
    return with_row_ids(table)


def latest(pages: Iterable[bytes]) -> pa.Table:
    """The rows of kept pages that come newest first; a row's latest form wins."""
    rows: dict[tuple[str, int, datetime], Deletion] = {}
    for content in pages:
        for row in msgspec.json.decode(content, type=list[Deletion]):
            rows.setdefault(row.key, row)
    return table_of(rows.values())
