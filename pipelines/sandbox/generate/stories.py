"""The planted stories: who, when and how much.

The plan is made before anything is simulated and steers the other modules; what came
of it is measured while records are written and goes into the manifest, so that a test
can look for the same facts in the marts.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import licences_of
from pipelines.sandbox.generate.calendar import (
    DAY,
    Month,
    local_date,
    local_midnight,
    stamp,
    utc_midnight,
)
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member, Staffing
from pipelines.sandbox.generate.profiles import Profile
from pipelines.sandbox.generate.records import money
from pipelines.sandbox.generate.words import ALERT_SOURCES, APPLICATIONS

LABOUR_RATIOS = (0.4, 0.7, 1.05, 1.45, 1.9)
_LABOUR_COST = 34.0  # A typical hourly cost on Help Desk, to size the planted work.
SESSIONS_PER_PLANTED_TICKET = 3
_SLOWEST = 3.0
_RAMP = 30 * DAY
_RECOVERY = 40 * DAY
_LEFT_AGO = 40 * DAY
_OVERPAID_SEAT = 64.0


@dataclass(slots=True)
class Stories:
    """Windows and subjects of the planted stories."""

    now: int
    staffing: Staffing
    trained: int
    sla_month: Month
    sla_priority: int
    loser: Company
    loser_months: tuple[Month, ...]
    overtime_from: int
    reorganised: int
    one_app_client: Company
    licence_client: Company
    overpayer: Company
    overpayer_hours: float = 0.0
    alert_tickets: int = 0
    alert_hours: float = 0.0
    ticket_hours: float = 0.0
    workstations: int = 0
    labour: dict[int, list[float]] = field(default_factory=dict)
    responses: dict[tuple[bool, bool], int] = field(default_factory=dict)
    backlog: dict[int, int] = field(default_factory=dict)
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)
    bookings: dict[int, list[int]] = field(default_factory=dict)
    lags: dict[int, list[int]] = field(default_factory=dict)
    overtime_hours: dict[int, float] = field(default_factory=dict)
    one_app: list[int] = field(default_factory=lambda: [0, 0, 0])

    def slowness(self, at: int) -> float:
        """How much longer Help Desk tickets take at that instant (story 4)."""
        staffing = self.staffing
        if at < staffing.leaves or at > self.trained + _RECOVERY:
            return 1.0
        if at > self.trained:
            part = 1 - (at - self.trained) / _RECOVERY
        else:
            part = min(1.0, (at - staffing.leaves) / _RAMP)
        return 1.0 + (_SLOWEST - 1.0) * part

    def is_sla_month(self, at: int) -> bool:
        """Whether responses wait in the wrongly mapped status (story 6)."""
        return self.sla_month.begin <= at < self.sla_month.end

    def planted_tickets(self, month: Month) -> int:
        """Extra tickets of the loss-making client in that month (story 1)."""
        if month not in self.loser_months:
            return 0
        ratio = LABOUR_RATIOS[self.loser_months.index(month)]
        hours = ratio * self.loser_fee / _LABOUR_COST
        return max(1, round(hours / SESSIONS_PER_PLANTED_TICKET))

    @property
    def overpaid_from(self) -> int:
        """Since when the client of story 2 hardly calls: a year before it left."""
        return (self.overpayer.until or self.now) - 365 * DAY

    @property
    def loser_fee(self) -> float:
        """Monthly fee of the loss-making client."""
        return sum(a.amount for a in self.loser.agreements if a.active_at(self.now))

    def loser_month_of(self, at: int) -> int | None:
        """Index of the story's month that holds the instant."""
        for index, month in enumerate(self.loser_months):
            if month.begin <= at < month.end:
                return index
        return None


def staffing_of(profile: Profile, *, now: int) -> tuple[Staffing, int]:
    """When someone leaves, when the successor starts and is trained (story 4)."""
    back = (8, 6, 4) if profile.years == 1 else (15, 13, 11)
    today = local_date(now, firm.ZONE)
    leaves, joins, trained = (
        local_midnight(today - timedelta(days=30 * months), firm.ZONE)
        for months in back
    )
    return Staffing(leaves, joins), trained


