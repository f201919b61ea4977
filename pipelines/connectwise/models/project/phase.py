"""Phases of projects."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillingMethod, BillOption
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    ContactReference,
    CurrencyReference,
    NamedReference,
    SiteReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Hours,
    Integer,
    Timestamp,
)


class ProjectPhase(Record):
    """One phase of one project."""

    project_id: Integer | None = None
    description: str | None = None
    board: NamedReference | None = None
    status: NamedReference | None = None
    agreement: AgreementReference | None = None
    opportunity: NamedReference | None = None
    department: NamedReference | None = about("Department whose income this is.")
    parent_phase: NamedReference | None = about("The phase above, in a nested plan.")
    wbs_code: str | None = about("Place in the work breakdown, such as 1.2.")
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    bill_expenses: BillOption | None = about(
        "How expenses booked here are billed by default."
    )
    bill_products: BillOption | None = about(
        "How products sold here are billed by default."
    )
    mark_as_milestone_flag: Boolean | None = about(
        "True when the phase is a milestone."
    )
    notes: str | None = None
    deadline_date: Timestamp | None = about("Latest day for the phase.")
    bill_separately_flag: Boolean | None = None
    billing_method: BillingMethod | None = about("How the work is charged.")
    scheduled_hours: Hours | None = about("Hours put into the schedule.")
    scheduled_start: Timestamp | None = about("Start in the schedule; sent as text.")
    scheduled_end: Timestamp | None = about("End in the schedule; sent as text.")
    actual_hours: Hours | None = about("Hours booked on the phase.")
    actual_start: Timestamp | None = about("First day of work; sent as text.")
    actual_end: Timestamp | None = about("Last day of work; sent as text.")
    budget_hours: Hours | None = about("Hours planned.")
    start_date: Timestamp | None = about("Planned first day; sent as text.")
    end_date: Timestamp | None = about("Planned last day; sent as text.")
    location_id: Integer | None = None
    business_unit_id: Integer | None = None
    hourly_rate: Amount | None = about("Price of one hour.")
    billing_start_date: Timestamp | None = about("First day that may be billed.")
    bill_phase_closed_flag: Boolean | None = None
    bill_project_closed_flag: Boolean | None = None
    downpayment: Amount | None = about("Paid in advance by the customer.")
    po_number: str | None = None
    po_amount: Amount | None = about("Value of the customer's purchase order.")
    estimated_time_cost: Amount | None = about("Cost planned for time.")
    estimated_expense_cost: Amount | None = about("Cost planned for expenses.")
    estimated_product_cost: Amount | None = about("Cost planned for products.")
    estimated_time_revenue: Amount | None = about("Revenue planned for time.")
    estimated_expense_revenue: Amount | None = about("Revenue planned for expenses.")
    estimated_product_revenue: Amount | None = about("Revenue planned for products.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    bill_to_company: CompanyReference | None = None
    bill_to_contact: ContactReference | None = None
    bill_to_site: SiteReference | None = None
    ship_to_company: CompanyReference | None = None
    ship_to_contact: ContactReference | None = None
    ship_to_site: SiteReference | None = None
    billing_terms: NamedReference | None = None
    tax_code: NamedReference | None = None
    custom_fields: list[CustomField] | None = None
