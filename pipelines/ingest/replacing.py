"""Rebuilt rows in the place of those in the build file, in one transaction.

Which rows that are, and whether any would be lost, is asked of both files here. How
rows are rebuilt is ``rebuilding.py``'s business.
"""

from dataclasses import dataclass

from pipelines.connectwise.entities import Entity
from pipelines.ingest.deletes import TABLE as DELETIONS
from pipelines.ingest.destination import RAW_SCHEMA, Destination
from pipelines.ingest.loading import source_of
from pipelines.ingest.pipeline import load
from pipelines.ingest.rebuilding import Rebuilt
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.source import missing_tables
from pipelines.settings import Settings
from pipelines.warehouse.connection import Connection, attach, connect

_SIDE = "rebuilt"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a replay is about: entities, and the loads of their rows (None: all)."""

    entities: list[Entity]
    load_ids: frozenset[str] | None

    def rows_of(self, table: str, columns: str, *, side: str = "") -> str:
        """SQL for the rows of a table that are meant; ``$loads`` are their loads."""
        place = f"{side}.{RAW_SCHEMA}" if side else RAW_SCHEMA
        within = "" if self.load_ids is None else "where _dlt_load_id in $loads"
        return f"select {columns} from {place}.{table} {within}"

    @property
    def parameters(self) -> dict[str, list[str]] | None:
        """The parameters of that SQL."""
        return None if self.load_ids is None else {"loads": sorted(self.load_ids)}


def unreplayable(settings: Settings, rebuilt: Rebuilt, scope: Scope) -> dict[str, int]:
    """Rows of the build file, by entity, that the kept pages do not give."""
    there = Destination(settings.warehouse.build_file).inventory()
    found: dict[str, int] = {}
    with connect(settings.warehouse.build_file) as connection:
        attach(connection, rebuilt.file, _SIDE)
        for entity in scope.entities:
            if entity.name not in there.columns:
                continue
            sql = f"""
                select count(*) from ({scope.rows_of(entity.name, "*")}) as rows
                where id not in (select id from {_SIDE}.{RAW_SCHEMA}.{entity.name})
                or _dlt_load_id not in (
                    select load_id from {_SIDE}.{RAW_SCHEMA}._dlt_loads
                )
            """
            row = connection.execute(sql, scope.parameters).fetchone()
            if row and row[0]:
                found[entity.name] = int(row[0])
    return found


def replace(settings: Settings, rebuilt: Rebuilt, scope: Scope) -> dict[str, int]:
    """Put rebuilt rows in the place of those in the build file; rows by entity."""
    _make_tables(settings)
    counts: dict[str, int] = {}
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        attach(connection, rebuilt.file, _SIDE)
        connection.execute("begin")
        for entity in scope.entities:
            counts[entity.name] = _replace_entity(connection, entity, scope)
        _take_over_loads(connection)
        connection.execute("commit")
    return counts


def _replace_entity(connection: Connection, entity: Entity, scope: Scope) -> int:
    """The newest state of a record stays, also where its page is gone."""
    raw, side = RAW_SCHEMA, f"{_SIDE}.{RAW_SCHEMA}"
    connection.execute(
        f"""
        create or replace temp table replayed as
        select id from ({scope.rows_of(entity.name, "*", side=_SIDE)})
        where id not in (
            select id from {raw}.{entity.name} where _dlt_load_id not in (
                select load_id from {side}._dlt_loads
            )
        )
        """,
        scope.parameters,
    )
    keys = {entity.name: "id"} | {
        child.table: "_parent_id" for child in shape_of(entity).children
    }
    for table, key in keys.items():
        those = f"where {key} in (select id from replayed)"
        connection.execute(f"delete from {raw}.{table} {those}")
        connection.execute(
            f"insert into {raw}.{table} by name select * from {side}.{table} {those}"
        )
    row = connection.execute("select count(*) from replayed").fetchone()
    return int(row[0]) if row else 0


def _take_over_loads(connection: Connection) -> None:
    """Loads and deletions that the file does not know, for it was lost."""
    side = f"{_SIDE}.{RAW_SCHEMA}"
    connection.execute(
        f"""
        insert into {RAW_SCHEMA}._dlt_loads by name
        select * from {side}._dlt_loads where load_id in (
            select load_id from {side}._dlt_loads where status = 0
            except select load_id from {RAW_SCHEMA}._dlt_loads
        )
        """
    )
    connection.execute(
        f"""
        insert into {RAW_SCHEMA}.{DELETIONS} by name
        select * from {side}.{DELETIONS} as theirs
        anti join {RAW_SCHEMA}.{DELETIONS} as ours using (entity, id, deleted_at)
        """
    )


def _make_tables(settings: Settings) -> None:
    """Today's tables and columns: a model may have learnt some since."""
    there = Destination(settings.warehouse.build_file).inventory()
    if missing := missing_tables(there):
        load(settings, source_of(missing))
