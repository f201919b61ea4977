"""The life of a service ticket: a little state machine with business-hour delays.

``live`` turns an arrival into moves (status changes with who made them) and sessions
of work, cut at now. Delays are log-normal in business time; work waits for a gap in
somebody's day (``desk``), so missing people lengthen lives.
"""

from dataclasses import dataclass, field
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.arrivals import Arrival
from pipelines.sandbox.generate.calendar import HOUR, MINUTE, WorkCalendar
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.stories import SESSIONS_PER_PLANTED_TICKET
from pipelines.sandbox.generate.streams import lognormal

GRID = 3 * MINUTE  # Times are kept to three minutes: hours then have two decimals.
_TIERS = {"tier1": "tier2", "tier2": "tier3"}
# board → first roles, median minutes of a session, mean of further sessions
_WORK: dict[int, tuple[tuple[str, ...], float, float]] = {
    firm.HELP_DESK: (("tier1", "tier2", "tier3"), 24, 0.55),
    firm.ALERTS: (("tier2", "tier3"), 21, 0.05),
    firm.ONSITE: (("tier2", "tier1", "tier3"), 105, 0.15),
    firm.CONSULTING: (("tier3", "project", "owner"), 75, 0.9),
    firm.INTERNAL: (("tier1", "tier2", "dispatch"), 36, 0.4),
    firm.SALES: (("sales", "owner"), 21, 0.2),
}
_TIMELESS = {firm.HELP_DESK: 0.1, firm.ALERTS: 0.2, firm.SALES: 0.5}

_REWORK = 0.02  # Work that is repeated at the firm's own cost.

