"""Copies of what cannot be read again: raw, history and meta, as Parquet with hashes.

    <backups>/connectwise-20260331T210000Z/
      manifest.json                        what is in it: rows, hashes, statements
      tables/<schema>/<table>.parquet      one file per table
      landing/<day>/<load id>/pages.jsonl  the index of kept pages, without the pages
      build/connectwise.reads.json         when each entity was read last

A backup appears whole, by a rename, or not at all. Bringing one back is
``restoring``'s business; who may write meanwhile is the caller's.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import msgspec

from pipelines.errors import BackupError
from pipelines.observability.progress import Progress
from pipelines.settings import Settings
from pipelines.warehouse.connection import Connection, connect
from pipelines.warehouse.queries import quoted
from pipelines.warehouse.versions import UNFINISHED, flush

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
SCHEMAS: Final = ("connectwise_raw", "history", "meta", "main")
_PAGES: Final = ".zst"
_PRIVATE: Final = 0o700

_TABLES: Final = """
select schema_name, table_name, sql
from duckdb_tables()
where database_name = current_database() and list_contains($schemas, schema_name)
    and not contains(table_name, '__dbt_')
order by list_position($schemas, schema_name), table_name
"""


@dataclass(frozen=True, slots=True)
class TableCopy:
    """One table of a backup.

    Attributes:
        statement: makes the empty table.
        contents: a hash over all rows in any order, by the DuckDB that wrote it.
    """

    schema: str
    table: str
    rows: int
    statement: str
    contents: str

    @property
    def path(self) -> str:
        """Where its rows lie in the backup."""
        return f"tables/{self.schema}/{self.table}.parquet"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; ``files`` are SHA-256 sums by path."""

    format: int
    made_at: datetime
    duckdb_version: str
    as_of: datetime | None
    tables: tuple[TableCopy, ...]
    files: dict[str, str]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup."""

    folder: Path
    manifest: Manifest

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""
        return sum(file.stat().st_size for file in _files(self.folder))


def backup(settings: Settings, *, to: Path, progress: Progress) -> Backup:
    """Write a backup into a folder of its own below ``to``.

    Raises:
        WarehouseError: there is no build file, or somebody else holds it.
        BackupError: it holds nothing yet, or the copy could not be written.
    """
    now = datetime.now(UTC)
    folder = to / f"connectwise-{now.strftime('%Y%m%dT%H%M%S%fZ')}"
    fresh = folder.with_name(f"{UNFINISHED}{folder.name}")
    try:
        fresh.mkdir(parents=True, mode=_PRIVATE)
        manifest = _write(settings, fresh, now=now, progress=progress)
        fresh.rename(folder)
        flush(to)
    except (OSError, duckdb.IOException) as error:
        raise BackupError(
            f"The backup could not be written to {to} ({error}); free space or mend "
            "its rights there, and run `cwp backup` again."
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Backup(folder, manifest)


def read_manifest(folder: Path) -> Manifest:
    """What the backup in ``folder`` says of itself.

    Raises:
        BackupError: there is none, or it is of a later version.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(content, type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BackupError(
            f"{folder} is no backup: it has no readable {MANIFEST}; name a folder that "
            "`cwp backup` has written."
        ) from error
    if manifest.format > FORMAT:
        raise BackupError(
            f"{folder} was written by a later version of this program; restore it "
            "with that one."
        )
    return manifest


def newest(backups: Path) -> Path:
    """The last backup in a folder of backups.

    Raises:
        BackupError: there is none.
    """
    found = sorted(backups.glob(f"connectwise-*/{MANIFEST}"))
    if not found:
        raise BackupError(f"There is no backup in {backups}; `cwp backup` makes one.")
    return found[-1].parent


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents_of(connection: Connection, schema: str, table: str) -> tuple[int, str]:
    """Rows of a table, and a hash over all of them in any order."""
    relation = f"{quoted(schema)}.{quoted(table)}"
    sql = f"select count(*), coalesce(sum(hash(t)), 0) from {relation} as t"  # noqa: S608
    rows, total = connection.execute(sql).fetchall()[0]
    return int(rows), str(total)


def _write(
    settings: Settings, folder: Path, *, now: datetime, progress: Progress
) -> Manifest:
    with connect(settings.warehouse.build_file) as connection:
        tables = tuple(_export(connection, folder, progress))
        as_of = _as_of(connection, tables)
    _copy_index(settings.warehouse.landing_dir, folder / "landing")
    _copy_reads(settings.warehouse.build_file, folder / "build")
    files = {
        str(path.relative_to(folder)): digest(path) for path in sorted(_files(folder))
    }
    manifest = Manifest(FORMAT, now, duckdb.__version__, as_of, tables, files)
    (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    flush(*_files(folder))
    return manifest


def _export(
    connection: Connection, folder: Path, progress: Progress
) -> Iterator[TableCopy]:
    found = connection.execute(_TABLES, {"schemas": list(SCHEMAS)}).fetchall()
    if not any(schema == "connectwise_raw" for schema, _, _ in found):
        raise BackupError(
            "The warehouse holds no records yet, so there is nothing to back up; "
            "`cwp run` reads them."
        )
    progress.start("backup", len(found))
    for schema, table, statement in found:
        rows, contents = contents_of(connection, schema, table)
        copy = TableCopy(schema, table, rows, statement, contents)
        file = folder / copy.path
        file.parent.mkdir(parents=True, exist_ok=True)
        literal = str(file).replace("'", "''")
        connection.execute(
            f"copy {quoted(schema)}.{quoted(table)} to '{literal}' "
            "(format parquet, compression zstd)"
        )
        progress.advance("backup", 1)
        yield copy
    progress.finish("backup", "tables")


def _as_of(connection: Connection, tables: Iterable[TableCopy]) -> datetime | None:
    if not any((one.schema, one.table) == ("meta", "as_of") for one in tables):
        return None
    row = connection.execute("select max(as_of) from meta.as_of").fetchone()
    return row[0] if row else None


def _copy_index(landing: Path, to: Path) -> None:
    """Everything of the landing but the pages themselves."""
    for path in _files(landing):
        if path.suffix != _PAGES:
            copy = to / path.relative_to(landing)
            copy.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
            shutil.copy(path, copy)


def _copy_reads(build_file: Path, to: Path) -> None:
    for path in build_file.parent.glob(f"{build_file.stem}.*.json"):
        to.mkdir(exist_ok=True)
        shutil.copy(path, to / path.name)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
