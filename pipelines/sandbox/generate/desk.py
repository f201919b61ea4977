"""Who works when: free time of each member, so that work waits for people.

Work is put into the first gap of a working day. A backlog therefore grows when people
are missing, and shrinks when they are back. Old days are forgotten month by month.
"""

from bisect import bisect_right, insort
from random import Random

from pipelines.sandbox.generate.calendar import HOUR
from pipelines.sandbox.generate.members import Member

_LUNCH = HOUR
_PATIENCE_DAYS = 12

Span = tuple[int, int]


class _Staff:
    """Who of some people is employed when: they change on few days only."""

    def __init__(self, people: list[Member]) -> None:
        ends = {m.left for m in people if m.left is not None}
        self._changes = sorted({m.hired for m in people} | ends)
        self._teams = [
            [m for m in people if m.works_at(at)]
            for at in (self._changes[0] - 1, *self._changes)
        ]

    def at(self, at: int) -> list[Member]:
        """Those who work at that instant."""
        return self._teams[bisect_right(self._changes, at)]


class Desk:
    """Bookings of all members by working day."""

    def __init__(self, members: list[Member], rng: Random) -> None:
        self._rng = rng
        self._busy: dict[tuple[int, int], list[Span]] = {}
        by_role: dict[str, list[Member]] = {}
        for member in members:
            by_role.setdefault(member.role, []).append(member)
        self._teams = {role: _Staff(team) for role, team in by_role.items()}
        everyone = [m for m in members if m.role not in {"api", "sales"}]
        self._everyone = _Staff(everyone)

    def pick(self, roles: tuple[str, ...], at: int) -> Member:
        """Someone of the first role that has staff then, the less busy of two."""
        for role in roles:
            staff = self._teams.get(role)
            team = staff.at(at) if staff else None
            if team:
                return self._less_busy(team, at)
        return self._less_busy(self._everyone.at(at), at)

    def _less_busy(self, team: list[Member], at: int) -> Member:
        first = team[int(self._rng.random() * len(team))]
        second = team[int(self._rng.random() * len(team))]
        load = self._booked(first, at), self._booked(second, at)
        return first if load[0] <= load[1] else second

    def _booked(self, member: Member, at: int) -> float:
        day = member.calendar.index(at)
        if day in member.days_off:
            return 99.0
        busy = self.busy(member, day) + self.busy(member, day + 1)
        return sum(end - begin for begin, end in busy) / (member.capacity or 1.0)

    def busy(self, member: Member, day: int) -> list[Span]:
        """What the member does on one working day, in order of time."""
        return self._busy.get((member.id, day), [])

    def book(self, member: Member, earliest: int, seconds: int) -> Span:
        """The first gap at or after ``earliest``; after two weeks, an overlap."""
        calendar = member.calendar
        day = calendar.index(earliest)
        for index in range(day, day + _PATIENCE_DAYS):
            if index in member.days_off:
                continue
            begin = self._gap(member, index, earliest, seconds)
            if begin is not None:
                return self.take(member, index, begin, seconds)
        begin = max(earliest, calendar.opens[day])
        return self.take(member, day, begin, seconds)

    def take(self, member: Member, day: int, begin: int, seconds: int) -> Span:
        """Book this very span."""
        span = (begin, begin + seconds)
        insort(self._busy.setdefault((member.id, day), []), span)
        return span

    def _gap(self, member: Member, day: int, earliest: int, seconds: int) -> int | None:
        calendar = member.calendar
        begin = max(earliest, calendar.opens[day])
        limit = calendar.opens[day] + int(member.capacity * HOUR) + _LUNCH
        for start, end in self.busy(member, day):
            if begin + seconds <= start:
                break
            begin = max(begin, end)
        is_long = seconds > member.capacity * HOUR and not self.busy(member, day)
        return begin if begin + seconds <= limit or is_long else None

    def forget_before(self, at: int) -> None:
        """Drop the days before ``at`` minus two weeks."""
        old = [
            key
            for key, spans in self._busy.items()
            if spans[-1][1] < at - 14 * 24 * HOUR
        ]
        for key in old:
            del self._busy[key]
