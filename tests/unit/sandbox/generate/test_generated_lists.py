"""Set-up lists, sites and devices hold exactly what other records refer to."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.unit.sandbox.generate.conftest import NOW

BOARD = "/service/boards/{parent_id}"
COMPANY = "/company/companies/{parent_id}"
# List path → name of a reference → list that holds its row.
REFERENCES = {
    "/service/tickets": {
        "type": f"{BOARD}/types",
        "subType": f"{BOARD}/subtypes",
        "item": f"{BOARD}/items",
        "team": f"{BOARD}/teams",
        "status": f"{BOARD}/statuses",
        "source": "/service/sources",
        "serviceLocation": "/service/locations",
        "location": "/system/locations",
        "department": "/system/departments",
        "site": f"{COMPANY}/sites",
    },
    "/project/tickets": {
        "type": f"{BOARD}/types",
        "subType": f"{BOARD}/subtypes",
        "source": "/service/sources",
        "site": f"{COMPANY}/sites",
    },
    "/company/companies": {
        "status": "/company/companies/statuses",
        "site": f"{COMPANY}/sites",
        "billingSite": f"{COMPANY}/sites",
        "territory": "/system/locations",
        "defaultContact": "/company/contacts",
        "territoryManager": "/system/members",
    },
    "/company/contacts": {"site": f"{COMPANY}/sites"},
    "/company/configurations": {
        "type": "/company/configurations/types",
        "status": "/company/configurations/statuses",
        "site": f"{COMPANY}/sites",
        "location": "/system/locations",
        "department": "/system/departments",
        "installedBy": "/system/members",
    },
    f"{COMPANY}/sites": {"taxCode": "/finance/taxCodes"},
    f"{COMPANY}/typeAssociations": {"type": "/company/companies/types"},
    f"{COMPANY}/teams": {
        "location": "/system/locations",
        "department": "/system/departments",
    },
    f"{BOARD}/types": {"location": "/system/locations"},
    f"{BOARD}/teams": {"teamLeader": "/system/members"},
    f"{BOARD}/typeSubTypeItemAssociations": {
        "type": f"{BOARD}/types",
        "subType": f"{BOARD}/subtypes",
        "item": f"{BOARD}/items",
    },
    "/service/teams": {"leader": "/system/members", "location": "/system/locations"},
    "/schedule/entries": {
        "type": "/schedule/types",
        "status": "/schedule/statuses",
        "where": "/service/locations",
    },
    "/schedule/types": {
        "chargeCode": "/time/chargeCodes",
        "where": "/service/locations",
    },
    "/schedule/calendars": {"holidayList": "/schedule/holidayLists"},
    "/time/chargeCodes": {"location": "/system/locations"},
    "/time/entries": {
        "location": "/system/locations",
        "department": "/system/departments",
    },
    "/system/members": {
        "defaultLocation": "/system/locations",
        "defaultDepartment": "/system/departments",
    },
    "/system/locations": {
        "manager": "/system/members",
        "reportsTo": "/system/locations",
    },
}


def names_of(reference):
    """What a reference calls its row; a schedule type is known by its identifier."""
    return reference.get("name") or reference["identifier"]


@pytest.mark.parametrize("path", sorted(REFERENCES))
def test_references_are_rows_of_their_list_by_id_and_name(world, path):
    for name, target in REFERENCES[path].items():
        rows = {row["id"]: row for row in world[target]}
        found = [row[name] for row in world[path] if name in row]
        assert found, name
        for reference in found:
            row = rows[reference["id"]]
            called = {row.get(key) for key in ("name", "identifier", "description")}
            person = f"{row.get('firstName')} {row.get('lastName')}"
            assert names_of(reference) in called | {person}, (name, reference)


def test_names_below_boards_repeat_across_boards_but_never_on_one(world):
    for kind in ("types", "subtypes", "items"):
        rows = world[f"{BOARD}/{kind}"]
        boards = Counter((row["name"], row["board"]["id"]) for row in rows)
        assert max(boards.values()) == 1, kind
        assert max(Counter(row["name"] for row in rows).values()) > 1, kind
        assert len({row["id"] for row in rows}) == len(rows)


def test_every_combination_on_a_ticket_is_allowed_on_its_board(world):
    allowed = {
        tuple(row[key]["id"] for key in ("board", "type", "subType", "item"))
        for row in world[f"{BOARD}/typeSubTypeItemAssociations"]
    }
    for ticket in world["/service/tickets"]:
        used = tuple(ticket[key]["id"] for key in ("board", "type", "subType", "item"))
        assert used in allowed


def test_severities_and_impacts_are_those_of_tickets(world):
    lists = {"severity": "/service/severities", "impact": "/service/impacts"}
    for name, path in lists.items():
        known = {row["name"] for row in world[path]}
        assert {ticket[name] for ticket in world["/service/tickets"]} <= known


def test_targets_on_tickets_are_those_of_their_sla_and_priority(world):
    targets = {
        (row["sla"]["id"], row["priority"]["id"]): (
            row["respondHours"],
            row["planWithin"],
            row["resolutionHours"],
        )
        for row in world["/service/SLAs/{parent_id}/priorities"]
    }
    judged = [ticket for ticket in world["/service/tickets"] if "sla" in ticket]
    assert judged
    for ticket in judged:
        key = (ticket["sla"]["id"], ticket["priority"]["id"])
        assert targets[key] == (
            ticket["respondedHours"],
            ticket["resplanHours"],
            ticket["resolutionHours"],
        )


def test_team_members_are_the_same_from_both_sides(world):
    of_teams = {
        (member, team["id"])
        for team in world[f"{BOARD}/teams"]
        for member in team["members"]
    }
    of_members = {
        (member["id"], team)
        for member in world["/system/members"]
        for team in member["serviceBoardTeamIds"]
    }
    assert of_teams == of_members
    flat = {(team["id"], team["name"]) for team in world["/service/teams"]}
    assert flat == {(team["id"], team["name"]) for team in world[f"{BOARD}/teams"]}


def test_time_on_charge_codes_has_the_codes_and_their_work_types(world):
    codes = {row["id"]: row for row in world["/time/chargeCodes"]}
    names = {row["name"] for row in codes.values()}
    assert {"Vacation", "Sick leave", "Training", "Travel"} <= names
    used = [e for e in world["/time/entries"] if e["chargeToType"] == "ChargeCode"]
    assert {entry["chargeToId"] for entry in used} <= set(codes)
    for entry in used:
        code = codes[entry["chargeToId"]]
        if code["name"] in {"Vacation", "Sick leave", "Training", "Travel"}:
            assert entry["workType"]["id"] == code["workType"]["id"]


def test_custom_field_definitions_are_those_on_records(world):
    defined = {
        row["id"]: (
            row["caption"],
            row["fieldTypeIdentifier"],
            row["entryTypeIdentifier"],
            row["numberDecimals"],
        )
        for row in world["/system/userDefinedFields"]
    }
    carried = {
        field["id"]: (
            field["caption"],
            field["type"],
            field["entryMethod"],
            field["numberOfDecimals"],
        )
        for rows in world.values()
        for field in rows[0].get("customFields", ())
    }
    assert carried
    assert carried.items() <= defined.items()
    lists = [row for row in world["/system/userDefinedFields"] if row.get("options")]
    offered = {
        (row["id"], option["optionValue"]) for row in lists for option in row["options"]
    }
    chosen = {
        (field["id"], field["value"])
        for path in ("/company/companies", "/service/tickets")
        for row in world[path]
        for field in row["customFields"]
        if field["entryMethod"] == "List" and field["value"] is not None
    }
    assert chosen
    assert chosen <= offered


def test_each_calendar_keeps_the_holidays_of_its_office(world):
    keeps = {
        calendar["name"]: calendar["holidayList"]["name"]
        for calendar in world["/schedule/calendars"]
        if "holidayList" in calendar
    }
    assert keeps["Office hours"] == "Firm holidays"
    assert keeps["Mesa office hours"] == "Mesa holidays"
    shut = {
        row["date"]
        for row in world["/schedule/holidayLists/{parent_id}/holidays"]
        if row["holidayList"]["name"] == "Mesa holidays" and row["allDayFlag"]
    }
    assert {"2025-07-04", "2025-12-25", "2026-01-01"} <= shut
    worked = {
        entry["timeStart"][:10]
        for entry in world["/time/entries"]
        if entry["workType"]["name"] == "Vacation"
    }
    assert worked.isdisjoint(shut)


def test_every_company_has_one_main_site_and_its_type(world):
    main = Counter(
        site["company"]["id"]
        for site in world[f"{COMPANY}/sites"]
        if site["primaryAddressFlag"]
    )
    types = {
        row["company"]["id"]: row["type"]
        for row in world[f"{COMPANY}/typeAssociations"]
    }
    for company in world["/company/companies"]:
        assert main[company["id"]] == 1
        assert types[company["id"]] == company["types"][0]


def test_devices_follow_seats_and_some_warranty_expires_every_month(world, manifest):
    seats = {c["id"]: c["numberOfEmployees"] for c in world["/company/companies"]}
    story = manifest["stories"]["10"]["who"]["company"]
    used = Counter(
        row["company"]["id"]
        for row in world["/company/configurations"]
        if row["activeFlag"] and row["type"]["name"] == "Managed Workstation"
    )
    for company, devices in used.items():
        if company != story:
            assert 0.6 <= devices / seats[company] <= 1.6, company
    ends = Counter(
        row["warrantyExpirationDate"][:7]
        for row in world["/company/configurations"]
        if row["activeFlag"]
    )
    months = {(NOW + timedelta(days=30 * k)).strftime("%Y-%m") for k in range(12)}
    assert len(months & set(ends)) >= 6


def test_active_devices_were_bought_before_they_were_installed(world):
    for row in world["/company/configurations"]:
        assert row["purchaseDate"] <= row["installationDate"]
        assert row["activeFlag"] == (row["status"]["name"] == "Active")
        assert datetime.fromisoformat(row["installationDate"]) <= NOW
