"""Dirt is planted in the world: none of it is lost, and checks say how much it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.sandbox.store import Store
from tests.support.small_run import Ask, SmallRun
from tests.support.warehouses import expected_rows, extract, raw_rows, tenant_of

# List path -> the mart its records reach, and the mart's key.
MART_OF = {
    "/service/tickets": ("fct_ticket", "ticket_id"),
    "/project/tickets": ("fct_ticket", "ticket_id"),
    "/time/entries": ("fct_time_entry", "time_entry_id"),
    "/finance/agreements": ("dim_agreement", "agreement_id"),
    "/company/companies": ("dim_company", "company_id"),
    "/project/projects": ("dim_project", "project_id"),
    "/system/members": ("dim_member", "member_id"),
}


def dirty(manifest: Mapping[str, Any], *kinds: str) -> list[int]:
    return sorted(n for kind in kinds for n in manifest["dirt"][kind]["ids"])


def ids(ask: Ask, key: str, sql: str) -> list[int]:
    return sorted(row[key] for row in ask(f"select {key} from marts.{sql}"))


def warned(small: SmallRun) -> dict[str, int]:
    return {one.name: one.failed_rows for one in small.first.outcomes_warned}


def test_no_dirty_record_is_lost(ask: Ask, small_manifest: Mapping[str, Any]) -> None:
    # Its ids are those of custom fields, not of tickets.
    kinds = small_manifest["dirt"].keys() - {"duplicate_custom_field_caption"}
    reached = 0
    for kind in sorted(kinds):
        path, planted = (
            small_manifest["dirt"][kind]["path"],
            small_manifest["dirt"][kind]["ids"],
        )
        if path in MART_OF:
            table, key = MART_OF[path]
            there = set(ids(ask, key, table))
            assert set(planted) <= there, kind
            reached += 1
    assert reached > 30


def test_impossible_hours_and_times_are_flagged_and_counted(
    ask: Ask, small_manifest: Mapping[str, Any], small: SmallRun
) -> None:
    hours = dirty(small_manifest, "time_25_hours", "time_negative_hours")
    times = dirty(small_manifest, "time_end_before_start", "time_end_missing")
    key = "time_entry_id"
    assert ids(ask, key, "fct_time_entry where has_doubtful_hours") == hours
    assert ids(ask, key, "fct_time_entry where has_doubtful_times") == times
    found = warned(small)
    assert found["fct_time_entry__hours_are_between_0_and_24"] == len(hours)
    assert found["fct_time_entry__times_are_in_order"] == len(times)
    # Great Expectations looks at the same rows and says the same.
    assert found["actual_hours_in_range"] == len(hours)


def test_impossible_closes_are_mended_for_figures_and_counted(
    ask: Ask, small_manifest: Mapping[str, Any], small: SmallRun
) -> None:
    missing = dirty(small_manifest, "closed_without_closed_date")
    early = dirty(small_manifest, "closed_before_entered")
    mended = ids(ask, "ticket_id", "fct_ticket where is_closed_at_estimated")
    assert mended == sorted([*missing, *early])
    assert ids(ask, "ticket_id", "fct_ticket where closed_at < opened_at") == []
    found = warned(small)
    assert found["fct_ticket__closed_tickets_have_a_close"] == len(missing)
    assert found["fct_ticket__close_is_not_before_entry"] == len(early)


def test_work_of_a_deleted_member_keeps_a_name(
    ask: Ask, small_manifest: Mapping[str, Any]
) -> None:
    (gone,) = ask("select * from marts.dim_member where is_inferred")
    assert gone["member_name"] == "Gone User"
    gone_id = gone["member_id"]
    entries = ids(ask, "time_entry_id", f"fct_time_entry where member_id = {gone_id}")
    tickets = ids(ask, "ticket_id", f"fct_ticket where owner_member_id = {gone_id}")
    assert entries == dirty(small_manifest, "time_of_deleted_member")
    assert tickets == dirty(small_manifest, "ticket_of_deleted_member")


def test_an_agreement_that_ends_before_it_starts_is_counted(
    ask: Ask, small_manifest: Mapping[str, Any], small: SmallRun
) -> None:
    flagged = ids(ask, "agreement_id", "dim_agreement where has_doubtful_dates")
    assert flagged == dirty(small_manifest, "agreement_ends_before_start")
    assert warned(small)["dim_agreement__agreement_dates_are_in_order"] == len(flagged)


def test_awkward_texts_are_published_as_they_were_written(
    ask: Ask, small_manifest: Mapping[str, Any], small: SmallRun
) -> None:
    kinds = [kind for kind in small_manifest["dirt"] if kind.startswith("time_note_")]
    wanted = set(dirty(small_manifest, *kinds))
    with Store(small.world) as store:
        written = {
            entry["id"]: entry["notes"]
            for entry in store.records("/time/entries")
            if entry["id"] in wanted
        }
    rows = ask("select time_entry_id, notes from marts.fct_time_entry")
    published = {row["time_entry_id"]: row["notes"] for row in rows}
    assert {number: published[number] for number in wanted} == written
    assert len(kinds) == 7
    assert any("\0" in text for text in written.values())
    formulas = "fct_ticket where starts_with(summary, '=HYPERLINK(')"
    planted = dirty(small_manifest, "ticket_formula_summary")
    assert ids(ask, "ticket_id", formulas) == planted


def test_a_ticket_with_very_many_entries_keeps_them_all(
    ask: Ask, small_manifest: Mapping[str, Any], small: SmallRun
) -> None:
    (ticket,) = dirty(small_manifest, "ticket_with_many_time_entries")
    with Store(small.world) as store:
        entries = [
            entry["actualHours"]
            for entry in store.records("/time/entries")
            if (entry["chargeToType"], entry["chargeToId"]) == ("ServiceTicket", ticket)
        ]
    (row,) = ask("select * from marts.fct_ticket where ticket_id = $n", n=ticket)
    assert row["time_entries_count"] == len(entries) >= 200
    assert float(row["logged_hours"]) == pytest.approx(sum(entries))


def test_notes_of_any_kind_and_length_arrive_as_they_were_written(
    store: Store, tmp_path: Path
) -> None:
    entity = ENTITIES["service_ticket_notes"]
    with tenant_of(store, tmp_path) as plain:
        sandbox = plain.sandbox.model_copy(update={"children_since_days": 10_000})
        settings = plain.model_copy(update={"sandbox": sandbox})
        extract(settings)
    rows = raw_rows(settings, entity)
    assert rows == expected_rows(store, entity)
    texts = [row["text"] or "" for row in rows.values()]
    assert max(map(len, texts)) >= 60_000
    assert any("\0" in text for text in texts)
    assert any(text.startswith("=HYPERLINK(") for text in texts)
