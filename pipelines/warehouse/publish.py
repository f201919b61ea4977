"""Publish a read-only copy of the audited build file.

Tables of ``marts``, ``reports`` and ``meta`` go into a new versioned DuckDB file, one
Parquet file per mart and report lies beside it, and ``current.duckdb`` is swapped by
a rename as the very last step: readers see the old copy or the new one, whole. Raw
and staging tables are never published. Whether a run deserves to be published is
decided before, by checks.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
from filelock import FileLock, Timeout

from pipelines.errors import PublishError, WarehouseBusyError
from pipelines.settings import Settings
from pipelines.warehouse.connection import (
    Connection,
    attach,
    connect,
    explain,
    workspace,
)
from pipelines.warehouse.queries import quoted
from pipelines.warehouse.versions import (
    CURRENT,
    UNFINISHED,
    Version,
    current_version,
    flush,
    next_version,
    point,
    prune,
    seal,
    sweep,
)

PUBLISHED_SCHEMAS: Final = ("marts", "reports", "meta")
PARQUET_SCHEMAS: Final = ("marts", "reports")

_TABLES: Final = """
select table_schema, table_name
from information_schema.tables
where table_catalog = $catalog
    and list_contains($schemas, table_schema)
    and not starts_with(table_name, '_dlt_')
    and not contains(table_name, '__dbt_')
