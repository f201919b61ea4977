"""Statuses that phases of projects can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import IdentifiedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class PhaseStatus(Record):
    """One status of phases."""

    name: str | None = None
    closed_flag: Boolean | None = about(
        "True when a phase in this status counts as closed."
    )
    default_flag: Boolean | None = about("True for the status that a new phase gets.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    collapsed_flag: Boolean | None = None
    status_indicator: IdentifiedReference | None = None
    custom_status_indicator_name: str | None = None
    board_association_ids: list[Integer] | None = about(
        "Ids of the boards that use the status."
    )
