"""The sandbox's SLA clock: stages, waiting, jumps, reopening, daylight saving."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import HOUR, WorkCalendar, stamp
from pipelines.sandbox.generate.firm import (
    NOT_RESPONDED,
    PLANNED,
    RESOLVED,
    RESPONDED,
    WAITING,
)
from pipelines.sandbox.generate.sla_clock import read_clock

ZONE = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def office():
    hours = (*[(480, 1_020)] * 5, None, None)
    calendar = WorkCalendar(1, "Office", ZONE, hours, keeps_holidays=False)
    return calendar.lay_out(date(2018, 1, 1), date(2018, 12, 31))


def local(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def read(office, *changes, now="2018-12-30T12:00"):
    steps = [(local(at), stage, "someone") for at, stage in changes]
    return read_clock(steps, calendar=office, now=local(now))


def test_due_time_within_a_day(office):
    # Thursday 10:24:34, two hours to respond.
    due = office.after(local("2018-08-23T10:24:34"), 2 * HOUR)
    assert due == local("2018-08-23T12:24:34")


def test_due_time_runs_over_the_night_and_the_weekend(office):
    assert office.after(local("2018-08-23T16:24:34"), 2 * HOUR) == local(
        "2018-08-24T09:24:34"
    )
    assert office.after(local("2018-08-24T16:30"), 4 * HOUR) == local(
        "2018-08-27T11:30"
    )


def test_the_clock_starts_at_the_next_opening(office):
    reading = read(office, ("2018-08-25T00:20", NOT_RESPONDED), now="2018-08-27T09:00")
    assert stamp(reading.started) == "2018-08-27T12:00:00Z"
    assert reading.respond == 60


def test_minutes_are_counted_per_stage(office):
    reading = read(
        office,
        ("2018-08-23T09:00", NOT_RESPONDED),
        ("2018-08-23T09:30", RESPONDED),
        ("2018-08-23T10:30", PLANNED),
        ("2018-08-24T08:30", RESOLVED),
    )
    assert (reading.respond, reading.plan, reading.resolve) == (30, 60, 420)
    assert reading.meets((0.5, 1.5, 8.5)) == (True, True, True)
    assert reading.meets((0.4, 1.4, 8.4)) == (False, False, False)


def test_waiting_stops_the_clock(office):
    reading = read(
        office,
        ("2018-08-23T09:00", NOT_RESPONDED),
        ("2018-08-23T10:00", PLANNED),
        ("2018-08-23T11:00", WAITING),
        ("2018-08-23T14:00", PLANNED),
        ("2018-08-23T15:00", RESOLVED),
    )
    assert reading.waiting == 180
    assert reading.before_waiting == 120
    assert reading.resolve == 120


def test_a_stage_that_is_jumped_over_counts_as_skipped(office):
    reading = read(
        office,
        ("2018-08-23T09:00", NOT_RESPONDED),
        ("2018-08-23T09:50", RESOLVED),
    )
    assert (reading.respond, reading.respond_skipped, reading.resolve) == (0, 50, 50)
    assert reading.meets((0.5, 4, 8)) == (False, True, True)


def test_reopening_resumes_the_resolve_stage(office):
    reading = read(
        office,
        ("2018-08-23T09:00", NOT_RESPONDED),
        ("2018-08-23T09:10", PLANNED),
        ("2018-08-23T10:10", RESOLVED),
        ("2018-08-23T14:00", PLANNED),
        ("2018-08-23T15:00", RESOLVED),
    )
    assert reading.resolve == 120
    assert reading.resolved_at == local("2018-08-23T15:00")


def test_opening_hours_follow_daylight_saving(office):
    assert stamp(office.next_open(local("2018-03-09T20:00"))) == "2018-03-12T12:00:00Z"
    assert stamp(office.next_open(local("2018-03-08T20:00"))) == "2018-03-09T13:00:00Z"


def test_ticket_fields_agree_with_the_event_log(world, events, dirty):
    log = {}
    for event in events:
        if event.kind in {"created", "status", "reopened"}:
            log.setdefault(event.ticket_id, []).append(event)
    calendars = firm.calendars(date(2025, 4, 1), date(2026, 3, 31))
    boards = firm.boards()
    now = int(datetime(2026, 3, 31, 21, tzinfo=UTC).timestamp())
    wrong = dirty("wrong_is_in_sla")
    checked = 0
    for ticket in world["/service/tickets"]:
        statuses = boards[ticket["board"]["id"]].statuses.values()
        stages = {status.name: status.stage for status in statuses}
        own = log[ticket["id"]]
        assert own[-1].to_value == ticket["status"]["name"]
        if "sla" not in ticket:
            continue
        changes = [
            (int(datetime.fromisoformat(e.at).timestamp()), stages[e.to_value], "")
            for e in own
        ]
        calendar = calendars[firm.SLAS[ticket["sla"]["id"]].calendar_id]
        reading = read_clock(changes, calendar=calendar, now=now)
        assert ticket["respondMinutes"] == reading.respond
        assert ticket["resPlanMinutes"] == reading.plan
        assert ticket["resolveMinutes"] == reading.resolve
        assert ticket["minutesWaiting"] == reading.waiting
        assert ticket["escalationStartDateUTC"] == stamp(reading.started)
        names = ("respondedHours", "resplanHours", "resolutionHours")
        met = all(reading.meets(tuple(ticket[name] for name in names)))
        assert ticket["isInSla"] == (met != (ticket["id"] in wrong))
        checked += 1
    assert checked > 150
