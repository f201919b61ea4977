"""Lists of holidays, which calendars refer to."""

from pipelines.connectwise.models.base import Record


class HolidayList(Record):
    """One holiday list."""

    name: str | None = None
