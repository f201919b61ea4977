"""A tiny world is complete, adds up, refers to what exists, and lies before now."""

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.generate import build_world, cached_world
from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import Store

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)
PATHS = {route.template for route in ROUTES}
REFERENCES = {
    "company": "/company/companies",
    "billToCompany": "/company/companies",
    "contact": "/company/contacts",
    "owner": "/system/members",
    "member": "/system/members",
    "manager": "/system/members",
    "primarySalesRep": "/system/members",
    "board": "/service/boards",
    "priority": "/service/priorities",
    "sla": "/service/SLAs",
    "agreement": "/finance/agreements",
    "parentAgreement": "/finance/agreements",
    "project": "/project/projects",
    "phase": "/project/projects/{parent_id}/phases",
    "invoice": "/finance/invoices",
    "workType": "/time/workTypes",
    "workRole": "/time/workRoles",
    "calendar": "/schedule/calendars",
    "mergedParentTicket": "/service/tickets",
}
SILENT = {
    "/service/priorities", "/service/SLAs", "/schedule/calendars", "/sales/stages",
    "/service/SLAs/{parent_id}/priorities", "/service/sources", "/system/departments",
    "/service/boards/{parent_id}/typeSubTypeItemAssociations",
    "/schedule/holidayLists", "/schedule/holidayLists/{parent_id}/holidays",
    "/system/userDefinedFields",
}  # fmt: skip
MAY_LIE_AHEAD = {
    "requiredDate", "respondByGoalUTC", "resplanGoalUTC", "resolutionGoalUTC",
    "dueDate", "estimatedEnd", "scheduledEnd", "scheduleEndDate", "scheduleStartDate",
    "deadlineDate", "scheduledStart", "startDate", "endDate", "nextInvoiceDate",
    "expectedCloseDate", "cancelledDate", "dateStart", "dateEnd", "dateCancelled",
    "warrantyExpirationDate", "deadline", "endingDate", "recurringDateStart",
    "recurringDateEnd", "expectedArrivalDate", "expectedShipDate", "dateEndUtc",
}  # fmt: skip
NAMED_DIRT = {
    "closed_without_closed_date", "closed_before_entered", "time_end_before_start",
    "time_end_missing", "time_negative_hours", "time_25_hours", "ticket_required_1900",
    "ticket_required_2099", "member_cost_zero", "member_cost_missing",
    "cost_multiplier_zero", "duplicate_custom_field_caption",
    "custom_field_value_type_changed", "company_duplicated", "note_html",
    "note_emoji", "note_right_to_left", "note_formula", "note_quotes", "note_tabs",
    "note_nul", "note_very_long", "ticket_with_many_time_entries", "orphan_phase",
    "agreement_ends_before_start", "time_awkward_fraction", "ticket_currency_missing",
    "company_currency_missing", "status_name_with_trailing_blank", "windows_time_zone",
    "wrong_is_in_sla", "ticket_of_deleted_member", "ticket_of_deleted_contact",
    "time_of_deleted_member", "ticket_hours_differ", "agreement_ends_2099",
    "status_mapped_wrongly", "configuration_serial_not_filled",
    "configuration_warranty_1900", "configuration_of_deleted_contact",
    "survey_of_merged_ticket",
    "invoice_currency_missing", "activity_without_assignee",
    "agreement_expired_still_used",
}  # fmt: skip


def by_id(records):
    return {record["id"]: record for record in records}


