"""Tasks of service tickets."""

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.models.task_fields import TaskFields


class ServiceTicketTask(TaskFields, Record):
    """One task of one service ticket."""
