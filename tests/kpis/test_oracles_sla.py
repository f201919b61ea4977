"""Published examples of due moments, business minutes and stages, from raw rows on.

Each is one ticket on a calendar of its own, in the local time that the source tells.
``oracles.yml`` says where each one was published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipelines.warehouse.connection import Connection
from tests.support.kpis import Bench, Example, Row

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
# Status, its stage, and its id.
STATUSES = {
    "New": ("NotResponded", 1),
    "Scheduled": ("Responded", 2),
    "In Progress": ("ResolutionPlan", 3),
    "Waiting": ("NoEscalation", 4),
    "Resolved": ("Resolved", 5),
}
ASKED = """
    select
        cast(respond_due_at as varchar) as respond_due,
        cast(next_sla_due_at as varchar) as next_due,
        sla_stage as stage,
        waiting_recomputed_minutes as waited,
        open_to_close_business_minutes as business_minutes
    from "marts"."fct_ticket"
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Hours, holiday, targets in hours and zone of the one calendar and SLA."""

    hours: tuple[str, str] = ("09:00:00", "17:00:00")
    holiday: str | None = None
    targets: tuple[float | None, float | None, float | None] = (None, None, None)
    zone: str = "UTC"

    def utc(self, local: str) -> datetime:
        moment = datetime.fromisoformat(local)
        return moment.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def rows(self) -> dict[str, list[Row]]:
        opens, closes = self.hours
        week = {f"{day}_start_time": opens for day in WEEKDAYS}
        week |= {f"{day}_end_time": closes for day in WEEKDAYS}
        respond, plan, resolve = self.targets
        holidays = [] if self.holiday is None else [self.holiday]
        return {
            "calendars": [{"id": 1, "name": "Desk", "holiday_list__id": 1} | week],
            "holiday_lists": [{"id": 1, "name": "Holidays"}],
            "holidays": [
                {"id": 1, "_parent_id": 1, "name": "Off", "date": day,
                 "all_day_flag": True}
                for day in holidays
            ],
            "slas": [
                {"id": 1, "name": "SLA", "based_on": "Custom",
                 "custom_calendar__id": 1, "respond_hours": respond,
                 "plan_within": plan, "resolution_hours": resolve}
            ],
            "boards": [{"id": 1, "name": "Help Desk"}],
            "board_statuses": [
                {"id": number, "_parent_id": 1, "name": name,
                 "escalation_status": stage}
                for name, (stage, number) in STATUSES.items()
            ],
        }  # fmt: skip


EIGHT_TO_FIVE = ("08:00:00", "17:00:00")
NINE_TO_SIX = ("09:00:00", "18:00:00")
UPSTREAM = Desk(hours=EIGHT_TO_FIVE, targets=(2, 8, 96))


def told(
    bench: Bench,
    connection: Connection,
    desk: Desk,
    *,
    entered: str,
    statuses: Iterable[tuple[str, str]] = (("New", ""),),
    closed: str | None = None,
) -> Row:
    """What is published of a ticket that went through statuses at moments."""
    moments = [(name, desk.utc(moment or entered)) for name, moment in statuses]
    last_name, last_moment = moments[-1]
    ended = {} if closed is None else {
        "closed_flag": True, "closed_date": desk.utc(closed).isoformat()
    }  # fmt: skip
    ticket: dict[str, Any] = {
        "id": 1, "board__id": 1, "sla__id": 1,
        "status__id": STATUSES[last_name][1], "status__name": last_name,
        "_info__date_entered": desk.utc(entered).isoformat(),
        "_info__last_updated": last_moment.isoformat(),
    }  # fmt: skip
    logs = [
        {"id": number, "ticket_number": 1, "board_id": 1, "status": name,
         "_info__last_updated": moment.isoformat()}
        for number, (name, moment) in enumerate(moments, start=1)
    ]  # fmt: skip
    end = desk.utc(closed) if closed else last_moment
    example = Example(
        path=Path("oracle"),
        kpi="",
        rows=desk.rows()
        | {"service_tickets": [ticket | ended], "service_ticket_changelogs": logs},
        expected=[],
        independent="",
        as_of=end + timedelta(minutes=1),
        zone=desk.zone,
    )
    (row,) = bench.told(connection, example, ASKED)
    return row


@pytest.mark.parametrize(
    ("desk", "entered", "due"),
    [
        pytest.param(
            Desk(targets=(6, None, None)),
            "2026-03-23 09:15:00", "2026-03-23 15:15:00", id="S4",
        ),
        pytest.param(
            Desk(targets=(4, None, None), holiday="2026-03-23"),
            "2026-03-20 16:30:00", "2026-03-24 12:30:00", id="S5",
        ),
        pytest.param(
            Desk(hours=NINE_TO_SIX, targets=(8, None, None)),
            "2026-03-23 16:00:00", "2026-03-24 15:00:00", id="S7",
        ),
        pytest.param(
            Desk(targets=(8, None, None)),
            "2026-03-23 14:00:00", "2026-03-24 14:00:00", id="S9, within the week",
        ),
        pytest.param(
            Desk(targets=(4, None, None)),
            "2026-03-20 16:30:00", "2026-03-23 12:30:00", id="S9, over the weekend",
        ),
        pytest.param(
            Desk(hours=EIGHT_TO_FIVE, targets=(1, None, None), holiday="2009-04-13"),
            "2009-04-13 00:00:00", "2009-04-14 09:00:00", id="S10",
        ),
        pytest.param(UPSTREAM, "2018-08-23 10:24:34", "2018-08-23 12:24:34", id="S11"),
        pytest.param(UPSTREAM, "2018-08-23 16:24:34", "2018-08-24 09:24:34", id="S14"),
    ],
)  # fmt: skip
def test_an_answer_is_due_after_so_many_open_hours(
    kpi_bench: Bench, bench_connection: Connection, desk: Desk, entered: str, due: str
) -> None:
    found = told(kpi_bench, bench_connection, desk, entered=entered)
    assert (found["respond_due"], found["next_due"]) == (due, due)


@pytest.mark.parametrize(
    ("status", "stage", "due"),
    [
        pytest.param("Scheduled", "Plan", "2018-08-24 09:24:34", id="S12"),
        pytest.param("In Progress", "Resolve", "2018-09-06 16:24:34", id="S13"),
    ],
)
def test_a_status_decides_which_target_is_next(
    kpi_bench: Bench, bench_connection: Connection, status: str, stage: str, due: str
) -> None:
    found = told(
        kpi_bench, bench_connection, UPSTREAM,
        entered="2018-08-23 10:24:34", statuses=[(status, "")],
    )  # fmt: skip
    assert (found["stage"], found["next_due"]) == (stage, due)


@pytest.mark.parametrize(
    ("desk", "entered", "closed", "minutes"),
    [
        pytest.param(
            Desk(), "2026-03-20 16:00:00", "2026-03-23 11:00:00", 180, id="S1"
        ),
        pytest.param(
            Desk(), "2026-03-20 16:30:00", "2026-03-23 10:30:00", 120, id="S2"
        ),
        pytest.param(
            Desk(hours=EIGHT_TO_FIVE, zone="America/Chicago"),
            "2026-03-06 16:00:00", "2026-03-09 09:00:00", 120,
            id="S22, over the change to daylight saving",
        ),
    ],
)  # fmt: skip
def test_only_open_minutes_lie_between_two_moments(
    kpi_bench: Bench,
    bench_connection: Connection,
    desk: Desk,
    entered: str,
    closed: str,
    minutes: int,
) -> None:
    found = told(kpi_bench, bench_connection, desk, entered=entered, closed=closed)
    assert found["business_minutes"] == minutes


@pytest.mark.parametrize(
    ("statuses", "stage", "waited"),
    [
        pytest.param(
            [("New", ""), ("Waiting", "2018-08-23 11:00:00"),
             ("New", "2018-08-23 12:00:00")],
            "Respond", 60, id="S16, waiting and back to New",
        ),
        pytest.param(
            [("New", ""), ("Waiting", "2018-08-25 10:00:00"),
             ("New", "2018-08-25 12:00:00")],
            "Respond", 0, id="S17, waiting on a Saturday",
        ),
        pytest.param(
            [("Scheduled", ""), ("Waiting", "2018-08-23 11:00:00"),
             ("New", "2018-08-23 12:00:00")],
            "Plan", 60, id="S18, answered, waiting and New",
        ),
        pytest.param(
            [("New", ""), ("Resolved", "2018-08-23 11:00:00"),
             ("In Progress", "2018-08-23 12:00:00")],
            "Resolve", 0, id="S19, resolved and in progress again",
        ),
    ],
)  # fmt: skip
def test_stages_only_advance_and_waiting_counts_open_minutes(
    kpi_bench: Bench,
    bench_connection: Connection,
    statuses: list[tuple[str, str]],
    stage: str,
    waited: int,
) -> None:
    found = told(
        kpi_bench, bench_connection, UPSTREAM,
        entered="2018-08-23 10:24:34", statuses=statuses,
    )  # fmt: skip
    assert (found["stage"], found["waited"]) == (stage, waited)
