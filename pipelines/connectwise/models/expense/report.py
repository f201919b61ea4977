"""Expense reports: one member's expenses of one period, for approval."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import ApprovalStatus
from pipelines.connectwise.models.references import MemberReference
from pipelines.connectwise.models.scalars import Amount, Integer


class ExpenseReport(Record):
    """One expense report of one member."""

    member: MemberReference | None = None
    year: Integer | None = about("Year of the period.")
    period: Integer | None = about("Number of the period in its year.")
    date_start: str | None = about("First day of the period; sent as text.")
    date_end: str | None = about("Last day of the period; sent as text.")
    due_date: str | None = about("Last day to hand it in; sent as text.")
    status: ApprovalStatus | None = about(
        "Where the report stands on its way to approval."
    )
    total: Amount | None = about("Sum of its expenses.")
