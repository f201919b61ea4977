"""Notes of projects."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class ProjectNote(Record):
    """One note of one project."""

    project_id: Integer | None = None
    text: str | None = None
    type: NamedReference | None = None
    flagged: Boolean | None = about("True when marked for attention.")
