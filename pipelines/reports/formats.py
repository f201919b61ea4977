"""Numbers, days and instants as people of one locale write them.

A missing value is a dash, never a zero. Formats only: which figure is shown where is
the template's business.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_decimal

MISSING: Final = "–"  # noqa: RUF001 - a dash is what people expect in a table


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats of one locale and one reporting zone (IANA name)."""

    locale: str
    zone: str

    def count(self, value: float | None) -> str:
        """A whole number with grouping."""
        return self._number(value, "#,##0")

    def hours(self, value: float | None) -> str:
        """Hours, one decimal below a hundred."""
        small = value is not None and abs(value) < 100
        return self._number(value, "#,##0.#" if small else "#,##0")

    def percent(self, value: float | None) -> str:
        """A percentage given as 0 to 100."""
        text = self._number(value, "#,##0")
        return text if value is None else f"{text}%"

    def index(self, value: float | None) -> str:
        """A ratio with two decimals, such as CPI."""
        return self._number(value, "0.00")

    def day(self, value: date | None) -> str:
        """A day, such as 31 Mar 2026."""
        if value is None:
            return MISSING
        return str(format_date(value, "d MMM y", locale=self.locale))

    def instant(self, value: datetime | None) -> str:
        """An instant in the reporting zone, with the zone's name."""
        if value is None:
            return MISSING
        zone = ZoneInfo(self.zone)
        local = value.astimezone(zone)
        when = format_datetime(local, "d MMMM y, HH:mm", zone, self.locale)
        name = get_timezone_name(local, width="short", locale=self.locale)
        return f"{when} {name} ({self.zone})"

    def _number(self, value: float | None, pattern: str) -> str:
        if value is None:
            return MISSING
        return str(format_decimal(value, pattern, locale=self.locale))
