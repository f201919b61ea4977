"""Calendars: opening hours by weekday.

Times are text such as 08:00:00 and local to the calendar; a closed day has none.
"""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference


class Calendar(Record):
    """One calendar."""

    friday_end_time: str | None = None
    friday_start_time: str | None = None
    holiday_list: NamedReference | None = about("Days on which the clock stands still.")
    monday_end_time: str | None = None
    monday_start_time: str | None = about(
        "Opening as hh:mm:ss in the calendar's own zone."
    )
    name: str | None = None
    saturday_end_time: str | None = None
    saturday_start_time: str | None = None
    sunday_end_time: str | None = None
    sunday_start_time: str | None = None
    thursday_end_time: str | None = None
    thursday_start_time: str | None = None
    tuesday_end_time: str | None = None
    tuesday_start_time: str | None = None
    wednesday_end_time: str | None = None
    wednesday_start_time: str | None = None
