"""Sources of tickets: how a request came in."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Timestamp


class Source(Record):
    """One source."""

    name: str | None = None
    default_flag: Boolean | None = about("True for the source that a new ticket gets.")
    entered_by: str | None = about("Identifier of the member who set it up.")
    date_entered: Timestamp | None = about("When the source was set up, UTC.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
