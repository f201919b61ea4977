"""Types of opportunities."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class OpportunityType(Record):
    """One opportunity type."""

    description: str | None = about("The type by name.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
