"""All raw tables are there before anything is read."""

from dataclasses import replace

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.destination import Destination
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.tables import completed
from pipelines.warehouse.connection import connect, create

TICKETS, BOARDS = ENTITIES["service_tickets"], ENTITIES["boards"]


def test_missing_tables_are_made_with_all_columns_and_no_rows(tmp_path):
    file = tmp_path / "build.duckdb"
    create(file)
    there = completed(Destination(file), list(ENTITIES.values()))
    assert all(there.has_all(shape_of(one)) for one in ENTITIES.values())
    assert all(there.is_empty(shape_of(one)) for one in ENTITIES.values())


def test_a_column_that_a_model_has_learnt_is_added_to_the_rows_there(tmp_path):
    file = tmp_path / "build.duckdb"
    create(file)
    poorer = replace(BOARDS, name="service_tickets")
    completed(Destination(file), [poorer])
    with connect(file, read_only=False) as connection:
        connection.execute(
            "insert into connectwise_raw.service_tickets by name "
            "select 1 as id, 'l' as _dlt_load_id, 'r' as _dlt_id"
        )
    there = completed(Destination(file), [TICKETS])
    assert there.has_all(shape_of(TICKETS))
    assert not there.is_empty(shape_of(TICKETS))
    with connect(file) as connection:
        rows = connection.execute(
            "select id, summary from connectwise_raw.service_tickets"
        )
        assert rows.fetchall() == [(1, None)]


def test_what_is_complete_is_left_alone(tmp_path):
    file = tmp_path / "build.duckdb"
    create(file)
    completed(Destination(file), [BOARDS])
    before = file.read_bytes()
    completed(Destination(file), [BOARDS])
    assert file.read_bytes() == before
