"""Members who work on a project, with their planned hours."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    CodedReference,
    MemberReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Hours, Integer, Timestamp


class ProjectTeamMember(Record):
    """One member in the team of one project."""

    project_id: Integer | None = None
    member: MemberReference | None = None
    project_role: CodedReference | None = None
    work_role: NamedReference | None = None
    hours: Hours | None = about("Hours planned for the member.")
    start_date: Timestamp | None = about("First planned day.")
    end_date: Timestamp | None = about("Last planned day.")
