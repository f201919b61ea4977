"""What is due: windows always, set-up tables by their tier, refusals now and then."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.last_reads import LastRead, last_reads, note_reads
from pipelines.ingest.policies import due
from pipelines.ingest.run import Tally
from pipelines.settings import SyncSettings
from pipelines.warehouse.connection import connect, create

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)
SLAS, TICKETS = ENTITIES["slas"], ENTITIES["service_tickets"]
NOTES = ENTITIES["service_ticket_notes"]


def chosen(entity, *, minutes, status="read", **settings):
    reads = {entity.name: LastRead(NOW - timedelta(minutes=minutes), status)}
    return due([entity], reads, now=NOW, sync=SyncSettings(**settings)) == [entity]


def test_what_was_never_read_is_due():
    assert due([SLAS], {}, now=NOW, sync=SyncSettings()) == [SLAS]


@pytest.mark.parametrize(("minutes", "wanted"), [(239, False), (240, True)])
def test_a_set_up_table_waits_for_its_tier(minutes, wanted):
    assert chosen(SLAS, minutes=minutes) is wanted


def test_the_interval_is_a_setting():
    assert chosen(SLAS, minutes=60, reference_minutes=60)


def test_a_list_with_a_window_is_always_worth_a_request():
    assert chosen(TICKETS, minutes=0)


def test_children_that_are_refused_are_not_asked_for_in_every_run():
    assert chosen(NOTES, minutes=0)
    assert not chosen(NOTES, minutes=10, status="not granted")
    assert chosen(NOTES, minutes=240, status="not granted")


def test_reads_are_noted_and_skipped_entities_keep_theirs(tmp_path):
    file = tmp_path / "build.duckdb"
    assert last_reads(file) == {}
    create(file)
    assert last_reads(file) == {}
    note_reads(file, [Tally("slas"), Tally("boards", status="not granted")], at=NOW)
    later = NOW + timedelta(hours=1)
    note_reads(file, [Tally("slas", status="skipped"), Tally("boards")], at=later)
    assert last_reads(file) == {
        "slas": LastRead(NOW, "read"),
        "boards": LastRead(later, "read"),
    }


def test_reads_of_a_build_file_that_is_gone_count_for_nothing(tmp_path):
    file = tmp_path / "build.duckdb"
    loaded(file, "1")
    note_reads(file, [Tally("slas")], at=NOW)
    loaded(file, "2")
    assert last_reads(file) == {"slas": LastRead(NOW, "read")}
    file.unlink()
    assert last_reads(file) == {}
    loaded(file, "3")
    assert last_reads(file) == {}


def test_a_damaged_file_makes_everything_due(tmp_path):
    file = tmp_path / "build.duckdb"
    create(file)
    note_reads(file, [Tally("slas")], at=NOW)
    (tmp_path / "build.reads.json").write_text('{"load_id":')
    assert last_reads(file) == {}


def loaded(file, load_id):
    if not file.exists():
        create(file)
    with connect(file, read_only=False) as connection:
        connection.execute(
            "create schema if not exists connectwise_raw; create table if not exists "
            "connectwise_raw._dlt_loads (load_id varchar, status bigint)"
        )
        connection.execute(
            f"insert into connectwise_raw._dlt_loads values ('{load_id}', 0)"
        )