Move = tuple[int, str, Member | None]


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of work on a ticket, entered into the system at ``entered``."""

    start: int
    end: int
    entered: int
    member: Member
    work_type: str

    @property
    def hours(self) -> float:
        """Length in hours, two decimals."""
        return round((self.end - self.start) / HOUR, 2)


@dataclass(slots=True)
class Life:
    """What happened to a ticket until now."""

    moves: list[Move] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    owners: list[tuple[int, Member]] = field(default_factory=list)
    booking: tuple[int, int, Member] | None = None

    def cut(self, now: int) -> None:
        """Forget what would happen after now."""
        self.moves.sort(key=lambda move: move[0])
        self.moves = [move for move in self.moves if move[0] <= now]
        self.sessions = [s for s in self.sessions if s.end <= now and s.entered <= now]
        self.owners = [owner for owner in self.owners if owner[0] <= now]


class LifeMaker:
    """Makes the lives of service tickets of one world."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._rng = scene.stream("ticket lives")
        self._office = scene.calendars[firm.OFFICE_CALENDAR]
        self._story_tickets = 0

    def live(self, arrival: Arrival) -> Life:
        """Moves, sessions and owners of one ticket, cut at now."""
        life = Life(moves=[(arrival.at, "new", None)])
        if arrival.board.id == firm.ALERTS and self._rng.random() < 0.72:
            self._clear_itself(arrival, life)
        else:
            self._serve(arrival, life)
        life.cut(self._scene.now)
        return life

    def merge(self, arrival: Arrival, *, after: int) -> Life:
        """A ticket that is merged into another soon after its entry."""
        at = max(arrival.at, after) + int(self._rng.uniform(4, 50) * MINUTE)
        life = Life(moves=[(arrival.at, "new", None)])
        life.moves.append((at, "closed", self._scene.dispatcher(at)))
        life.cut(self._scene.now)
        return life

    def _clear_itself(self, arrival: Arrival, life: Life) -> None:
        robot = self._scene.api_member
        done = arrival.at + int(lognormal(self._rng, 50, 0.9) * MINUTE)
        life.moves.append((done, "completed", robot))
        life.moves.append((done + 30 * MINUTE, "closed", robot))

    def _serve(self, arrival: Arrival, life: Life) -> None:
        scene, rng = self._scene, self._rng
        slow = 1.0
        if arrival.board.id == firm.HELP_DESK and not arrival.is_planted:
            slow = scene.stories.slowness(arrival.at)
        answered = self._answer(arrival, life)
        visit = arrival.visit
        roles = _WORK[arrival.board.id][0]
        owner = visit.member if visit else scene.desk.pick(roles, answered)
        first = "scheduled" if arrival.board.id == firm.ONSITE else "assigned"
        life.moves.append((answered, first, owner))
        life.owners.append((answered, owner))
        delay = lognormal(rng, self._patience(arrival), 0.9) * slow
        is_urgent = arrival.priority.id == 1
        hours = self._answering_calendar(arrival) if is_urgent else self._office
        begin = hours.after(answered, int(delay * HOUR))
        if visit:
            begin = max(answered, visit.at)
        end = self._work(arrival, life, owner, begin=begin, slow=slow)
        self._finish(arrival, life, end, slow=slow)

    def _patience(self, arrival: Arrival) -> float:
        """Median business hours between answer and work."""
        if arrival.is_planted:
            return 0.5
        if arrival.board.id == firm.ONSITE:
            return 14.0
        return (0.2, 0.8, 2.6, 7.0)[arrival.priority.id - 1]

    def _answer(self, arrival: Arrival, life: Life) -> int:
        """The instant of the first answer, by way of triage or a wrong status."""
        rng, scene = self._rng, self._scene
        calendar = self._answering_calendar(arrival)
        sla = firm.SLAS[arrival.company.sla or firm.STANDARD]
        target = sla.targets[arrival.priority.id][0] * HOUR
        delay = int(lognormal(rng, target * 0.22, 0.85))
        answered = calendar.after(arrival.at, max(2 * MINUTE, delay))
        if rng.random() < 0.3:
            triaged = calendar.after(arrival.at, delay // 3 + 30)
            life.moves.append((triaged, "triage", scene.dispatcher(triaged)))
        if self._falls_asleep(arrival):
            asleep = calendar.after(arrival.at, delay // 2 + 45)
            life.moves.append((asleep, "details", scene.dispatcher(asleep)))
            wait = int(lognormal(rng, 9 * HOUR, 0.5))
            answered = self._office.after(max(answered, asleep), wait)
        return answered

    def _answering_calendar(self, arrival: Arrival) -> WorkCalendar:
        if arrival.company.sla is None:
            return self._office
        return self._scene.calendars[firm.SLAS[arrival.company.sla].calendar_id]

    def _falls_asleep(self, arrival: Arrival) -> bool:
        """Whether the ticket waits in the wrongly mapped status (story 6)."""
        if arrival.board.id != firm.HELP_DESK:
            return False
        stories = self._scene.stories
        is_story = (
            stories.is_sla_month(arrival.at)
            and arrival.priority.id == stories.sla_priority
        )
        if is_story:
            self._story_tickets += 1
            return self._story_tickets % 4 != 0
        return self._rng.random() < 0.008

    def _work(
        self, arrival: Arrival, life: Life, owner: Member, *, begin: int, slow: float
    ) -> int:
        """Sessions with waiting between them; returns the end of the last."""
        rng = self._rng
        sessions = self._session_count(arrival)
        if sessions == 0:
            return begin
        end = begin
        for left in range(sessions - 1, -1, -1):
            owner, end = self._session(arrival, life, owner, begin)
            if not left:
                break
            if rng.random() < 0.5 and not arrival.is_planted:
                status = "waiting_vendor" if rng.random() < 0.25 else "waiting_client"
                life.moves.append((end, status, owner))
                pause = lognormal(rng, 9.0, 0.9) * slow
            else:
                pause = lognormal(rng, 1.5, 0.8)
            if rng.random() < 0.3:
                owner = self._escalate(life, owner, end)
            begin = self._office.after(end, int(pause * HOUR))
        return end

    def _session_count(self, arrival: Arrival) -> int:
        if arrival.is_planted:
            return SESSIONS_PER_PLANTED_TICKET
        rng, scale = self._rng, self._scene.profile.session_scale
        timeless = _TIMELESS.get(arrival.board.id, 0.03) / scale**1.5
        if rng.random() < timeless:
            return 0
        further = _WORK[arrival.board.id][2] * scale
        count = 1
        while rng.random() < further / (1 + further) and count < 9:
            count += 1
        return count

    def _session(
        self, arrival: Arrival, life: Life, owner: Member, begin: int
    ) -> tuple[Member, int]:
        scene, rng = self._scene, self._rng
        if not owner.works_at(begin):
            owner = scene.desk.pick(_WORK[arrival.board.id][0], begin)
            life.owners.append((begin, owner))
        length = _length(arrival, rng, scale=scene.profile.minutes_scale)
        after_hours = arrival.priority.id == 1 and not self._office.is_open(begin)
        if after_hours or rng.random() < 0.006:
            start, end = begin - begin % GRID, begin - begin % GRID + length
            kind = "emergency" if after_hours else "after_hours"
        else:
            aligned = begin + GRID - begin % GRID
            start, end = self._span(arrival, life, owner, aligned, length)
            kind = "onsite" if arrival.board.id == firm.ONSITE else "remote"
            if kind == "remote" and rng.random() < _REWORK:
                kind = "warranty"
            if arrival.board.id == firm.ONSITE:
                start, end = self._visit(life, owner, start, end)
        life.moves.append((start, "progress", owner))
        entered = enter_after(owner, end, rng)
        life.sessions.append(Session(start, end, entered, owner, kind))
        return owner, end

    def _span(
        self, arrival: Arrival, life: Life, owner: Member, aligned: int, length: int
    ) -> tuple[int, int]:
        """The first gap in somebody's day; a recurring visit has its very hour."""
        desk = self._scene.desk
        if arrival.visit is None or life.booking is not None:
            return desk.book(owner, aligned, length)
        return desk.take(owner, owner.calendar.index(aligned), aligned, length)

    def _visit(
        self, life: Life, owner: Member, start: int, end: int
    ) -> tuple[int, int]:
        """Keep the booking, or come on another day (story 5)."""
        if life.booking is None:
            life.booking = (start, end, owner)
            if self._rng.random() > owner.keeps_bookings:
                days = self._rng.randrange(1, 5) * 24 * HOUR
                return self._scene.desk.book(owner, start + days, end - start)
        return start, end

    def _escalate(self, life: Life, owner: Member, at: int) -> Member:
        tier = _TIERS.get(owner.role)
        if tier is None:
            return owner
        above = self._scene.desk.pick((tier, "tier3"), at)
        life.owners.append((at, above))
        return above

    def _finish(self, arrival: Arrival, life: Life, end: int, *, slow: float) -> None:
        """Completed, closed, and now and then opened again."""
        rng, scene = self._rng, self._scene
        owner = life.owners[-1][1]
        if not arrival.is_planted and rng.random() < 0.0015:
            return  # Forgotten: stays open for good.
        done = end + int(rng.uniform(1, 20) * MINUTE)
        life.moves.append((done, "completed", owner))
        pause = int(lognormal(rng, 6 * HOUR, 0.7) * slow)
        closed = self._office.after(done, pause)
        if rng.random() < 0.05 and not arrival.is_planted:
            again = self._office.after(done, int(lognormal(rng, 7 * HOUR, 0.8)))
            if again > closed:
                life.moves.append((closed, "closed", scene.api_member))
            life.moves.append((again, "progress", owner))
            _, end = self._session(arrival, life, owner, again + 30 * MINUTE)
            done = end + 5 * MINUTE
            life.moves.append((done, "completed", life.owners[-1][1]))
            closed = self._office.after(done, pause)
        life.moves.append((closed, "closed", scene.api_member))


def _length(arrival: Arrival, rng: Random, *, scale: float) -> int:
    if arrival.is_planted:
        return int(rng.uniform(50, 72)) * MINUTE // GRID * GRID
    minutes = lognormal(rng, _WORK[arrival.board.id][1] * scale, 0.7)
    return max(GRID, min(7 * HOUR, int(minutes * MINUTE) // GRID * GRID))


def enter_after(member: Member, end: int, rng: Random) -> int:
    """When the member enters time worked until ``end``: an individual habit."""
    sigma = 0.15 if "late" in member.story else 0.8
    return end + MINUTE + int(lognormal(rng, member.lag, sigma))
