"""Raw tables equal the sandbox's own store; a run without news changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from tests.support.comparison import differing
from tests.support.warehouses import (
    dump,
    extract,
    raw_children,
    raw_rows,
    settings_in,
    tenant_of,
)
from tests.support.worlds import NOW

EVERYTHING = ("connectwise_raw", "meta")
LATER = NOW + timedelta(hours=1)
TICKETS = ENTITIES["service_tickets"]


def test_every_row_and_field_arrives_as_it_is_stored(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as settings:
        run = extract(settings)
        assert differing(settings, store) == []
    assert run.tally("service_tickets").rows_new == store.count(TICKETS.path)
    assert not any(tally.quarantine for tally in run.tallies.values())
    assert not any(tally.drift for tally in run.tallies.values())


def test_a_second_run_changes_no_column_of_any_row(store, loaded):
    with tenant_of(store, loaded) as settings:
        before = dump(settings, schemas=EVERYTHING)
        again = extract(settings)
        assert dump(settings, schemas=EVERYTHING) == before
    assert again.changed_rows == 0


def test_one_percent_of_changes_changes_exactly_those_rows(store, loaded):
    before = raw_and_load_ids(settings_in(loaded))
    ids = sorted(before)[::100]
    for key in ids:
        record = next(r for r in store.records(TICKETS.path) if r["id"] == key)
        store.put(TICKETS.path, {**record, "summary": f"changed {key}"})
    store.touch(TICKETS.path, ids, "2026-03-31T21:30:00Z")
    with tenant_of(store, loaded, options=SandboxOptions(now=LATER)) as settings:
        run = extract(settings)
        assert differing(settings, store) == []
    after = raw_and_load_ids(settings)
    assert sorted(key for key in after if after[key] != before[key]) == ids
    assert run.tally("service_tickets").rows_changed == len(ids)
    moved = {name for name, t in run.tallies.items() if t.rows_new + t.rows_changed}
    # A changed ticket is asked for its notes, which may never have been read before.
    assert moved <= {"service_tickets", "service_ticket_notes"}


def raw_and_load_ids(settings):
    """Every column of each ticket's row, by id."""
    rows = dump(settings, schemas=("connectwise_raw",))
    return {row[0]: row for row in rows["connectwise_raw.service_tickets"]}


@pytest.mark.parametrize("later", [1, 0, 2])
def test_lists_of_a_touched_record_are_replaced_as_a_whole(store, tmp_path, later):
    companies = ENTITIES["companies"]
    record = next(iter(store.records(companies.path)))
    types = [{"id": n, "name": f"Type {n}"} for n in (1, 2, 3)]
    counts = []
    moment = NOW
    for count in (3, later):
        moment += timedelta(minutes=30)
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        store.put(companies.path, {**record, "types": types[:count]})
        store.touch(companies.path, [record["id"]], stamp)
        options = SandboxOptions(now=moment + timedelta(minutes=1))
        with tenant_of(store, tmp_path / "warehouse", options=options) as settings:
            extract(settings, only=[companies])
        rows = raw_children(settings, companies)["types"]
        counts.append(sum(row["_parent_id"] == record["id"] for row in rows))
    assert counts == [3, later]


def test_an_empty_tenant_gives_every_table_without_rows(tmp_path):
    store = Store.create(tmp_path / "empty.sqlite")
    with tenant_of(store, tmp_path / "warehouse") as settings:
        run = extract(settings)
        extract(settings)
        tables = dump(settings, schemas=("connectwise_raw",))
    assert {f"connectwise_raw.{name}" for name in ENTITIES} <= set(tables)
    assert not any(tables[f"connectwise_raw.{name}"] for name in ENTITIES)
    assert run.changed_rows == 0


def test_a_role_that_grants_only_companies_and_boards_runs_through(store, tmp_path):
    granted = {"companies", "boards", "board_statuses"}
    denied = tuple(e.path for e in ENTITIES.values() if e.name not in granted)
    options = SandboxOptions(denied_paths=denied)
    with tenant_of(store, tmp_path / "warehouse", options=options) as settings:
        run = extract(settings)
        assert raw_rows(settings, TICKETS) == {}
    read = {name for name, tally in run.tallies.items() if tally.rows_read}
    refused = {n for n, tally in run.tallies.items() if tally.status == "not granted"}
    assert read == granted
    asked = {e.name for e in ENTITIES.values() if not e.parent or e.parent in granted}
    assert refused == asked - granted


def test_a_permission_lost_later_leaves_what_was_loaded(store, loaded):
    before = dump(settings_in(loaded), schemas=EVERYTHING)
    options = SandboxOptions(denied_paths=(TICKETS.path,))
    with tenant_of(store, loaded, options=options) as settings:
        run = extract(settings)
        assert dump(settings, schemas=EVERYTHING) == before
    assert run.tally("service_tickets").status == "not granted"


def test_notes_are_read_for_recently_changed_tickets_only(store, tmp_path):
    of_tickets = ENTITIES["service_ticket_notes"]
    with tenant_of(store, tmp_path / "warehouse") as settings:
        run = extract(settings, only=[TICKETS, of_tickets])
        notes = raw_rows(settings, of_tickets)
    since = NOW - timedelta(days=settings.sandbox.children_since_days)
    recent = {
        record["id"]
        for record in store.records(TICKETS.path)
        if datetime.fromisoformat(record["_info"]["lastUpdated"]) >= since
    }
    expected = [
        note["id"]
        for ticket_id in recent
        for note in store.records(of_tickets.path, ticket_id)
    ]
    assert sorted(notes) == sorted(expected)
    assert expected
    total = store.count(TICKETS.path)
    assert run.tally("service_ticket_notes").note.startswith(
        f"{len(recent):,} of {total:,} "
    )
