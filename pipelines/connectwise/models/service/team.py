"""Service teams across all boards."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    IdentifiedReference,
    MemberReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean


class ServiceTeam(Record):
    """One service team."""

    name: str | None = None
    leader: MemberReference | None = about("The member who leads the team.")
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    delete_notify_flag: Boolean | None = None
