"""Statuses that activities can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class ActivityStatus(Record):
    """One status of activities."""

    name: str | None = None
    closed_flag: Boolean | None = about(
        "True when an activity in this status counts as closed."
    )
    default_flag: Boolean | None = about(
        "True for the status that a new activity gets."
    )
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    spawn_followup_flag: Boolean | None = about(
        "True when closing it starts the next activity."
    )
