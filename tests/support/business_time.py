"""The macros of business time as plain SQL, and the same worked out day by day.

``rendered`` takes the macros as the models do; ``open_seconds_between`` knows nothing
of them: it walks the days of the office that ``mart_world`` describes.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jinja2 import Environment

from pipelines.settings import PROJECT_DIR
from tests.support.marts import ZONE

_MACROS = PROJECT_DIR / "dbt_project" / "macros" / "business_time.sql"
_ZONE = ZoneInfo(ZONE)
_HOLIDAY = date(2026, 1, 19)
_HALF_DAY = date(2026, 7, 2)


def rendered(macro: str, relation: str) -> str:
    """A macro's SQL over ``relation``, as dbt would write it."""
    environment = Environment(autoescape=False)  # SQL, not HTML.
    environment.globals["ref"] = "intermediate.{}".format
    module = environment.from_string(_MACROS.read_text("utf-8")).module
    return str(getattr(module, macro)(relation))


def open_seconds_between(first: datetime, last: datetime) -> int:
    """Seconds that the worked world's office is open between two UTC moments."""
    total, day = 0.0, first.astimezone(_ZONE).date() - timedelta(days=1)
    while day <= last.astimezone(_ZONE).date():
        for opens, closes in _openings(day):
            begin = max(first, datetime.combine(day, opens, _ZONE).astimezone(UTC))
            end = min(last, datetime.combine(day, closes, _ZONE).astimezone(UTC))
            total += max(0.0, (end - begin).total_seconds())
        day += timedelta(days=1)
    return int(total)


def _openings(day: date) -> tuple[tuple[time, time], ...]:
    if day == _HALF_DAY:
        return ((time(8), time(11)), (time(13, 30), time(17)))
    is_off = day == _HOLIDAY or day.weekday() >= 5
    return () if is_off else ((time(8), time(17)),)
