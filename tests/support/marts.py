"""A raw schema without a loader, and dbt builds against it.

``RawWarehouse.create`` makes every raw table that the registry knows, empty, with the
columns and types that loading gives them; ``insert`` adds sparse rows; ``build`` runs
dbt on the file. For tests of the marts alone: the real loader has its own tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.entities.columns import FieldType, child_lists_of, fields_of
from pipelines.ingest.meta import TABLES
from pipelines.settings import Settings, WarehouseSettings, load_settings
from pipelines.transform.project import build_arguments
from pipelines.warehouse.connection import connect
from tests.support.parsed_dbt import run_parsed_dbt

AS_OF = datetime(2026, 3, 31, 21, tzinfo=UTC)
ZONE = "America/New_York"

_SQL_TYPES = {
    FieldType.INTEGER: "BIGINT",
    FieldType.DOUBLE: "DOUBLE",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.TIMESTAMP: "TIMESTAMPTZ",
    FieldType.TEXT: "VARCHAR",
}
_BOOKKEEPING = {
    "_extra": "VARCHAR",
    "_row_hash": "VARCHAR",
    "_synced_at": "TIMESTAMPTZ",
    "_dlt_load_id": "VARCHAR",
    "_dlt_id": "VARCHAR",
}
_DELETIONS = {
    "entity": "VARCHAR",
    "id": "BIGINT",
    "deleted_at": "TIMESTAMPTZ",
    "evidence": "VARCHAR",
    "load_id": "VARCHAR",
    "restored_at": "TIMESTAMPTZ",
}


@cache
def raw_tables() -> Mapping[str, Mapping[str, str]]:
    """Every raw table: column name to SQL type."""
    tables: dict[str, Mapping[str, str]] = {"_deletions": _DELETIONS}
    for entity in ENTITIES.values():
        parent = {"_parent_id": "BIGINT"} if entity.parent else {}
        columns = {f.name: _SQL_TYPES[f.type] for f in fields_of(entity.model)}
        tables[entity.name] = columns | parent | _BOOKKEEPING
        for child in child_lists_of(entity.model):
            columns = {f.name: _SQL_TYPES[f.type] for f in child.fields}
            place = {"_parent_id": "BIGINT", "_position": "BIGINT"}
            tables[f"{entity.name}__{child.name}"] = place | columns | _BOOKKEEPING
    return tables


def settings_in(folder: Path) -> Settings:
    """Settings whose warehouse lies in ``folder`` and that read no ``.env``."""
    settings = load_settings(env_file=None)
    warehouse = WarehouseSettings(dir=folder, memory_limit="1GB")
    return settings.model_copy(update={"warehouse": warehouse})


@dataclass(frozen=True, slots=True)
class RawWarehouse:
    """One build file with raw tables, for dbt to work on."""

    settings: Settings

    @classmethod
    def create(
        cls, folder: Path, *, as_of: datetime = AS_OF, zone: str = ZONE
    ) -> "RawWarehouse":
        """A file with every raw table, empty, and the clock set."""
        settings = settings_in(folder)
        settings.warehouse.build_dir.mkdir(parents=True, exist_ok=True)
        with connect(settings.warehouse.build_file, read_only=False) as connection:
            connection.execute("CREATE SCHEMA connectwise_raw")
            for table, columns in raw_tables().items():
                body = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                connection.execute(f'CREATE TABLE connectwise_raw."{table}" ({body})')
        warehouse = cls(settings)
        warehouse.set_clock(as_of=as_of, zone=zone)
        return warehouse

    def set_clock(self, *, as_of: datetime, zone: str) -> None:
        """Write ``meta.as_of``, and make what else is of ``meta``, as a sync does."""
        with connect(self.settings.warehouse.build_file, read_only=False) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS meta")
            for table, schema in TABLES.items():
                connection.register("columns", schema.empty_table())
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS meta.{table} AS FROM columns"
                )
                connection.unregister("columns")
            connection.execute(
                "CREATE OR REPLACE TABLE meta.as_of AS SELECT "
                "CAST(? AS TIMESTAMPTZ) AS as_of, ? AS reporting_time_zone",
                [as_of.isoformat(), zone],
            )

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add sparse rows; a column that a row leaves out is null."""
        columns = raw_tables()[table]
        with connect(self.settings.warehouse.build_file, read_only=False) as connection:
            for row in rows:
                full = (
                    {"_synced_at": AS_OF.isoformat()} if "_synced_at" in columns else {}
                )
                full |= row
                names = ", ".join(f'"{name}"' for name in full)
                marks = ", ".join(f"CAST(? AS {columns[name]})" for name in full)
                connection.execute(
                    f'INSERT INTO connectwise_raw."{table}" ({names}) VALUES ({marks})',
                    list(full.values()),
                )

    def build(self, *arguments: str, select: str | None = None) -> None:
        """Build on the file what ``select`` names, or all; ``arguments`` are dbt's."""
        given = build_arguments(select=select)
        run_parsed_dbt(self.settings, [*given, *arguments])

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the file."""
        with connect(self.settings.warehouse.build_file) as connection:
            return connection.execute(sql).fetchall()

    def row(self, sql: str) -> dict[str, Any]:
        """The only row of a query, by column name."""
        with connect(self.settings.warehouse.build_file) as connection:
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            (values,) = result.fetchall()
            return dict(zip(names, values, strict=True))
