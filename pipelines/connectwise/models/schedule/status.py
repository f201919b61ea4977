"""Statuses of schedule entries."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class ScheduleStatus(Record):
    """One schedule status."""

    name: str | None = None
    default_flag: Boolean | None = None
    show_as_tentative_flag: Boolean | None = about(
        "True when the time is not yet firm."
    )
