"""A backup back into a build file, proven table by table.

The file is made beside the old one and takes its place at the very end, so that a
restore which fails or is killed changes nothing. Models are not in a backup: the next
run makes them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import BackupError
from pipelines.observability.progress import Progress
from pipelines.settings import Settings
from pipelines.warehouse.backup import (
    SCHEMAS,
    Backup,
    Manifest,
    TableCopy,
    contents_of,
    digest,
    read_manifest,
)
from pipelines.warehouse.connection import Connection, connect
from pipelines.warehouse.queries import quoted
from pipelines.warehouse.versions import UNFINISHED, flush

_PAGES = "*.zst"
_EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Difference:
    """A table that is not in both files with the same rows."""

    name: str
    rows_here: int | None
    rows_there: int | None


def holds_records(build_file: Path) -> bool:
    """Whether a restore would take something away."""
    if not build_file.exists():
        return False
    with connect(build_file) as connection:
        return bool(_names(connection))


def restore(
    settings: Settings, folder: Path, *, overwrite: bool, progress: Progress
) -> Backup:
    """Put the backup in ``folder`` in the place of the build file.

    Raises:
        BackupError: it is damaged, or the warehouse holds records and ``overwrite``
            was not given; nothing is changed. Or the warehouse's folder cannot be
            written; then its records are the old ones or all of the backup's.
    """
    manifest = read_manifest(folder)
    build_file = settings.warehouse.build_file
    if not overwrite and holds_records(build_file):
        raise BackupError(
            f"{build_file} holds records already; `cwp restore {folder} --yes` puts "
            "the backup in their place."
        )
    _refuse_damage(folder, manifest)
    try:
        _replace(build_file, folder, manifest, progress)
        _bring_back(folder / "build", build_file.parent)
        _bring_back_index(folder / "landing", settings.warehouse.landing_dir)
    except (OSError, duckdb.IOException) as error:
        raise BackupError(
            f"The backup could not be written to {settings.warehouse.dir} ({error}); "
            f"free space or mend its rights there, and run `cwp restore {folder} "
            "--yes` again."
        ) from error
    return Backup(folder, manifest)


def differences(build_file: Path, other: Path) -> list[Difference]:
    """Tables of two build files that do not hold the same rows."""
    here, there = _contents(build_file), _contents(other)
    return [
        Difference(name, _rows(here.get(name)), _rows(there.get(name)))
        for name in sorted(here.keys() | there.keys())
        if here.get(name) != there.get(name)
    ]


def _rows(contents: tuple[int, str] | None) -> int | None:
    return contents[0] if contents else None


def _contents(build_file: Path) -> dict[str, tuple[int, str]]:
    with connect(build_file) as connection:
        return {
            f"{schema}.{table}": contents_of(connection, schema, table)
            for schema, table in _names(connection)
        }


def _names(connection: Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database() "
        "and list_contains($schemas, schema_name) "
        "and not contains(table_name, '__dbt_') order by all",
        {"schemas": list(SCHEMAS)},
    ).fetchall()


def _refuse_damage(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            raise BackupError(
                f"{path} is missing or not what was backed up, so nothing was changed; "
                "take another backup."
            )


def _replace(
    build_file: Path, folder: Path, manifest: Manifest, progress: Progress
) -> None:
    fresh = build_file.with_name(f"{UNFINISHED}{build_file.name}")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    try:
        _fill(fresh, folder, manifest, progress)
        build_file.with_name(f"{build_file.name}.wal").unlink(missing_ok=True)
        fresh.replace(build_file)
        flush(build_file.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _fill(fresh: Path, folder: Path, manifest: Manifest, progress: Progress) -> None:
    progress.start("restore", len(manifest.tables))
    with connect(fresh, read_only=False) as connection:
        for schema in dict.fromkeys(one.schema for one in manifest.tables):
            connection.execute(f"create schema if not exists {quoted(schema)}")
        for copy in manifest.tables:
            _fill_table(connection, folder, manifest, copy)
            progress.advance("restore", 1)
        connection.execute("checkpoint")
    progress.finish("restore", "tables")


def _fill_table(
    connection: Connection, folder: Path, manifest: Manifest, copy: TableCopy
) -> None:
    relation = f"{quoted(copy.schema)}.{quoted(copy.table)}"
    try:
        connection.execute(copy.statement)
        connection.execute(
            f"insert into {relation} by name select * from read_parquet(?)",  # noqa: S608
            [str(folder / copy.path)],
        )
    except duckdb.Error as error:
        raise BackupError(
            f"{relation} could not be restored ({str(error).splitlines()[0]}), so "
            "nothing was changed."
        ) from error
    rows, contents = contents_of(connection, copy.schema, copy.table)
    # Another DuckDB may hash otherwise; then the rows alone are compared.
    same_hash = manifest.duckdb_version == duckdb.__version__
    if rows != copy.rows or (same_hash and contents != copy.contents):
        raise BackupError(
            f"{relation} did not come back as it was, so nothing was changed."
        )


def _bring_back(source: Path, to: Path) -> None:
    for path in source.glob("*"):
        shutil.copy(path, to / path.name)


def _bring_back_index(source: Path, landing: Path) -> None:
    """The index of loads whose folder is gone; their pages have expired."""
    gone = [path for path in _loads(source) if not (landing / path).is_dir()]
    for path in gone:
        shutil.copytree(source / path, landing / path)
    notes = [path.parent.name for path in gone]
    notes += [note.read_text() for note in source.glob(_EXPIRED)]
    notes += [note.read_text() for note in landing.glob(_EXPIRED)]
    if notes:
        landing.mkdir(mode=0o700, parents=True, exist_ok=True)
        (landing / _EXPIRED).write_text(max(notes))
        (landing / _EXPIRED).chmod(0o600)


def _loads(source: Path) -> Iterator[Path]:
    return (path.relative_to(source) for path in source.glob("*/*/") if path.is_dir())
