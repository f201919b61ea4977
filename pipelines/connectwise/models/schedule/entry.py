"""Schedule entries: who is to work on what, and when."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    CodedReference,
    MemberReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean, Hours, Integer, Timestamp


class ScheduleEntry(Record):
    """One schedule entry."""

    object_id: Integer | None = about("Id of what is scheduled, of the kind in type.")
    name: str | None = None
    member: MemberReference | None = about("Who is scheduled; may be absent.")
    where: NamedReference | None = None
    date_start: Timestamp | None = about(
        "Start, UTC; midnight when only the day is known."
    )
    date_end: Timestamp | None = about("End, UTC; midnight when only the day is known.")
    reminder: NamedReference | None = None
    status: NamedReference | None = None
    type: CodedReference | None = about(
        "Kind of record: S service, C activity, O opportunity, …"
    )
    span: CodedReference | None = None
    done_flag: Boolean | None = about("True once the work is done.")
    acknowledged_flag: Boolean | None = about("True once the member has seen it.")
    owner_flag: Boolean | None = about("True when the member owns the record.")
    meeting_flag: Boolean | None = None
    ticket_type: str | None = None
    allow_schedule_conflicts_flag: Boolean | None = None
    add_member_to_project_flag: Boolean | None = None
    project_role_id: Integer | None = None
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    acknowledged_date: Timestamp | None = about("When the member saw it, UTC.")
    close_date: Timestamp | None = about("When the entry was closed, UTC.")
    notify_resource: Boolean | None = None
    notification_sent: Boolean | None = None
    notification_response: str | None = None
    hours: Hours | None = about("Hours planned.")
    start_time_set: Boolean | None = None
    end_time_set: Boolean | None = None
