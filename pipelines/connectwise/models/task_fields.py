"""What the tasks of service tickets and of project tickets have in common."""

from pipelines.connectwise.models.base import ApiObject, about
from pipelines.connectwise.models.choices import ChildScheduleAction
from pipelines.connectwise.models.references import (
    MemberReference,
    NamedReference,
    ScheduleEntryReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer


class TaskFields(ApiObject):
    """One line of a ticket's check list, wherever it is sent."""

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
