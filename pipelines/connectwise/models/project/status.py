"""Statuses that projects can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import IdentifiedReference
from pipelines.connectwise.models.scalars import Boolean


class ProjectStatus(Record):
    """One status of projects."""

    name: str | None = None
    default_flag: Boolean | None = about("True for the status that a new project gets.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    no_time_flag: Boolean | None = about(
        "True when no time may be booked in this status."
    )
    closed_flag: Boolean | None = about(
        "True when a project in this status counts as closed."
    )
    status_indicator: IdentifiedReference | None = None
    custom_status_indicator_name: str | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