order by table_schema, table_name
"""
_COMMENTS: Final = """
select schema_name, table_name, null as column_name, comment
from duckdb_tables() where database_name = 'build' and comment is not null
union all
select schema_name, table_name, column_name, comment
from duckdb_columns() where database_name = 'build' and comment is not null
order by all
"""


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """One published version.

    Attributes:
        path: the versioned DuckDB file, not the link to it.
        tables: schema, table and row count, sorted.
        parquet_dir: holds ``<schema>/<table>.parquet``.
        semantic_manifest: dbt's semantic manifest of the same run, if it wrote one.
    """

    path: Path
    tables: tuple[tuple[str, str, int], ...]
    parquet_dir: Path
    semantic_manifest: Path | None = None


def publish(settings: Settings) -> PublishedCopy:
    """Copy the build file's finished tables and show them to every reader.

    Raises:
        WarehouseBusyError: the build file is being written, or another publish runs.
        WarehouseError: there is no build file.
        PublishError: the build file holds no mart, or the copy could not be written;
            the copy shown before stays.
    """
    folder = settings.warehouse.published_dir
    (folder / "parquet").mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        sweep(folder)
        version = next_version(folder, now=datetime.now(UTC))
        try:
            tables = _write(settings, version)
            _show(version)
        except OSError as error:
            raise PublishError(
                f"The copy could not be written to {folder} ({error.strerror}); free "
                "space or fix permissions there and run `cwp run` again."
            ) from error
        finally:
            sweep(folder)
        prune(folder, keep=settings.warehouse.keep_published)
    return _copy(version, tables)


def current(settings: Settings) -> PublishedCopy | None:
    """The copy that readers see now, or None before the first publish.

    Raises:
        WarehouseError: the copy is there but cannot be read.
    """
    version = current_version(settings.warehouse.published_dir)
    if version is None:
        return None
    with connect(version.database) as connection:
        catalog = version.database.stem
        tables = tuple(
            (schema, table, _count(connection, f"{quoted(schema)}.{quoted(table)}"))
            for schema, table in _published_tables(connection, catalog)
        )
    return _copy(version, tables)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / ".publish.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise WarehouseBusyError(
            f"Another publish is writing to {folder}; wait until it has finished."
        ) from None


def _write(settings: Settings, version: Version) -> tuple[tuple[str, str, int], ...]:
    """Write every file of the version; each takes its name once it is complete."""
    database = version.unfinished(version.database)
    parquet = version.unfinished(version.parquet)
    with workspace() as connection:
        _configure(connection, settings, version)
        attach(connection, settings.warehouse.build_file, "build")
        attach(connection, database, "target", read_only=False)
        try:
            tables = _copy_tables(connection)
            _copy_comments(connection, tables)
            _write_parquet(connection, tables, parquet)
            connection.execute("checkpoint target")
            connection.execute("detach target")
        except duckdb.Error as error:
            raise explain(database, error) from error
    seal([database, *parquet.rglob("*.parquet")])
    parquet.rename(version.parquet)
    _keep_semantic_manifest(settings, version)
    database.rename(version.database)
    flush(version.parquet.parent, version.folder)
    return tables


def _configure(connection: Connection, settings: Settings, version: Version) -> None:
    spill = version.folder / f"{UNFINISHED}spill"
    connection.execute("set memory_limit = ?", [settings.warehouse.memory_limit])
    connection.execute("set temp_directory = ?", [str(spill)])


def _published_tables(connection: Connection, catalog: str) -> list[tuple[str, str]]:
    return connection.execute(
        _TABLES, {"catalog": catalog, "schemas": list(PUBLISHED_SCHEMAS)}
    ).fetchall()


def _copy_tables(
    connection: Connection,
) -> tuple[tuple[str, str, int], ...]:
    names = _published_tables(connection, "build")
    if not any(schema == "marts" for schema, _ in names):
        raise PublishError(
            "The build file holds no marts yet, so there is nothing to publish; "
            "`cwp run` builds them."
        )
    for schema in sorted({schema for schema, _ in names}):
        connection.execute(f"create schema target.{quoted(schema)}")
    return tuple(_copy_table(connection, schema, table) for schema, table in names)


def _copy_table(
    connection: Connection, schema: str, table: str
) -> tuple[str, str, int]:
    relation = f"{quoted(schema)}.{quoted(table)}"
    connection.execute(f"create table target.{relation} as from build.{relation}")
    return schema, table, _count(connection, f"target.{relation}")


def _copy_comments(
    connection: Connection,
    tables: tuple[tuple[str, str, int], ...],
) -> None:
    copied = {(schema, table) for schema, table, _ in tables}
    for schema, table, column, comment in connection.execute(_COMMENTS).fetchall():
        if (schema, table) not in copied:
            continue
        parts = (schema, table) if column is None else (schema, table, column)
        kind = "table" if column is None else "column"
        where = ".".join(map(quoted, parts))
        text = comment.replace("'", "''")
        connection.execute(f"comment on {kind} target.{where} is '{text}'")


def _write_parquet(
    connection: Connection,
    tables: tuple[tuple[str, str, int], ...],
    folder: Path,
) -> None:
    for schema, table, _ in tables:
        if schema not in PARQUET_SCHEMAS:
            continue
        file = folder / schema / f"{table}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        path = str(file).replace("'", "''")
        connection.execute(
            f"copy target.{quoted(schema)}.{quoted(table)} to '{path}' "
            "(format parquet, compression zstd)"
        )


def _keep_semantic_manifest(settings: Settings, version: Version) -> None:
    source = settings.warehouse.semantic_manifest_file
    if source.is_file():
        copy = version.unfinished(version.semantic_manifest)
        shutil.copyfile(source, copy)
        seal([copy])
        copy.rename(version.semantic_manifest)


def _show(version: Version) -> None:
    """Swap the links; the DuckDB link last, because it is what counts as published."""
    point(version.parquet.parent / CURRENT, version.parquet)
    point(version.folder / f"{CURRENT}.duckdb", version.database)


def _copy(version: Version, tables: tuple[tuple[str, str, int], ...]) -> PublishedCopy:
    manifest = version.semantic_manifest
    return PublishedCopy(
        path=version.database,
        tables=tables,
        parquet_dir=version.parquet,
        semantic_manifest=manifest if manifest.is_file() else None,
    )


def _count(connection: Connection, relation: str) -> int:
    rows = connection.execute(f"select count(*) from {relation}")  # noqa: S608
    return int(rows.fetchall()[0][0])
