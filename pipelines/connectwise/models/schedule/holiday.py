"""Days and hours on which the SLA clock stands still.

Days and times are text, local to the calendar that uses the list.
"""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean


class Holiday(Record):
    """One holiday of one list."""

    name: str | None = None
    date: str | None = about("The day; sent as text.")
    all_day_flag: Boolean | None = about(
        "True when the whole day is off; else from time_start to time_end."
    )
    time_start: str | None = about("Start as hh:mm:ss in the calendar's own zone.")
    time_end: str | None = about("End as hh:mm:ss in the calendar's own zone.")
    holiday_list: NamedReference | None = None
