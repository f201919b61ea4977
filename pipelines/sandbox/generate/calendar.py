"""Time in the simulated firm: instants, local days, opening hours, holidays.

Instants are whole seconds since 1970 UTC everywhere in this package, and become
``yyyy-MM-ddTHH:mm:ssZ`` only when a record is written. Opening hours are laid out per
local date and turned into UTC per date, so daylight saving needs no special case.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = 60
HOUR = 3_600
DAY = 86_400

_CLOCK = tuple(f"T{m // 60:02d}:{m % 60:02d}:" for m in range(1_440))
_SECONDS = tuple(f"{s:02d}Z" for s in range(60))


@lru_cache(maxsize=8_192)
def _day_text(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def stamp(at: int) -> str:
    """The instant as the API writes it, e.g. ``2026-03-31T21:00:00Z``."""
    day, seconds = divmod(at, DAY)
    minutes, rest = divmod(seconds, MINUTE)
    return _day_text(day) + _CLOCK[minutes] + _SECONDS[rest]


def instant(when: datetime) -> int:
    """Seconds since 1970 of an aware datetime."""
    return int(when.timestamp())


def local_midnight(day: date, zone: ZoneInfo) -> int:
    """The instant at which ``day`` begins in ``zone``."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def local_date(at: int, zone: ZoneInfo) -> date:
    """The local date of an instant."""
    return datetime.fromtimestamp(at, zone).date()


def utc_midnight(at: int) -> int:
    """Midnight UTC of the instant's date: how the API keeps date-only fields."""
    return at - at % DAY


def add_months(day: date, months: int) -> date:
    """The first of the month that lies ``months`` after ``day``'s month."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def holidays(year: int) -> tuple[tuple[str, date], ...]:
    """The firm's holidays of one year."""
    return (
        ("New Year", date(year, 1, 1)),
        ("Spring Holiday", _nth_weekday(year, 6, weekday=0, nth=0)),
        ("Midsummer Holiday", date(year, 7, 4)),
        ("Harvest Holiday", _nth_weekday(year, 9, weekday=0, nth=1)),
        ("Autumn Holiday", _nth_weekday(year, 11, weekday=3, nth=4)),
        ("Winter Holiday", date(year, 12, 25)),
    )


def local_holidays(year: int) -> tuple[tuple[str, date], ...]:
    """Holidays that one office has besides."""
    return (("Desert Day", _nth_weekday(year, 3, weekday=4, nth=2)),)


def _nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    offset = (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return first + timedelta(days=offset)


@dataclass(slots=True)
class WorkCalendar:
    """Opening hours of one calendar, laid out over the whole span.

    ``hours`` gives (open, close) in minutes after local midnight per weekday, Monday
    first, or None for a closed day.
    """

    id: int
    name: str
    zone: ZoneInfo
    hours: tuple[tuple[int, int] | None, ...]
    keeps_holidays: bool
    is_local: bool = False
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    def lay_out(self, first: date, last: date) -> "WorkCalendar":
        """Fill the openings from ``first`` to ``last``."""
        years = range(first.year, last.year + 1)
        shut = {day for year in years for _, day in self.holidays(year)}
        total, day = 0, first
        while day <= last:
            span = self.hours[day.weekday()]
            if span and not (self.keeps_holidays and day in shut):
                total = self._append(day, span, total)
            day += timedelta(days=1)
        return self

    def holidays(self, year: int) -> tuple[tuple[str, date], ...]:
        """The holidays of that year, the office's own ones included."""
        return holidays(year) + (local_holidays(year) if self.is_local else ())

    def _append(self, day: date, span: tuple[int, int], total: int) -> int:
        midnight = local_midnight(day, self.zone)
        if span == (0, 1_440):
            opens = midnight
            closes = local_midnight(day + timedelta(days=1), self.zone)
        else:
            opens = _wall(day, span[0], self.zone)
            closes = _wall(day, span[1], self.zone)
        self.opens.append(opens)
        self.closes.append(closes)
        self.before.append(total)
        self.days.append(day)
        return total + closes - opens

    def position(self, at: int) -> int:
        """Open seconds between the layout's begin and ``at``."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        return self.before[index] + min(at, self.closes[index]) - self.opens[index]

    def after(self, begin: int, seconds: int) -> int:
        """The instant when ``seconds`` of open time have passed since ``begin``."""
        target = self.position(begin) + seconds
        index = bisect_left(self.before, target) - 1
        if index < 0:
            return max(begin, self.opens[0])
        return max(begin, self.opens[index] + target - self.before[index])

    def next_open(self, at: int) -> int:
        """``at`` itself when open, else the next opening."""
        index = self.index(at)
        return max(at, self.opens[index])

    def index(self, at: int) -> int:
        """Index of the opening that holds ``at``, else of the next one."""
        index = bisect_right(self.opens, at) - 1
        if index >= 0 and at < self.closes[index]:
            return index
        return min(index + 1, len(self.opens) - 1)

    def is_open(self, at: int) -> bool:
        """Whether ``at`` lies within opening hours."""
        index = bisect_right(self.opens, at) - 1
        return index >= 0 and at < self.closes[index]


def _wall(day: date, minutes: int, zone: ZoneInfo) -> int:
    hour, minute = divmod(minutes, 60)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return int(local.timestamp())


@dataclass(frozen=True, slots=True)
class Month:
    """One step of the simulation: a local calendar month, cut at now."""

    index: int
    first: date
    begin: int
    end: int
    is_whole: bool


def months_until(now: int, *, years: int, zone: ZoneInfo) -> tuple[Month, ...]:
    """The calendar months of the last ``years`` years, the current one included."""
    current = local_date(now, zone).replace(day=1)
    result = []
    for index in range(years * 12):
        first = add_months(current, index + 1 - years * 12)
        begin = local_midnight(first, zone)
        end = local_midnight(add_months(first, 1), zone)
        is_whole = end <= now
        result.append(Month(index, first, begin, min(end, now), is_whole))
    return tuple(result)
