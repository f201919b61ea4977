"""Types of projects."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class ProjectType(Record):
    """One project type."""

    name: str | None = None
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    integration_xref: str | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
