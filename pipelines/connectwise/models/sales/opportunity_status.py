"""Statuses that opportunities can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Timestamp


class OpportunityStatus(Record):
    """One status of opportunities."""

    name: str | None = None
    won_flag: Boolean | None = about("True when the sale is won.")
    lost_flag: Boolean | None = about("True when the sale is lost.")
    closed_flag: Boolean | None = about("True when the opportunity counts as closed.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    default_flag: Boolean | None = about(
        "True for the status that a new opportunity gets."
    )
    entered_by: str | None = about("Identifier of the member who set it up.")
    date_entered: Timestamp | None = about("When the status was set up, UTC.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
