"""When each entity was last read to its end, and whether it was granted.

Kept in the build file beside its owner, outside what dlt and dbt write: a read that
brought nothing is noted here and nowhere else. What is due follows from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.ingest.run import Tally
from pipelines.warehouse.connection import connect

_TABLE = "main.last_reads"
_NAME = _TABLE.partition(".")[2]


@dataclass(frozen=True, slots=True)
class LastRead:
    """The last complete read of an entity, by the server's clock."""

    read_at: datetime
    status: str


def last_reads(build_file: Path) -> Mapping[str, LastRead]:
    """The last read of every entity that was read at all."""
    if not build_file.exists():
        return {}
    known = "select 1 from duckdb_tables() where table_name = ?"
    with connect(build_file) as connection:
        if not connection.execute(known, [_NAME]).fetchone():
            return {}
        rows = connection.execute(f"from {_TABLE}").fetchall()
    return {entity: LastRead(read_at, status) for entity, read_at, status in rows}


def note_reads(build_file: Path, tallies: Iterable[Tally], *, at: datetime) -> None:
    """Write down what a run has read; skipped entities keep what stood there."""
    rows = [(one.name, at, one.status) for one in tallies if one.status != "skipped"]
    with connect(build_file, read_only=False) as connection:
        connection.execute(
            f"create table if not exists {_TABLE} (entity varchar primary key, "
            "read_at timestamptz, status varchar)"
        )
        if rows:
            connection.executemany(
                f"insert or replace into {_TABLE} values (?, ?, ?)", rows
            )
