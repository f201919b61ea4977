"""What the raw schema says of the loads that it holds."""

from pathlib import Path

from pipelines.ingest.destination import Destination
from pipelines.warehouse.connection import connect

LOADS = """
create schema connectwise_raw;
create table connectwise_raw._dlt_loads (load_id varchar, status integer);
insert into connectwise_raw._dlt_loads values {rows}
"""


def warehouse(folder: Path, rows: str) -> Destination:
    path = folder / "connectwise.duckdb"
    with connect(path, read_only=False) as connection:
        connection.execute(LOADS.format(rows=rows))
    return Destination(path)


def test_the_newest_load_is_the_last_written_though_the_clock_was_set_back(tmp_path):
    there = warehouse(tmp_path, "('1767300000.5', 0), ('1767200000.5', 0)")
    assert there.last_load_id() == "1767200000.5"


def test_a_load_that_did_not_complete_does_not_count(tmp_path):
    there = warehouse(tmp_path, "('1767200000.5', 0), ('1767300000.5', 1)")
    assert there.last_load_id() == "1767200000.5"


def test_before_the_first_load_there_is_none(tmp_path):
    assert Destination(tmp_path / "missing.duckdb").last_load_id() is None
    assert warehouse(tmp_path, "('1767200000.5', 1)").last_load_id() is None
