"""Recurring onsite visits: the same engineer at the same client once a month.

A visit is a ticket on the Onsite board that is entered some days ahead and booked for
its day; whether it is kept depends on the engineer (``ticket_life``). Engineers take
turns, the one who rarely keeps bookings first (story 5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, local_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.scene import Scene

SUMMARY = "Monthly site visit"
_AHEAD = 5 * DAY


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of the plan; ``entered`` is when its ticket is made."""

    company: Company
    member: Member
    at: int

    @property
    def entered(self) -> int:
        """When the ticket is made, in the afternoon of an earlier day."""
        return self.at - _AHEAD + 4 * HOUR + self.company.id % 50 * MINUTE


def plan_visits(scene: Scene) -> list[Visit]:
    """All visits whose tickets are entered before now, by time of entry."""
    stories = scene.stories
    spared = {stories.loser.id, stories.overpayer.id}
    clients = [c for c in scene.companies if c.kind == "managed"]
    clients = [c for c in clients if c.id not in spared] or clients
    clients.sort(key=lambda c: (c.until is not None, -c.seats, c.id))
    clients = clients[: scene.profile.visited_companies]
    team = [m for m in scene.members if m.role == "tier2" or "unkept" in m.story]
    team.sort(key=lambda m: ("unkept" not in m.story, m.id))
    visits = [
        visit
        for index, company in enumerate(clients)
        for visit in _visits(scene, company, team[index % len(team)], index)
    ]
    return sorted(visits, key=lambda visit: (visit.entered, visit.company.id))


def _visits(
    scene: Scene, company: Company, member: Member, index: int
) -> Iterator[Visit]:
    first = scene.months[0].first
    for month in range(len(scene.months) + 1):
        day = _nth_weekday(first, month, weekday=index % 5, nth=1 + index % 3)
        at = _opening(member, local_midnight(day, firm.ZONE))
        visit = Visit(company, member, at)
        is_there = member.works_at(at) and company.active_at(visit.entered)
        if is_there and scene.start <= visit.entered <= scene.now - HOUR:
            yield visit


def _nth_weekday(first: date, months: int, *, weekday: int, nth: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    begin = date(index // 12, index % 12 + 1, 1)
    return begin + timedelta(days=(weekday - begin.weekday()) % 7 + 7 * (nth - 1))


def _opening(member: Member, midnight: int) -> int:
    """An hour after the member's next opening that is no day off."""
    calendar = member.calendar
    day = calendar.index(midnight)
    while day in member.days_off:
        day += 1
    return calendar.opens[day] + HOUR
