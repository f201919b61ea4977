"""What fills the rest of people's days: time off, meetings, training, paperwork.

Days off come first, then the planted over-capacity; what is left of the world's number
of time entries is spread over days with room, so that some days stay unaccounted for.
"""

from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, Month
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.scene import Charge, Scene
from pipelines.sandbox.generate.ticket_life import GRID, enter_after
from pipelines.sandbox.generate.time_entries import TimeBook, Work
from pipelines.sandbox.generate.words import CHARGE_CODES

_OVERTIME = 1.3
_CODES = dict(CHARGE_CODES)
_KINDS = (
    (1, "internal"), (1, "internal"), (2, "internal"), (3, "training"),
    (4, "internal"), (5, "internal"), (6, "travel"),
)  # fmt: skip


class MemberDays:
    """Adds the work that no ticket or project asked for."""

    def __init__(self, scene: Scene, book: TimeBook) -> None:
        self._scene = scene
        self._book = book
        self._rng = scene.stream("member days")
        self._people = [m for m in scene.members if m.role != "api"]
        self._charges = {
            code: Charge(code, "ChargeCode", scene.internal, "none", department="Admin")
            for code in _CODES
        }
        story = (m for m in scene.members if "overtime" in m.story)
        self._overtimer = next(story)
        self._forbid_days_off()

    def _forbid_days_off(self) -> None:
        member, stories = self._overtimer, self._scene.stories
        first = member.calendar.index(stories.overtime_from)
        member.days_off = {day for day in member.days_off if day < first}

    def fill(self, month: Month, wanted: int) -> None:
        """Push days off and over-capacity, then as much as makes up ``wanted``."""
        before = self._book.pushed
        for member in self._people:
            self._time_off(member, month)
        self._overtime(month)
        wanted -= self._book.pushed - before
        if wanted > 0:
            self._spread(month, wanted)

    def _openings(self, member: Member, month: Month) -> list[int]:
        calendar = member.calendar
        begin, end = max(month.begin, member.hired), month.end
        if member.left is not None:
            end = min(end, member.left)
        if end <= begin:
            return []
        days = range(calendar.index(begin), calendar.index(end) + 1)
        return [day for day in days if begin <= calendar.opens[day] < end - 9 * HOUR]

    def _time_off(self, member: Member, month: Month) -> None:
        for day in self._openings(member, month):
            if day in member.days_off:
                near = {day - 1, day + 1} & member.days_off
                kind = "vacation" if near else "sick"
                code = 7 if near else 8
                begin = member.calendar.opens[day]
                length = int(member.capacity * HOUR)
                self._push(member, begin, length, code=code, kind=kind)

    def _overtime(self, month: Month) -> None:
        member, stories = self._overtimer, self._scene.stories
        for day in self._openings(member, month):
            if member.calendar.opens[day] < stories.overtime_from:
                continue
            busy = self._scene.desk.busy(member, day)
            done = sum(end - begin for begin, end in busy)
            missing = int(member.capacity * HOUR * _OVERTIME) - done
            if missing > 10 * MINUTE:
                self._add(member, day, missing - missing % GRID, code=5)

    def _spread(self, month: Month, wanted: int) -> None:
        rng = self._rng
        rooms = []
        for member in self._people:
            for day in self._openings(member, month):
                room = self._room(member, day)
                if room >= 15 * MINUTE and day not in member.days_off:
                    rooms.append((member, day, room))
        if not rooms:
            rooms = [(m, self._openings(m, month)[-1], HOUR) for m in self._people[:1]]
        rng.shuffle(rooms)
        each, extra = divmod(wanted, len(rooms))
        for index, (member, day, room) in enumerate(rooms):
            pieces = each + (index < extra)
            for _ in range(pieces):
                length = room // pieces
                length = max(GRID, length - length % GRID)
                self._add(member, day, length, code=0)

    def _room(self, member: Member, day: int) -> int:
        is_story = member is self._overtimer
        if is_story and member.calendar.opens[day] >= self._scene.stories.overtime_from:
            return 0
        if "late" in member.story and day > member.calendar.index(self._scene.now) - 5:
            return 0
        busy = self._scene.desk.busy(member, day)
        done = sum(end - begin for begin, end in busy)
        return int(member.capacity * HOUR * member.filled) - done

    def _add(self, member: Member, day: int, length: int, *, code: int) -> None:
        kind = "internal"
        if not code:
            code, kind = self._rng.choice(_KINDS)
        desk, opens = self._scene.desk, member.calendar.opens[day]
        busy = desk.busy(member, day)
        begin = opens if not busy else max(opens, busy[-1][1])
        if busy and opens + length <= busy[0][0]:
            begin = opens
        begin = min(begin, opens + 14 * HOUR - min(length, 14 * HOUR))
        desk.take(member, day, begin, length)
        self._push(member, begin, length, code=code, kind=kind)

    def _push(
        self, member: Member, begin: int, length: int, *, code: int, kind: str
    ) -> None:
        end = begin + length
        now = self._scene.now
        entered = enter_after(member, end, self._rng)
        if entered > now and "late" in member.story:
            return
        if entered > now:
            entered = end + MINUTE
        if entered > now:
            begin, end = begin - DAY, end - DAY
            entered = end + MINUTE
        work = Work(
            begin, end, entered, member, kind, self._charges[code], _CODES[code]
        )
        self._book.push(work)
