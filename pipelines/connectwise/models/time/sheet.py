"""Time sheets: one member's hours of one period, for approval."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import ApprovalStatus
from pipelines.connectwise.models.references import MemberReference
from pipelines.connectwise.models.scalars import Hours, Integer


class TimeSheet(Record):
    """One time sheet of one member."""

    member: MemberReference | None = None
    year: Integer | None = about("Year of the period.")
    period: Integer | None = about("Number of the period in its year.")
    date_start: str | None = about("First day of the period; sent as text.")
    date_end: str | None = about("Last day of the period; sent as text.")
    status: ApprovalStatus | None = about(
        "Where the sheet stands on its way to approval."
    )
    hours: Hours | None = about("Hours entered.")
    deadline: str | None = about("Last day to hand it in; sent as text.")
