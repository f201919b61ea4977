"""Project tickets: planned work and issues inside a phase."""

from pydantic import Field

from pipelines.connectwise.models.base import RecordInfo, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer, Timestamp
from pipelines.connectwise.models.task_fields import TaskFields
from pipelines.connectwise.models.ticket_fields import TicketFields


class TicketTask(TaskFields):
    """One line of a ticket's check list, as the ticket carries it."""

    id: Integer | None = None
    info: RecordInfo | None = Field(default=None, alias="_info")


class ProjectTicket(TicketFields):
    """One project ticket or issue."""

    is_issue_flag: Boolean | None = about(
        "True for an issue, false for a planned piece of work."
    )
    project: NamedReference | None = None
    phase: NamedReference | None = about(
        "The phase it belongs to: the only link to phases."
    )
    wbs_code: str | None = about("Place in the work breakdown, such as 1.2.")
    schedule_start_date: Timestamp | None = about("Start in the project plan, UTC.")
    schedule_end_date: Timestamp | None = about("End in the project plan, UTC.")
    tasks: list[TicketTask] | None = about("The check list of the ticket.")
