from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import WarehouseError
from pipelines.warehouse.connection import connect
from pipelines.warehouse.queries import (
    columns_of,
    query,
    records,
    select,
    table_exists,
)

DTYPES = {
    "n": "Int64",
    "flag": "boolean",
    "hours": "float64",
    "day": "datetime64",
    "at": "datetime64",
    "name": "str",
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(tmp_path / "a.duckdb", read_only=False) as opened:
        opened.execute("create schema marts")
        opened.execute(
            "create table marts.t (n integer, flag boolean, hours decimal(19,4), "
            'day date, "at" timestamptz, name varchar)'
        )
        opened.execute(
            "insert into marts.t values "
            "(2, true, 0.25, '2026-03-31', '2026-03-31 23:30:00-05', 'b'), "
            "(1, null, null, null, null, null)"
        )
        opened.execute("create table marts.empty as from marts.t limit 0")
        yield opened


@pytest.mark.parametrize("table", ["t", "empty"])
def test_dtypes_do_not_depend_on_rows(
    connection: duckdb.DuckDBPyConnection, table: str
) -> None:
    frame = select(connection, "marts", table)
    for name, dtype in DTYPES.items():
        assert str(frame.dtypes[name]).startswith(dtype), name


def test_rows_are_ordered_and_utc(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    frame = select(connection, "marts", "t", columns=["at"], order_by=["n"])
    assert list(frame.columns) == ["at"]
    assert frame["at"][1].isoformat() == "2026-04-01T04:30:00+00:00"


def test_records_are_plain_values(connection: duckdb.DuckDBPyConnection) -> None:
    first, second = records(connection, "marts", "t", order_by=["n"])
    assert first == {"n": 1} | dict.fromkeys(("flag", "hours", "day", "at", "name"))
    assert second == {
        "n": 2,
        "flag": True,
        "hours": 0.25,
        "day": date(2026, 3, 31),
        "at": datetime(2026, 4, 1, 4, 30, tzinfo=UTC),
        "name": "b",
    }
    assert isinstance(second["hours"], float)


def test_values_are_parameters(connection: duckdb.DuckDBPyConnection) -> None:
    frame = query(
        connection, "select n from marts.t where name = $name", {"name": "b' or 1=1"}
    )
    assert frame.empty
    assert list(query(connection, "select ? + 1 as n", [1])["n"]) == [2]


def test_names_come_from_the_catalogue_only(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(WarehouseError, match=r"no table marts\.t; drop"):
        select(connection, "marts", "t; drop table marts.t")
    with pytest.raises(WarehouseError, match=r"no column 1; select 2.*it has at, day"):
        select(connection, "marts", "t", columns=["1; select 2"])
    assert table_exists(connection, "marts", "t")
    assert not table_exists(connection, "marts", "u")
    assert columns_of(connection, "marts", "t")[2].type == "DECIMAL(19,4)"


def test_a_statement_that_does_not_fit_is_one_sentence(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(WarehouseError, match="could not answer a query") as caught:
        query(connection, "select nothing from nowhere")
    assert "\n" not in str(caught.value)