def dates_in(value, name=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from dates_in(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from dates_in(each, name)
    elif isinstance(value, str) and STAMP.fullmatch(value):
        yield name, datetime.fromisoformat(value)


def test_every_path_is_a_route_and_counted(world, manifest):
    assert set(world) <= PATHS
    assert manifest["counts"] == {path: len(rows) for path, rows in world.items()}


def test_a_profile_has_the_sizes_it_promises(world):
    tickets = len(world["/service/tickets"]) + len(world["/project/tickets"])
    assert tickets == 300
    assert len(world["/time/entries"]) == 500
    assert len(world["/company/companies"]) == 8
    assert len(world["/system/members"]) == 5
    assert len(world["/project/projects"]) == 5


def test_service_and_project_tickets_share_one_id_sequence(world):
    tickets = [*world["/service/tickets"], *world["/project/tickets"]]
    tickets.sort(key=lambda ticket: ticket["id"])
    entered = [ticket["_info"]["dateEntered"] for ticket in tickets]
    assert len({ticket["id"] for ticket in tickets}) == 300
    assert entered == sorted(entered)


def test_the_same_seed_gives_the_same_bytes(tiny_file, tmp_path):
    again, other = tmp_path / "again.sqlite", tmp_path / "other.sqlite"
    build_world(again, profile="tiny", seed=7, now=NOW)
    build_world(other, profile="tiny", seed=8, now=NOW)
    assert again.read_bytes() == tiny_file.read_bytes()
    assert other.read_bytes() != tiny_file.read_bytes()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sizes_and_stories_hold_for_other_seeds_and_instants(tmp_path, seed):
    path = tmp_path / "world.sqlite"
    now = datetime(2025, 11, 14, 9, 30, tzinfo=UTC)
    build_world(path, profile="tiny", seed=seed, now=now)
    with Store(path) as store:
        manifest = store.manifest()
    assert manifest["counts"]["/time/entries"] == 500
    assert set(manifest["dirt"]) >= NAMED_DIRT
    assert manifest["stories"]["3"]["how_much"]["over_budget"]["burn"] == 1.4


def test_a_world_is_built_once_and_never_half(tmp_path):
    seen = []

    def build():
        return cached_world(
            cache_dir=tmp_path,
            profile="tiny",
            seed=7,
            now=NOW,
            progress=lambda *step: seen.append(step),
        )

    first = build()
    steps = len(seen)
    assert steps
    assert build() == first
    assert len(seen) == steps
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_an_unknown_profile_is_refused(tmp_path):
    with pytest.raises(SandboxError, match="tiny, small, medium, large"):
        build_world(tmp_path / "x", profile="huge", seed=1, now=NOW)


def test_every_kind_of_dirt_is_planted_and_listed(manifest):
    assert set(manifest["dirt"]) >= NAMED_DIRT
    for kind, entry in manifest["dirt"].items():
        assert entry["count"] == len(entry["ids"]), kind
        assert entry["count"] > 0


def test_dirt_is_where_the_manifest_says(world, dirty):
    tickets, entries = by_id(world["/service/tickets"]), by_id(world["/time/entries"])
    for number in dirty("closed_without_closed_date"):
        assert tickets[number]["closedFlag"]
        assert "closedDate" not in tickets[number]
    for number in dirty("closed_before_entered"):
        ticket = tickets[number]
        assert ticket["closedDate"] < ticket["_info"]["dateEntered"]
    for number in dirty("time_end_before_start"):
        assert entries[number]["timeEnd"] < entries[number]["timeStart"]
    assert all("timeEnd" not in entries[n] for n in dirty("time_end_missing"))
    assert all(entries[n]["actualHours"] == 25 for n in dirty("time_25_hours"))
    assert all(entries[n]["actualHours"] < 0 for n in dirty("time_negative_hours"))
    notes = by_id(world["/service/tickets/{parent_id}/notes"])
    assert all("\0" in notes[n]["text"] for n in dirty("note_nul"))
    assert all(len(notes[n]["text"]) == 60_000 for n in dirty("note_very_long"))
    (busy,) = dirty("ticket_with_many_time_entries")
    assert sum(e["chargeToId"] == busy for e in entries.values()) == 12


def test_closed_tickets_say_when_but_for_the_listed(world, dirty):
    unsaid = dirty("closed_without_closed_date")
    for ticket in [*world["/service/tickets"], *world["/project/tickets"]]:
        is_dated = "closedDate" in ticket
        assert is_dated == (ticket["closedFlag"] and ticket["id"] not in unsaid)


def test_ticket_hours_are_the_sum_of_their_time_entries(world, dirty):
    worked = defaultdict(float)
    for entry in world["/time/entries"]:
        if entry["chargeToType"] in {"ServiceTicket", "ProjectTicket"}:
            worked[entry["chargeToId"]] += entry["actualHours"]
    listed = dirty("ticket_hours_differ")
    for ticket in [*world["/service/tickets"], *world["/project/tickets"]]:
        gap = abs(ticket["actualHours"] - worked[ticket["id"]])
        assert (gap > 0.005) == (ticket["id"] in listed), ticket["id"]


def test_project_and_phase_hours_are_the_sum_of_their_tickets(world, dirty):
    by_project, by_phase = defaultdict(float), defaultdict(float)
    astray = dirty("project_ticket_of_orphan_phase")
    for ticket in world["/project/tickets"]:
        by_project[ticket["project"]["id"]] += ticket["actualHours"]
        by_phase[ticket["phase"]["id"]] += ticket["actualHours"]
    for project in world["/project/projects"]:
        assert project["actualHours"] == pytest.approx(by_project[project["id"]])
    gaps = [
        phase["id"]
        for phase in world["/project/projects/{parent_id}/phases"]
        if abs(phase["actualHours"] - by_phase[phase["id"]]) > 0.005
    ]
    assert len(gaps) <= len(astray)


def test_invoices_add_up_to_their_lines_tax_and_payments(world, manifest):
    edited = manifest["stories"]["14"]["who"]["invoice"]
    service = defaultdict(float)
    for entry in world["/time/entries"]:
        if "invoice" in entry:
            service[entry["invoice"]["id"]] += entry["extendedInvoiceAmount"]
    kinds = Counter()
    for invoice in world["/finance/invoices"]:
        kinds[invoice["type"]] += 1
        lines = invoice["serviceTotal"] + invoice["agreementAmount"]
        lines += invoice["expenseTotal"] + invoice["productTotal"]
        assert invoice["subtotal"] == pytest.approx(lines)
        taxed = invoice["subtotal"] + invoice["salesTax"]
        assert invoice["total"] == pytest.approx(taxed)
        paid = invoice["payments"] + invoice["credits"] + invoice["balance"]
        assert invoice["total"] == pytest.approx(paid)
        if invoice["type"] in {"Standard", "Agreement"} and invoice["id"] != edited:
            assert invoice["serviceTotal"] == pytest.approx(service[invoice["id"]])
    assert {"Agreement", "Standard"} <= set(kinds)


def test_references_resolve_but_for_the_listed(world, dirty):
    known = {path: {row["id"] for row in rows} for path, rows in world.items()}
    gone = (
        dirty("ticket_of_deleted_member")
        | dirty("ticket_of_deleted_contact")
        | dirty("time_of_deleted_member")
        | dirty("project_ticket_of_orphan_phase")
        | dirty("configuration_of_deleted_contact")
    )
    dangling = set()
    for path in set(world) - {"/service/SLAs"}:
        for row in world[path]:
            for name, target in REFERENCES.items():
                reference = row.get(name)
                is_known = not isinstance(reference, dict) or (
                    reference["id"] in known[target]
                )
                if path == "/sales/opportunities" and name == "priority":
                    continue
                if not is_known:
                    dangling.add(row["id"])
    assert dangling == gone


def test_time_entries_charge_tickets_that_exist(world):
    tickets = {
        "ServiceTicket": {t["id"] for t in world["/service/tickets"]},
        "ProjectTicket": {t["id"] for t in world["/project/tickets"]},
    }
    for entry in world["/time/entries"]:
        if entry["chargeToType"] in tickets:
            assert entry["chargeToId"] in tickets[entry["chargeToType"]]
            assert entry["ticket"]["id"] == entry["chargeToId"]


def test_nothing_that_has_happened_lies_ahead_of_now(world):
    planned = {"/schedule/holidayLists/{parent_id}/holidays"}
    for path in set(world) - planned:
        for row in world[path]:
            for name, moment in dates_in(row):
                if name not in MAY_LIE_AHEAD:
                    assert moment <= NOW, (path, row["id"], name, moment)


def test_changes_are_spread_over_the_whole_span(world):
    for path in ("/service/tickets", "/time/entries", "/finance/invoices"):
        months = Counter(row["_info"]["lastUpdated"][:7] for row in world[path])
        assert len(months) >= 10, path
        assert max(months.values()) < len(world[path]) * 0.35, path


def test_info_holds_strings_and_setup_lists_without_a_clock(world):
    for path, rows in world.items():
        for row in rows:
            assert all(isinstance(v, str) for v in row["_info"].values()), path
            assert ("lastUpdated" in row["_info"]) != (path in SILENT), path


def test_nulls_are_left_out_but_in_custom_fields(world):
    def nulls(value, name):
        if isinstance(value, dict):
            return any(nulls(v, k) for k, v in value.items())
        if isinstance(value, list):
            return any(nulls(each, name) for each in value)
        return value is None and name != "value"

    assert not any(nulls(row, "") for rows in world.values() for row in rows)


def test_custom_fields_are_complete_on_every_record(world):
    expected = {"/service/tickets": 4, "/company/companies": 3, "/time/entries": 1}
    for path, number in expected.items():
        assert {len(row["customFields"]) for row in world[path]} == {number}


def test_tickets_are_full_size(world):
    sizes = [len(ticket) for ticket in world["/service/tickets"] if "sla" in ticket]
    assert sorted(sizes)[len(sizes) // 2] >= 70
