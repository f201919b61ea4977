"""Charge codes: what time without a ticket is booked on."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillOption
from pipelines.connectwise.models.references import (
    CompanyReference,
    IdentifiedReference,
    NamedReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer


class ChargeCode(Record):
    """One charge code."""

    name: str | None = None
    company: CompanyReference | None = about(
        "The company whose work this is; absent for internal work."
    )
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    expense_entry_flag: Boolean | None = about("True when expenses may be booked here.")
    allow_all_expense_type_flag: Boolean | None = None
    time_entry_flag: Boolean | None = about("True when time may be booked here.")
    work_type: WorkTypeReference | None = None
    work_role: NamedReference | None = None
    integration_xref: str | None = None
    expense_type_ids: list[Integer] | None = about(
        "Ids of the expense types that may be used."
    )
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
