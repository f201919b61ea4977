"""When tickets come in, from whom, on which board, about what.

Given the total, a non-homogeneous Poisson process is a sample from its intensity:
client seats x board x season x hour of week. Outages add bursts of one day whose
tickets are mostly merged into the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import (
    DAY,
    HOUR,
    Month,
    holidays,
    local_midnight,
)
from pipelines.sandbox.generate.clients import Company, Contact
from pipelines.sandbox.generate.firm import Board, Priority, TicketType
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import Lottery, apportion
from pipelines.sandbox.generate.visits import SUMMARY, Visit, plan_visits
from pipelines.sandbox.generate.words import ALERT_SOURCES, APPLICATIONS, SUMMARIES

_HOURS = (
    1, 1, 1, 1, 1, 2, 6, 25, 70, 100, 100, 85,
    60, 65, 95, 85, 60, 30, 10, 5, 4, 3, 2, 1,
)  # fmt: skip
_SEASON = (1.05, 1.0, 1.02, 1.0, 0.98, 0.97, 0.9, 0.78, 1.08, 1.1, 1.05, 0.92)
_KIND_WEIGHT = {"managed": 1.0, "co_managed": 0.6, "break_fix": 0.35}
_MISFILED = 0.012
_ALERT_SHARES = (96, 1.5, 1.5, 1)


@dataclass(slots=True)
class Burst:
    """An outage: its first ticket becomes the parent of those merged into it."""

    company: Company
    begin: int
    size: int
    parent_id: int | None = None


@dataclass(slots=True)
class Arrival:
    """A service ticket at the moment it is entered."""

    at: int
    company: Company
    board: Board
    type: TicketType
    priority: Priority
    contact: Contact
    summary: str
    source: str
    is_planted: bool = False
    burst: Burst | None = None
    visit: Visit | None = None
    alert: str | None = None


class Arrivals:
    """Draws the service tickets of each month."""

    def __init__(self, scene: Scene, total: int) -> None:
        self._scene = scene
        self._rng = scene.stream("arrivals")
        boards = [b for b in scene.boards.values() if b.share]
        self._boards = Lottery(boards, [b.share for b in boards])
        self._priorities = Lottery(firm.PRIORITIES, [p.weight for p in firm.PRIORITIES])
        self._types = {
            b.id: Lottery(b.types, [t.weight for t in b.types]) for b in boards
        }
        # One of them makes nearly all the noise (story 11).
        self._alert_sources = Lottery(ALERT_SOURCES, _ALERT_SHARES)
        self._bursts = self._plan_bursts()
        planted = sum(scene.stories.planted_tickets(m) for m in scene.months)
        bursts = sum(burst.size for burst in self._bursts)
        self._visits = plan_visits(scene)
        weights = [self._month_weight(month) for month in scene.months]
        self._counts = apportion(total - planted - bursts - len(self._visits), weights)

    def _plan_bursts(self) -> list[Burst]:
        scene, rng = self._scene, self._rng
        wanted = {"tiny": 1, "small": 12}.get(scene.profile.name, 40)
        clients = [c for c in scene.companies if c.kind == "managed"]
        clients.sort(key=lambda c: (-c.seats, c.id))
        quiet = {scene.stories.loser.id, scene.stories.overpayer.id}
        clients = [c for c in clients if c.id not in quiet] or clients
        largest = {"tiny": 6, "small": 25}.get(scene.profile.name, 80)
        result = []
        for _ in range(wanted):
            company = clients[int(rng.random() ** 2 * len(clients))]
            first = max(scene.start, company.since)
            last = min(scene.now, company.until or scene.now) - 10 * DAY
            begin = first + int(rng.random() * max(DAY, last - first))
            begin = scene.calendars[firm.OFFICE_CALENDAR].next_open(begin)
            size = max(5, int(largest * rng.uniform(0.3, 1.0)))
            result.append(Burst(company, begin, size))
        return result

    def _month_weight(self, month: Month) -> float:
        """Season x days x seats served; fewer when the month is cut by now."""
        middle = (month.begin + month.end) // 2
        days = (month.end - month.begin) / DAY
        seats = sum(self._weight(c, middle) for c in self._scene.companies)
        return _SEASON[month.first.month - 1] * days * seats

    def _weight(self, company: Company, at: int) -> float:
        if not company.active_at(at):
            return 0.0
        stories = self._scene.stories
        is_quiet = company is stories.loser  # Until the story begins.
        if company is stories.overpayer:
            is_quiet = at >= stories.overpaid_from
        weight: float = _KIND_WEIGHT.get(company.kind, 0.0) * company.seats**0.8
        return weight * (0.15 if is_quiet else 1.0)

    def of(self, month: Month) -> list[Arrival]:
        """The tickets of one month, by time of entry."""
        moments = _Moments(month)
        companies = self._scene.companies
        middle = (month.begin + month.end) // 2
        weights = [self._weight(c, middle) for c in companies]
        clients = Lottery(companies, weights)
        result = [self._one(moments, clients) for _ in range(self._counts[month.index])]
        result.extend(self._planted(month, moments))
        for burst in self._bursts:
            if month.begin <= burst.begin < month.end:
                result.extend(self._burst(burst, month))
        result.extend(self._visit(each) for each in self._visits_of(month))
        result.sort(key=lambda arrival: arrival.at)
        return result

    def _one(self, moments: "_Moments", clients: Lottery[Company]) -> Arrival:
        rng = self._rng
        board = self._boards.draw(rng)
        at = moments.draw(rng, is_machine=board.id == firm.ALERTS)
        if board.id == firm.INTERNAL:
            company = self._scene.internal
        elif rng.random() < _MISFILED:
            company = self._scene.companies[1]
        else:
            company = clients.draw(rng)
            if not company.active_at(at):
                company = clients.draw(rng)
            at = max(at, company.since)
        return self._arrival(at, company, board)

    def _arrival(self, at: int, company: Company, board: Board) -> Arrival:
        rng, stories = self._rng, self._scene.stories
        kind = self._types[board.id].draw(rng)
        contact = company.contacts[int(rng.random() * len(company.contacts))]
        application = rng.choice(APPLICATIONS)
        if board.id == firm.HELP_DESK and company is stories.one_app_client:
            if rng.random() < 0.7:
                kind, application = board.types[3], APPLICATIONS[0]
            if rng.random() < 0.6:
                contact = company.contacts[1]
            stories.one_app[0] += 1
            stories.one_app[1] += kind is board.types[3]
            stories.one_app[2] += contact is company.contacts[1]
        source = _source(rng, board)
        priority = self._priorities.draw(rng)
        if board.id in {firm.ALERTS, firm.INTERNAL} and priority.id == 1:
            priority = firm.PRIORITIES[2]
        phrase = rng.choice(SUMMARIES[kind.phrases])
        alert = self._alert_sources.draw(rng)
        summary = phrase.format(app=application, source=alert, n=rng.randrange(1, 40))
        return Arrival(
            at, company, board, kind, priority, contact, summary, source,
            alert=alert if board.id == firm.ALERTS else None,
        )  # fmt: skip

    def _planted(self, month: Month, moments: "_Moments") -> Iterator[Arrival]:
        stories = self._scene.stories
        board = self._scene.boards[firm.HELP_DESK]
        for _ in range(stories.planted_tickets(month)):
            at = moments.draw(self._rng, is_machine=False)
            # Early enough for the work to fall into the same month.
            latest = month.begin + int((month.end - month.begin) * 0.6)
            if at >= latest:
                at = month.begin + (at - latest) * 3 // 2
            arrival = self._arrival(at, stories.loser, board)
            arrival.is_planted = True
            yield arrival

    def _visits_of(self, month: Month) -> list[Visit]:
        is_last = month is self._scene.months[-1]
        end = self._scene.now if is_last else month.end
        return [v for v in self._visits if month.begin <= v.entered < end]

    def _visit(self, visit: Visit) -> Arrival:
        board = self._scene.boards[firm.ONSITE]
        arrival = self._arrival(visit.entered, visit.company, board)
        arrival.type, arrival.priority = board.types[0], firm.PRIORITIES[3]
        arrival.summary, arrival.visit = SUMMARY, visit
        return arrival

    def _burst(self, burst: Burst, month: Month) -> Iterator[Arrival]:
        board = self._scene.boards[firm.HELP_DESK]
        for index in range(burst.size):
            at = burst.begin + int(3 * HOUR * index / burst.size * self._rng.random())
            arrival = self._arrival(min(at, month.end - 1), burst.company, board)
            arrival.type = board.types[2]
            arrival.priority = firm.PRIORITIES[0 if index == 0 else 1]
            arrival.summary = "No connection at the main site"
            arrival.burst = burst
            yield arrival


class _Moments:
    """Draws instants of one month in proportion to the hour's intensity."""

    def __init__(self, month: Month) -> None:
        people: list[tuple[int, float]] = []
        machines: list[tuple[int, float]] = []
        shut = {day for _, day in holidays(month.first.year)}
        day = month.first
        while (midnight := local_midnight(day, firm.ZONE)) < month.end:
            busy = _day_factor(day, shut)
            patched = 1.6 if _is_patch_day(day) else 1.0
            for hour, weight in enumerate(_HOURS):
                at = midnight + hour * HOUR
                if month.begin <= at and at + HOUR <= month.end:
                    people.append((at, weight * busy))
                    machines.append((at, (3.0 if hour in {2, 3} else 1.0) * patched))
            day += timedelta(days=1)
        self._people = Lottery([at for at, _ in people], [w for _, w in people])
        self._machines = Lottery([at for at, _ in machines], [w for _, w in machines])

    def draw(self, rng: Random, *, is_machine: bool) -> int:
        """An instant, to the second."""
        lottery = self._machines if is_machine else self._people
        return lottery.draw(rng) + int(rng.random() * HOUR)


def _day_factor(day: date, shut: set[date]) -> float:
    if day in shut:
        return 0.05
    factor = (1.15, 1.05, 1.0, 0.98, 0.85, 0.08, 0.05)[day.weekday()]
    return factor * (1.2 if _is_patch_day(day) else 1.0)


def _is_patch_day(day: date) -> bool:
    """The day of the second Tuesday's patches, and the day after."""
    second_tuesday = 8 + (1 - date(day.year, day.month, 1).weekday()) % 7
    return day.day in {second_tuesday, second_tuesday + 1}


def _source(rng: Random, board: Board) -> str:
    if board.id == firm.ALERTS:
        return "alert"
    draw = rng.random()
    for name, share in (("email", 0.52), ("phone", 0.84), ("portal", 0.97)):
        if draw < share:
            return name
    return "walk_in"
