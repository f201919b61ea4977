"""Tasks of project tickets.

The list ``tasks`` of a project ticket says the same.
"""

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.models.task_fields import TaskFields


class ProjectTicketTask(TaskFields, Record):
    """One task of one project ticket."""
