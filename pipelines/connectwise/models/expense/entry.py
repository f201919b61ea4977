"""Expenses of members."""

from typing import Annotated

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.choices import ApprovalStatus, BillOption
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    CurrencyReference,
    InvoiceReference,
    MemberReference,
    NamedReference,
    TicketReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Double,
    Integer,
    KnownValues,
    Timestamp,
)

ExpenseChargeToType = Annotated[
    str,
    KnownValues("ServiceTicket", "ProjectTicket", "ChargeCode", "Activity"),
]


class ExpenseTax(ApiObject):
    """One tax contained in an expense."""

    id: Integer | None = None
    type: NamedReference | None = None
    amount: Amount | None = about("Tax in the currency of the expense.")


class ExpenseEntry(Record):
    """One expense."""

    expense_report: NamedReference | None = None
    company: CompanyReference | None = None
    charge_to_id: Integer | None = about(
        "Id of what the expense is booked on, of the kind in charge_to_type."
    )
    charge_to_type: ExpenseChargeToType | None = about(
        "Kind of record the expense is booked on."
    )
    type: NamedReference | None = None
    member: MemberReference | None = None
    payment_method: NamedReference | None = about("Who paid, by name of the method.")
    classification: NamedReference | None = None
    amount: Amount | None = about("What the member paid.")
    billable_option: BillOption | None = about("Whether and how the expense is billed.")
    date: Timestamp | None = about("Day of the expense.")
    location_id: Integer | None = None
    business_unit_id: Integer | None = about("Id of the department.")
    notes: str | None = None
    agreement: AgreementReference | None = None
    invoice_amount: Amount | None = about("Amount of the expense on its invoice.")
    bill_amount: Amount | None = about("Amount to be billed.")
    agreement_amount: Amount | None = about("Amount covered by the agreement.")
    odometer_start: Double | None = None
    odometer_end: Double | None = None
    status: ApprovalStatus | None = about(
        "Where the expense stands on its way from entry to invoice."
    )
    invoice: InvoiceReference | None = about(
        "The invoice that bills the expense; absent while unbilled."
    )
    ticket: TicketReference | None = None
    project: NamedReference | None = None
    phase: NamedReference | None = None
    taxes: list[ExpenseTax] | None = about("Taxes contained in the amount.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    custom_fields: list[CustomField] | None = None
