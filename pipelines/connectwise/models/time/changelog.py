"""The change log of time entries, where the tenant grants it.

What it holds, and for how long, the vendor documents nowhere: optional evidence only.
The path has a DELETE verb too, which would take rows from their reader: never used.
"""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    InvoiceReference,
    MemberReference,
    NamedReference,
    TicketReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import Amount, Boolean, Double, Hours, Integer


class TimeChangelog(Record):
    """One change of one time entry, with the entry as it then was."""

    action: str | None = about("What was done.")
    time_rec_id: Integer | None = about("Id of the time entry.")
    member: MemberReference | None = None
    member_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    member_daily_capacity: Hours | None = None
    company: CompanyReference | None = None
    company_name: str | None = None
    company_type: str | None = None
    company_and_agreement: str | None = None
    territory: str | None = None
    location_name: str | None = None
    business_group: str | None = None
    charge_to: str | None = None
    charge_to_type: str | None = None
    charge_to_rec_id: Integer | None = about("Id of what the time is booked on.")
    charge_code: str | None = None
    ticket: TicketReference | None = None
    service_request_summary: str | None = None
    service_request_status: str | None = None
    ticket_current_board: str | None = None
    ticket_type: str | None = None
    ticket_subtype: str | None = None
    project: NamedReference | None = None
    project_name: str | None = None
    phase: NamedReference | None = None
    project_phase: str | None = None
    project_activity: str | None = None
    activity: NamedReference | None = None
    activity_subject: str | None = None
    opportunity_rec_id: Integer | None = None
    work_type: WorkTypeReference | None = None
    work_role: NamedReference | None = None
    utilization_flag: Boolean | None = None
    date_start: str | None = None
    time_start: str | None = None
    time_end: str | None = None
    time_start_utc: str | None = about("Start of the work, UTC; sent as text.")
    time_end_utc: str | None = about("End of the work, UTC; sent as text.")
    time_status: str | None = None
    hours_actual: Hours | None = about("Hours worked after deduction.")
    actual_utilized_hrs: Hours | None = None
    billable_option: str | None = None
    billable_flag: Boolean | None = None
    billable_hours: Hours | None = about("Hours that are billed.")
    billable_utilized_hours: Hours | None = None
    billable_amount: Amount | None = None
    non_billable_hrs: Hours | None = None
    non_billable_amt: Amount | None = None
    hourly_rate: Amount | None = about("Price of one hour.")
    hourly_cost: str | None = about("Cost of one hour, as text in the API.")
    hourly_cost_decimal: Amount | None = about("Cost of one hour, as a number.")
    agreement: AgreementReference | None = None
    agreement_type: str | None = None
    agreement_hours_covered: Hours | None = about("Hours covered by the agreement.")
    agreement_amount_covered: Amount | None = about("Amount covered by the agreement.")
    agreement_adjustment_total: Double | None = None
    agreement_adjustment_firm: Double | None = None
    invoice: InvoiceReference | None = None
    invoice_number: str | None = None
    date_invoice: str | None = None
    invoice_flag: Boolean | None = None
    invoice_ready: Boolean | None = None
    invoicedhours: Hours | None = None
    invoice_adjustment_total: Double | None = None
    invoice_adjustment_firm: Double | None = None
    billing_status: str | None = None
    notes: str | None = None
    internal_note: str | None = None
    option_id: str | None = None
    processing_status: str | None = about("How far the vendor's own readers are.")
    partner_id: str | None = None
    product_instance_id: str | None = None
