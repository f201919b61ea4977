"""Time entries: the work that was done, for whom, and what becomes of it."""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import Record, RecordInfo, about
from pipelines.connectwise.models.choices import ApprovalStatus, BillOption
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    InvoiceReference,
    MemberReference,
    NamedReference,
    TicketReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Hours,
    Integer,
    KnownValues,
    Timestamp,
)

ChargeToType = Annotated[
    str,
    KnownValues("Company", "ServiceTicket", "ProjectTicket", "ChargeCode", "Activity"),
]


class TimeEntryInfo(RecordInfo):
    """Where a time entry comes from, and the record it is booked on."""

    charge_to_mobile_guid: str | None = None


class TimeEntry(Record):
    """One time entry."""

    info: TimeEntryInfo | None = Field(default=None, alias="_info")
    company: CompanyReference | None = None
    company_type: str | None = None
    charge_to_id: Integer | None = about(
        "Id of what the time is booked on, of the kind in charge_to_type."
    )
    charge_to_type: ChargeToType | None = about("Kind of record the time is booked on.")
    member: MemberReference | None = None
    location_id: Integer | None = None
    business_unit_id: Integer | None = None
    business_group_desc: str | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department: NamedReference | None = about("Department whose income this is.")
    work_type: WorkTypeReference | None = about(
        "What kind of work; utilization_flag says whether it counts."
    )
    work_role: NamedReference | None = None
    agreement: AgreementReference | None = None
    agreement_type: str | None = None
    activity: NamedReference | None = None
    opportunity_recid: Integer | None = None
    project_activity: str | None = None
    territory: str | None = None
    time_start: Timestamp | None = about(
        "Start of the work, UTC; midnight when only the day is known."
    )
    time_end: Timestamp | None = about(
        "End of the work, UTC; dirty data may put it before the start."
    )
    hours_deduct: Hours | None = about("Hours taken off, such as a break.")
    actual_hours: Hours | None = about("Hours worked after deduction.")
    billable_option: BillOption | None = about("Whether and how the entry is billed.")
    notes: str | None = about("Notes that may reach the invoice.")
    internal_notes: str | None = about("Notes the customer never sees.")
    add_to_detail_description_flag: Boolean | None = None
    add_to_internal_analysis_flag: Boolean | None = None
    add_to_resolution_flag: Boolean | None = None
    email_resource_flag: Boolean | None = None
    email_contact_flag: Boolean | None = None
    email_cc_flag: Boolean | None = None
    email_cc: str | None = None
    hours_billed: Hours | None = about("Hours to be billed.")
    invoice_hours: Hours | None = about("Hours that count on the invoice.")
    hourly_cost: str | None = about("Cost of one hour, as text in the API.")
    entered_by: str | None = about("Identifier of the member who entered the time.")
    date_entered: Timestamp | None = about("When the entry was made, UTC; never moves.")
    invoice: InvoiceReference | None = about(
        "The invoice that bills the entry; absent while unbilled."
    )
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    hourly_rate: Amount | None = about("Price of one hour.")
    overage_rate: Amount | None = about("Price of one hour beyond the agreement.")
    agreement_hours: Hours | None = about("Hours covered by the agreement.")
    agreement_amount: Amount | None = about("Amount covered by the agreement.")
    agreement_adjustment: Double | None = None
    adjustment: Double | None = None
    invoice_ready: Integer | None = about("Marks entries ready to be invoiced.")
    time_sheet: NamedReference | None = about("The member's sheet of the period.")
    status: ApprovalStatus | None = about(
        "Where the entry stands on its way from entry to invoice."
    )
    ticket: TicketReference | None = None
    project: NamedReference | None = None
    phase: NamedReference | None = None
    ticket_board: str | None = about("Board of the ticket, by name.")
    ticket_status: str | None = about("Status of the ticket, by name.")
    ticket_type: str | None = about("Type of the ticket, by name.")
    ticket_sub_type: str | None = None
    invoice_flag: Boolean | None = None
    extended_invoice_amount: Amount | None = about(
        "Amount of the entry on its invoice."
    )
    location_name: str | None = None
    tax_code: NamedReference | None = None
    custom_fields: list[CustomField] | None = None
