"""One load more on a large tenant: ``python -m benchmarks.changes BUILD_FILE``.

One in two hundred tickets and time entries comes again with other minutes, words or
hours, and the clock has moved by an hour.
"""

import sys
from pathlib import Path

from pipelines.warehouse.connection import Connection, connect

ONE_IN = 200
_CHANGED = {
    "service_tickets": "minutes_waiting = minutes_waiting + 1",
    "project_tickets": "summary = summary || '!'",
    "time_entries": "actual_hours = actual_hours + 0.25",
}


def change(build_file: Path) -> dict[str, int]:
    """Change raw rows as a load does; how many of each table."""
    with connect(build_file, read_only=False) as connection:
        connection.execute("update meta.as_of set as_of = as_of + interval 1 hour")
        return {table: _change(connection, table) for table in _CHANGED}


def _change(connection: Connection, table: str) -> int:
    clock = "(select max(as_of) from meta.as_of)"
    sql = f"""
        update connectwise_raw.{table} set {_CHANGED[table]},
            _row_hash = md5(_row_hash), _info__last_updated = {clock},
            _synced_at = {clock}
        where hash(id) % {ONE_IN} = 0
    """
    (changed,) = connection.execute(sql).fetchall()[0]
    return int(changed)


if __name__ == "__main__":
    change(Path(sys.argv[1]))