def plan_stories(
    profile: Profile,
    *,
    companies: list[Company],
    overpayer: Company,
    months: tuple[Month, ...],
    now: int,
    rng: Random,
) -> Stories:
    """Choose the subjects. The loser is a small managed client that stays."""
    staffing, trained = staffing_of(profile, now=now)
    steady = [c for c in companies if c.kind == "managed" and c.until is None]
    steady = [c for c in steady if c.since < months[0].begin] or steady
    loser = min(steady, key=lambda c: (c.seats, c.id))
    others = [c for c in steady if c is not loser] or steady
    staying = [c for c in companies if c.kind == "managed" and c.until is None]
    return Stories(
        now=now,
        staffing=staffing,
        trained=trained,
        sla_month=months[-4],
        sla_priority=3,
        loser=loser,
        loser_months=months[-5:],
        overtime_from=now - profile.overtime_days * DAY,
        reorganised=now - (300 if profile.years > 1 else 180) * DAY,
        one_app_client=rng.choice(others),
        licence_client=max(
            [c for c in staying if c is not loser] or staying,
            key=lambda c: (licences_of(c, now)[1], c.id),
        ),
        overpayer=overpayer,
    )


def choose_overpayer(companies: list[Company], *, now: int) -> Company:
    """A client of middling size that leaves in the last quarter (story 2).

    One that leaves anyway, if there is one, else not the smallest, which loses money.
    """
    managed = [c for c in companies if c.kind == "managed"]
    managed.sort(key=lambda c: (c.seats, c.id))
    leaving = [c for c in managed if c.until is not None] or managed[1:]
    overpayer = leaving[len(leaving) // 2]
    overpayer.since = min(overpayer.since, now - 600 * DAY)
    overpayer.until = overpayer.changed = utc_midnight(now - _LEFT_AGO)
    return overpayer


def settle_overpayer(overpayer: Company) -> None:
    """Make the fee high for what is used."""
    overpayer.agreements[0].amount = money(overpayer.seats * _OVERPAID_SEAT)


def settle_loser(loser: Company, *, seats: int) -> None:
    """The loser keeps one plain fee: no additions, no second agreement."""
    main = loser.agreements[0]
    loser.seats = seats
    main.amount = seats * 43.0
    main.additions.clear()
    del loser.agreements[1:]
    loser.sla = loser.sla or firm.STANDARD


def story_manifest(stories: Stories, members: list[Member]) -> dict[str, Any]:
    """The manifest's ``stories``: number → title, who, when, how much."""
    return {
        "1": _loser(stories),
        "2": _overpayer(stories),
        "3": {
            "title": "One project burns its budget, one is late, one has stalled",
            "who": {key: each["id"] for key, each in stories.projects.items()},
            "when": {key: each["when"] for key, each in stories.projects.items()},
            "how_much": stories.projects,
        },
        "4": _backlog(stories, members),
        "5": _habits(stories, members),
        "6": _response(stories),
        "7": {
            "title": "A client's tickets come mostly from one application and user",
            "who": {
                "company": stories.one_app_client.id,
                "contact": stories.one_app_client.contacts[1].id,
                "application": APPLICATIONS[0],
            },
            "when": "always",
            "how_much": {
                "help_desk_tickets": stories.one_app[0],
                "of_application": stories.one_app[1],
                "of_contact": stories.one_app[2],
            },
        },
        "10": _licences(stories),
        "11": {
            "title": "One alert source makes many tickets and little work",
            "who": {"board": firm.ALERTS, "source": ALERT_SOURCES[0]},
            "when": "always",
            "how_much": {
                "tickets": stories.alert_tickets,
                "hours": round(stories.alert_hours, 2),
                "hours_on_all_tickets": round(stories.ticket_hours, 2),
            },
        },
    }


def _licences(stories: Stories) -> dict[str, Any]:
    product, licences = licences_of(stories.licence_client, stories.now)
    return {
        "title": "Licence additions exceed the active workstations of one client",
        "who": {
            "company": stories.licence_client.id,
            "product": product,
            "configuration_type": 1,
        },
        "when": stamp(stories.now),
        "how_much": {
            "licences": licences,
            "active_workstations": stories.workstations,
        },
    }


def _loser(stories: Stories) -> dict[str, Any]:
    months = [month.first.isoformat() for month in stories.loser_months]
    labour = [stories.labour.get(k, [0.0, 0.0]) for k in range(len(months))]
    return {
        "title": "A managed client loses money: labour rises while the fee stays",
        "who": {
            "company": stories.loser.id,
            "name": stories.loser.name,
            "agreement": stories.loser.agreements[0].id,
        },
        "when": months,
        "how_much": {
            "monthly_fee": stories.loser_fee,
            "labour_hours": [round(each[0], 2) for each in labour],
            "labour_cost": [round(each[1], 2) for each in labour],
        },
    }


def _overpayer(stories: Stories) -> dict[str, Any]:
    company = stories.overpayer
    agreement, until = company.agreements[0], company.until or stories.now
    hours = round(stories.overpayer_hours, 2)
    return {
        "title": "A client pays too much for what it uses, and leaves",
        "who": {
            "company": company.id,
            "name": company.name,
            "agreement": agreement.id,
        },
        "when": {"from": stamp(stories.overpaid_from), "left": stamp(until)},
        "how_much": {"monthly_fee": agreement.amount, "hours_of_last_year": hours},
    }


def _backlog(stories: Stories, members: list[Member]) -> dict[str, Any]:
    staffing = stories.staffing
    levels = backlog_levels(stories)

    def mean(begin: int, end: int) -> float:
        days = [levels.get(day, 0) for day in range(begin // DAY, end // DAY)]
        return round(sum(days) / len(days), 1) if days else 0.0

    return {
        "title": "Help Desk backlog doubles after a leaver, recovers with a joiner",
        "who": {
            "board": firm.HELP_DESK,
            "leaver": next(m.id for m in members if "leaver" in m.story),
            "joiner": next(m.id for m in members if "joiner" in m.story),
        },
        "when": {
            "leaves": stamp(staffing.leaves),
            "joins": stamp(staffing.joins),
            "trained": stamp(stories.trained),
            "recovered": stamp(stories.trained + _RECOVERY + 30 * DAY),
        },
        "how_much": {
            "open_before": mean(staffing.leaves - 60 * DAY, staffing.leaves),
            "open_at_worst": mean(staffing.leaves + 45 * DAY, stories.trained),
            "open_after": mean(
                stories.trained + _RECOVERY + 30 * DAY,
                min(stories.now, stories.trained + _RECOVERY + 90 * DAY),
            ),
        },
    }


def backlog_levels(stories: Stories) -> dict[int, int]:
    """Open Help Desk tickets at the end of each UTC day since 1970."""
    level, result = 0, {}
    last = stories.now // DAY
    for day in range(min(stories.backlog, default=last), last + 1):
        level += stories.backlog.get(day, 0)
        result[day] = level
    return result


def _habits(stories: Stories, members: list[Member]) -> dict[str, Any]:
    late, overtime, unkept = (
        next(m for m in members if word in m.story)
        for word in ("late", "overtime", "unkept")
    )
    lags = sorted(stories.lags.get(late.id, [0]))
    booked, kept = stories.bookings.get(unkept.id, [0, 0])
    weeks = (stories.now - stories.overtime_from) / (7 * DAY)
    return {
        "title": "One logs time late, one over capacity, one misses onsite bookings",
        "who": {"late": late.id, "over_capacity": overtime.id, "unkept": unkept.id},
        "when": {
            "late": "always",
            "over_capacity": stamp(stories.overtime_from),
            "unkept": "always",
        },
        "how_much": {
            "late_median_days": round(lags[len(lags) // 2] / DAY, 2),
            "over_capacity_hours": round(stories.overtime_hours.get(overtime.id, 0), 2),
            "over_capacity_ratio": 1.3,
            "over_capacity_weeks": round(weeks, 1),
            "unkept_bookings": booked,
            "unkept_kept": kept,
        },
    }


def _response(stories: Stories) -> dict[str, Any]:
    tally = stories.responses

    def share(*, inside: bool) -> float:
        met, missed = tally.get((inside, True), 0), tally.get((inside, False), 0)
        return round(met / (met + missed), 3) if met + missed else 0.0

    status = firm.boards()[firm.HELP_DESK].statuses["details"]
    return {
        "title": "Response SLA falls in one month: a status does not stop the clock",
        "who": {
            "board": firm.HELP_DESK,
            "priority": stories.sla_priority,
            "status": status.id,
            "status_name": status.name,
        },
        "when": stories.sla_month.first.isoformat(),
        "how_much": {
            "tickets": sum(n for (inside, _), n in tally.items() if inside),
            "response_met_in_month": share(inside=True),
            "response_met_otherwise": share(inside=False),
        },
    }
