"""Tasks, surveys, time sheets and changelogs agree with the tickets and the time."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest

from tests.unit.sandbox.generate.conftest import NOW

RESULTS = "/service/surveys/{parent_id}/results"


def moment(text):
    return datetime.fromisoformat(text)


def by_id(records):
    return {record["id"]: record for record in records}


@pytest.mark.parametrize("kind", ["service", "project"])
def test_tasks_belong_to_tickets_and_refer_to_rows(world, kind):
    tickets = by_id(world[f"/{kind}/tickets"])
    members, codes = by_id(world["/system/members"]), by_id(world["/service/codes"])
    bookings = by_id(world["/schedule/entries"])
    tasks = world[f"/{kind}/tickets/{{parent_id}}/tasks"]
    assert tasks
    for task in tasks:
        ticket = tickets[task["ticketId"]]
        assert task["member"]["id"] in members
        assert codes[task["code"]["id"]]["name"] == task["code"]["name"]
        assert ("resolution" in task) == task["closedFlag"]
        assert task["closedFlag"] or not ticket["closedFlag"]
        assert task["_info"]["lastUpdated"] >= ticket["_info"]["dateEntered"]
        if "schedule" in task:
            assert bookings[task["schedule"]["id"]]["objectId"] == ticket["id"]


def test_project_tickets_hold_their_tasks(world):
    listed = defaultdict(list)
    for task in world["/project/tickets/{parent_id}/tasks"]:
        plain = {name: value for name, value in task.items() if name != "_info"}
        listed[task["ticketId"]].append(plain)
    for ticket in world["/project/tickets"]:
        assert ticket["tasks"] == listed[ticket["id"]]


def test_bundled_tickets_are_a_task_of_the_ticket_above(world):
    above = {t["id"]: t["parentTicketId"] for t in world["/service/tickets"]
             if "parentTicketId" in t}  # fmt: skip
    tasks = [
        task
        for task in world["/service/tickets/{parent_id}/tasks"]
        if "childTicketId" in task
    ]
    for task in tasks:
        assert above[task["childTicketId"]] == task["ticketId"]


def test_surveys_follow_closed_tickets_of_people(world, dirty):
    tickets = by_id(world["/service/tickets"])
    merged = dirty("survey_of_merged_ticket")
    assert merged
    for result in world[RESULTS]:
        ticket = tickets[result["ticketId"]]
        assert ticket["closedFlag"]
        assert ticket["board"]["name"] != "Alerts"
        assert result["company"] == ticket["company"]
        assert ("mergedParentTicket" in ticket) == (result["id"] in merged)
    assert len({result["ticketId"] for result in world[RESULTS]}) == len(world[RESULTS])


def test_points_are_the_sum_of_the_options_chosen(world):
    points = {
        question["id"]: [option["points"] for option in question["options"]]
        for question in world["/service/surveys/{parent_id}/questions"]
        if question["type"] == "Selection"
    }
    for result in world[RESULTS]:
        chosen = [
            points[answer["questionId"]][answer["answer"]]
            for answer in result["results"]
            if answer["questionId"] in points
        ]
        assert sum(chosen) == result["totalPoints"]
        assert 2 <= result["totalPoints"] <= 10


def test_every_time_entry_is_on_a_sheet_and_hours_add_up(world):
    hours, weeks = defaultdict(float), {}
    for entry in world["/time/entries"]:
        hours[entry["timeSheet"]["id"]] += entry["actualHours"]
        weeks.setdefault(entry["timeSheet"]["id"], entry["timeSheet"]["name"])
    sheets = by_id(world["/time/sheets"])
    assert set(sheets) == set(hours)
    people = {(sheet["member"]["id"], sheet["dateStart"]) for sheet in sheets.values()}
    assert len(people) == len(sheets)
    for number, sheet in sheets.items():
        assert sheet["hours"] == pytest.approx(hours[number])
        named = f"{sheet['member']['identifier']} week {sheet['period']} "
        assert weeks[number] == f"{named}of {sheet['year']}"
        assert moment(sheet["dateStart"]).weekday() == 0
        week = moment(sheet["dateEnd"]) - moment(sheet["dateStart"])
        assert week == timedelta(days=6)


def test_entries_lie_in_the_week_of_their_sheet(world, dirty):
    sheets = by_id(world["/time/sheets"])
    moved = dirty("time_25_hours")
    for entry in world["/time/entries"]:
        sheet = sheets[entry["timeSheet"]["id"]]
        if entry["id"] not in moved:
            begin = moment(sheet["dateStart"])
            assert begin <= moment(entry["timeStart"]) < begin + timedelta(days=7)


def test_old_sheets_are_approved_and_the_newest_are_open(world):
    status = defaultdict(Counter)
    for sheet in world["/time/sheets"]:
        age = (NOW - moment(sheet["dateStart"])).days // 7
        status[min(age, 3)][sheet["status"]] += 1
    assert set(status[0]) == {"Open"}
    assert set(status[3]) == {"ApprovedByTierTwo"}


def test_ticket_changes_are_recent_and_in_the_event_log(world, events):
    logged = {(e.ticket_id, e.at): e for e in events}
    rows = world["/service/tickets/changelogs"]
    assert rows
    tickets = by_id([*world["/service/tickets"], *world["/project/tickets"]])
    moments = [row["_info"]["lastUpdated"] for row in rows]
    assert moments == sorted(moments)
    assert moment(moments[0]) >= NOW - timedelta(days=10)
    recent = [e for e in events if moment(e.at) >= NOW - timedelta(days=10)]
    assert len(rows) == len(recent)
    for row in rows:
        assert (row["ticketNumber"], row["_info"]["lastUpdated"]) in logged
        ticket = tickets[row["ticketNumber"]]
        assert (row["boardId"], row["summary"]) == (
            ticket["board"]["id"],
            ticket["summary"],
        )


def test_time_changes_are_those_of_entries(world):
    entries = by_id(world["/time/entries"])
    rows = world["/time/changelogs"]
    assert {"added", "updated"} >= {row["action"] for row in rows}
    since = NOW - timedelta(days=10)
    added = {row["timeRecId"] for row in rows if row["action"] == "added"}
    entered = {n for n, e in entries.items() if moment(e["dateEntered"]) >= since}
    assert added == entered
    for row in rows:
        assert row["hoursActual"] == entries[row["timeRecId"]]["actualHours"]
