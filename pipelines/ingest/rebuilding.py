"""Kept pages to a raw schema of its own, in a file beside the build file.

Pages are read newest first: the first sight of a record is its latest state, and older
sights only tell since when it has been so. One load package fills every table; its
rows then get the load ids and times of the loads that brought them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.connectwise.entities import Entity
from pipelines.errors import IngestError
from pipelines.ingest import deletes
from pipelines.ingest.decode import Decoded, PageDecoder
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.landing import KeptLoad, KeptPage
from pipelines.ingest.loading import Tables, batches, empty, marked, resource, source_of
from pipelines.ingest.pipeline import load
from pipelines.ingest.shapes import TableShape, shape_of
from pipelines.settings import Settings
from pipelines.warehouse.connection import Connection, connect


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The file with the rebuilt raw schema, and the pages it was made of."""

    file: Path
    pages: int


@dataclass(slots=True)
class Origin:
    """Since which load a record has been as it is.

    ``is_settled`` once a page showed another state: older ones say nothing more.
    """

    row_hash: str
    load_id: str
    read_at: datetime
    is_settled: bool = False


@dataclass(slots=True)
class Newest:
    """Keeps the first sight of each record while pages come newest first."""

    shape: TableShape
    origins: dict[int, Origin] = field(default_factory=dict)

    def choose(self, decoded: Decoded, load_id: str, read_at: datetime) -> Tables:
        """The rows of a page that no newer page had, with their child rows."""
        keys = decoded.rows.column(self.shape.entity.key).to_pylist()
        hashes = decoded.rows.column("_row_hash").to_pylist()
        fresh: list[int] = []
        for position, (key, row_hash) in enumerate(zip(keys, hashes, strict=True)):
            known = self.origins.get(key)
            if known is None:
                self.origins[key] = Origin(row_hash, load_id, read_at)
                fresh.append(position)
            elif not known.is_settled:
                self._look_back(known, Origin(row_hash, load_id, read_at))
        rows = decoded.rows.take(pa.array(fresh, pa.int64()))
        ids = rows.column(self.shape.entity.key)
        children = {
            table: lists.filter(pc.is_in(lists.column("_parent_id"), ids))
            for table, lists in decoded.children.items()
        }
        return {self.shape.entity.name: rows, **children}

    def _look_back(self, known: Origin, older: Origin) -> None:
        if older.load_id == known.load_id:
            return
        if older.row_hash == known.row_hash:
            known.load_id, known.read_at = older.load_id, older.read_at
        else:
            known.is_settled = True

    def table(self) -> pa.Table:
        """Load and time of each record."""
        origins = self.origins.values()
        columns = [
            pa.array(self.origins.keys(), pa.int64()),
            pa.array([one.load_id for one in origins], pa.string()),
            pa.array([one.read_at for one in origins], pa.timestamp("us", tz="UTC")),
        ]
        return pa.Table.from_arrays(columns, names=["id", "load_id", "read_at"])


@dataclass(slots=True)
class _Reader:
    """Reads the kept pages of chosen loads, newest first."""

    loads: list[KeptLoad]
    pages: int = 0

    def newest_first(self, entity: str) -> Iterator[tuple[KeptLoad, KeptPage]]:
        for kept_load in reversed(self.loads):
            # Within one load the first sight of a record counted.
            for kept in kept_load.pages():
                if kept.entity == entity:
                    self.pages += 1
                    yield kept_load, kept


def rebuild(
    settings: Settings,
    workshop: Path,
    *,
    entities: list[Entity],
    loads: list[KeptLoad],
) -> Rebuilt:
    """Fill a raw schema in ``workshop`` from the pages of ``loads``.

    Raises:
        IngestError: a page that the index names is gone.
    """
    _refuse_damage(loads)
    reader = _Reader(loads)
    sights = {entity.name: Newest(shape_of(entity)) for entity in entities}
    beside = settings.warehouse.model_copy(update={"dir": workshop})
    there = settings.model_copy(update={"warehouse": beside})

    made = [
        resource(one, _items(one, reader, sights[one.name]), appends=True)
        for one in entities
    ]
    load(there, source_of([*made, _deletions(reader)]))
    _date_back(beside.build_file, loads, sights)
    return Rebuilt(beside.build_file, reader.pages)


def _refuse_damage(loads: Iterable[KeptLoad]) -> None:
    for kept_load in loads:
        for file in kept_load.damaged():
            raise IngestError(
                f"{file} has lost pages that its index names, so nothing was changed; "
                "`cwp run` reads from the API."
            )


def _items(entity: Entity, reader: _Reader, newest: Newest) -> Iterator[Any]:
    shape = shape_of(entity)
    yield from marked(empty(shape), shape, appends=True)
    for tables in batches(_tables(entity, reader, newest)):
        yield from marked(tables, shape, appends=True)


def _tables(entity: Entity, reader: _Reader, newest: Newest) -> Iterator[Tables]:
    decoder = PageDecoder(entity)
    for kept_load, kept in reader.newest_first(entity.name):
        decoded = decoder.decode(
            kept_load.read(kept),
            synced_at=kept.read_at,
            parent_id=kept.parent_id,
        )
        yield newest.choose(decoded, kept_load.load_id, kept.read_at)


def _deletions(reader: _Reader) -> Any:
    def rows() -> Iterator[pa.Table]:
        pages = reader.newest_first(deletes.TABLE)
        yield deletes.latest(one.read(kept).content for one, kept in pages)

    return dlt.resource(rows, name=deletes.TABLE, write_disposition="append")


def _date_back(
    file: Path, loads: Iterable[KeptLoad], sights: dict[str, Newest]
) -> None:
    """Give rows the loads and times that they had, and the file those loads."""
    with connect(file, read_only=False) as connection:
        for entity, newest in sights.items():
            connection.register("origins", newest.table())
            connection.execute(
                f"""
                update {RAW_SCHEMA}.{entity} as rows
                set _dlt_load_id = load_id, _synced_at = read_at
                from origins where rows.id = origins.id
                """
            )
            for child in newest.shape.children:
                connection.execute(
                    f"""
                    update {RAW_SCHEMA}.{child.table} as rows
                    set _dlt_load_id = load_id
                    from origins where rows._parent_id = origins.id
                    """
                )
            connection.unregister("origins")
        connection.execute(
            f"update {RAW_SCHEMA}.{deletes.TABLE} set _dlt_load_id = load_id"
        )
        _name_loads(connection, loads)


def _name_loads(connection: Connection, loads: Iterable[KeptLoad]) -> None:
    """Put the replayed loads in the place of the one that made the file."""
    table = f"{RAW_SCHEMA}._dlt_loads"
    own = connection.execute(f"select load_id from {table}").fetchall()
    for kept_load in loads:
        first = next(kept_load.pages())
        connection.execute(
            f"""
            insert into {table} by name
            select * replace (? as load_id, ?::timestamptz as inserted_at)
            from {table} where load_id = ?
            """,
            [kept_load.load_id, first.read_at, own[0][0]],
        )
    connection.execute(f"delete from {table} where load_id = ?", [own[0][0]])
