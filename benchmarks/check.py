"""Every field of every loaded row against the source, in plain Python.

``python -m benchmarks.check BUILD_FILE ROWS CHANGES`` in a process of its own, so that
its memory is nobody else's.

Written without the product's decoder: it knows only how raw columns are named. Hours
after a load's end it would still say the same: tickets are made anew from their
number.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.tickets import CHANGED_EVERY, ticket

BATCH = 5_000
TABLE = "connectwise_raw.service_tickets"
# Made by loading, not by the source.
OWN = {"_row_hash", "_synced_at", "_dlt_load_id", "_dlt_id"}


def check(build_file: Path, rows: int, versions: dict[int, int]) -> None:
    """Compare a build file with the source.

    Args:
        build_file: what was loaded.
        rows: how many tickets were served.
        versions: version by number of those that were changed.

    Raises:
        AssertionError: a row or a cell is missing, added or different.
    """
    with duckdb.connect(str(build_file), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        numbers = connection.execute(
            f"select count(*), count(distinct id) from {TABLE}"
        )
        assert numbers.fetchone() == (rows, rows), "rows are missing or repeated"
        for first in range(1, rows + 1, BATCH):
            numbers = range(first, min(first + BATCH, rows + 1))
            sources = [ticket(number, versions.get(number, 0)) for number in numbers]
            _check_rows(_loaded(connection, TABLE, "id", numbers), sources)
            _check_children(connection, numbers, sources)


def _loaded(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, numbers: range
) -> list[dict[str, Any]]:
    cursor = connection.execute(
        f"from {table} where {key} between ? and ? order by {key}",
        [numbers.start, numbers.stop - 1],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _check_rows(loaded: list[dict[str, Any]], sources: list[dict[str, Any]]) -> None:
    for row, source in zip(loaded, sources, strict=True):
        expected = dict(_cells(source))
        found = {k: v for k, v in row.items() if v is not None and k not in OWN}
        assert found == expected, _difference(found, expected)
        assert len(row["_row_hash"]) >= 32
        assert row["_synced_at"]
        assert row["_dlt_load_id"]
        assert row["_dlt_id"]


def _cells(source: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in source.items():
        column = prefix + _snake(name)
        if isinstance(value, dict):
            yield from _cells(value, f"{column}__")
        elif not isinstance(value, list) and not name.endswith("_href"):
            yield column, _typed(value)


def _typed(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", value):
        return datetime.fromisoformat(value)
    return value


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _check_children(
    connection: duckdb.DuckDBPyConnection,
    numbers: range,
    sources: list[dict[str, Any]],
) -> None:
    cursor = connection.execute(
        f"select _parent_id, _position, id, caption, type, entry_method, "
        f"number_of_decimals, value, connect_wise_id from {TABLE}__custom_fields "
        "where _parent_id between ? and ? order by 1, 2",
        [numbers.start, numbers.stop - 1],
    )
    expected = [
        (
            source["id"],
            position,
            item["id"],
            item["caption"],
            item["type"],
            item["entryMethod"],
            item["numberOfDecimals"],
            item["value"]
            if isinstance(item["value"], str)
            else json.dumps(item["value"]),
            item["connectWiseId"],
        )
        for source in sources
        for position, item in enumerate(source["customFields"])
    ]
    assert cursor.fetchall() == expected, "custom fields differ"


def _difference(found: dict[str, Any], expected: dict[str, Any]) -> str:
    names = found.keys() | expected.keys()
    differing = [n for n in names if found.get(n) != expected.get(n)]
    return f"{expected['id']}: " + "; ".join(
        f"{n}: {found.get(n)!r} is not {expected.get(n)!r}" for n in sorted(differing)
    )


def versions_after(changes: int, rows: int) -> dict[int, int]:
    """The last change of each ticket, as the server makes them."""
    return {
        number: step
        for step in range(1, changes + 1)
        for number in range(1 + step % CHANGED_EVERY, rows + 1, CHANGED_EVERY)
    }


if __name__ == "__main__":
    served, changes = int(sys.argv[2]), int(sys.argv[3])
    check(Path(sys.argv[1]), served, versions_after(changes, served))
