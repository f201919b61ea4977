"""``cwp entities`` lists the registry with what the warehouse holds of it."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.destination import Destination
from pipelines.ingest.last_reads import note_reads
from pipelines.ingest.overview import policy_of
from pipelines.ingest.run import Tally
from pipelines.ingest.tables import completed
from pipelines.settings import SyncSettings
from pipelines.warehouse.connection import create


@pytest.fixture
def listed(tmp_path, monkeypatch):
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path))

    def run(*arguments):
        result = CliRunner().invoke(app, ["entities", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def row_of(output, name):
    rows = [line.split("│")[1:-1] for line in output.splitlines() if "│" in line]
    cells = [[cell.strip() for cell in row] for row in rows]
    (found,) = [row for row in cells if row[0] == name]
    return found


def test_a_word_that_nothing_has_is_told(listed):
    assert listed("zzz") == "No entity has 'zzz' in its name or path.\n"


def test_before_the_first_run_all_are_listed(listed):
    output = listed()
    assert f"{len(ENTITIES)} entities." in output
    assert row_of(output, "boards")[-2:] == ["not read yet", "-"]


def test_last_sync_and_rows_come_from_the_warehouse(listed, tmp_path):
    file = tmp_path / "build" / "connectwise.duckdb"
    file.parent.mkdir()
    create(file)
    completed(Destination(file), [ENTITIES["boards"], ENTITIES["slas"]])
    at = datetime(2026, 3, 31, 21, tzinfo=UTC)
    note_reads(file, [Tally("boards"), Tally("slas", status="not granted")], at=at)
    output = listed("service")
    name, path, key, _, read, rows = row_of(output, "boards")
    assert (name, path, key) == ("boards", "/service/boards", "id")
    assert (read, rows) == ("2026-03-31 21:00", "0")
    assert row_of(output, "slas")[-2].startswith("2026-03-31 21:00, not")
    assert "companies" not in output


def test_policies_are_told_in_a_few_words():
    told = {name: policy_of(ENTITIES[name], SyncSettings()) for name in ENTITIES}
    assert told["service_tickets"] == "hot, changes, every 5 min"
    assert told["slas"] == "reference, whole, every 4 h"
    assert told["service_ticket_notes"] == "of changed service_tickets"
