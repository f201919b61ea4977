"""Project tickets: planned work and issues inside a phase."""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import ApiObject, RecordInfo, about
from pipelines.connectwise.models.references import (
    MemberReference,
    NamedReference,
    ScheduleEntryReference,
)
from pipelines.connectwise.models.scalars import (
    Boolean,
    Integer,
    KnownValues,
    Timestamp,
)
from pipelines.connectwise.models.ticket_fields import TicketFields

ChildScheduleAction = Annotated[str, KnownValues("Transfer", "Delete", "Done")]


class TicketTask(ApiObject):
    """One line of a ticket's check list."""

    id: Integer | None = None
    ticket_id: Integer | None = None
    notes: str | None = None
    closed_flag: Boolean | None = about("True once ticked off.")
    priority: Integer | None = about("Place in the list.")
    schedule: ScheduleEntryReference | None = None
    code: NamedReference | None = None
    member: MemberReference | None = None
    resolution: str | None = None
    summary: str | None = None
    child_schedule_action: ChildScheduleAction | None = about(
        "What happens to the schedule of the child ticket."
    )
    child_ticket_id: Integer | None = None
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
