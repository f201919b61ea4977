"""Projects."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillingMethod, BillOption
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    ContactReference,
    CurrencyReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
    SiteReference,
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

BillingRateType = Annotated[str, KnownValues("StaffMember", "WorkRole")]
BudgetAnalysis = Annotated[str, KnownValues("ActualHours", "BillableHours")]


class Project(Record):
    """One project."""

    actual_end: Timestamp | None = about("When work ended.")
    actual_hours: Hours | None = about("Hours booked on the project.")
    actual_start: Timestamp | None = about("When work began.")
    agreement: AgreementReference | None = None
    bill_expenses: BillOption | None = about(
        "How expenses booked here are billed by default."
    )
    billing_amount: Amount | None = about(
        "The agreed amount, where the billing method has one."
    )
    billing_attention: str | None = None
    billing_method: BillingMethod | None = about("How the work is charged.")
    billing_rate_type: BillingRateType | None = None
    billing_terms: NamedReference | None = None
    bill_products: BillOption | None = about(
        "How products sold here are billed by default."
    )
    bill_project_after_closed_flag: Boolean | None = None
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    bill_to_company: CompanyReference | None = None
    bill_to_contact: ContactReference | None = None
    bill_to_site: SiteReference | None = None
    bill_unapproved_time_and_expense: Boolean | None = None
    board: NamedReference | None = None
    budget_analysis: BudgetAnalysis | None = None
    budget_flag: Boolean | None = None
    budget_hours: Hours | None = about("Hours planned.")
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    customer_po: str | None = about(
        "Number of the customer's purchase order.", alias="customerPO"
    )
    description: str | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    downpayment: Amount | None = about("Paid in advance by the customer.")
    estimated_end: Timestamp | None = about("Planned last day.")
    percent_complete: Double | None = about(
        "Progress as the API gives it; a share or a percentage."
    )
    estimated_expense_revenue: Amount | None = about("Revenue planned for expenses.")
    estimated_hours: Hours | None = about("Hours estimated.")
    estimated_product_revenue: Amount | None = about("Revenue planned for products.")
    estimated_start: Timestamp | None = about("Planned first day.")
    estimated_time_revenue: Amount | None = about("Revenue planned for time.")
    expense_approver: MemberReference | None = None
    include_dependencies_flag: Boolean | None = None
    include_estimates_flag: Boolean | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    manager: MemberReference | None = about("The member who leads the project.")
    name: str | None = None
    opportunity: NamedReference | None = None
    project_template_id: Integer | None = None
    restrict_down_payment_flag: Boolean | None = None
    scheduled_end: Timestamp | None = about("Last day in the schedule.")
    scheduled_hours: Hours | None = about("Hours put into the schedule.")
    scheduled_start: Timestamp | None = about("First day in the schedule.")
    ship_to_company: CompanyReference | None = None
    ship_to_contact: ContactReference | None = None
    ship_to_site: SiteReference | None = None
    site: SiteReference | None = None
    status: NamedReference | None = None
    closed_flag: Boolean | None = about("True once the status counts as closed.")
    time_approver: MemberReference | None = None
    type: NamedReference | None = None
    do_not_display_in_portal_flag: Boolean | None = None
    billing_start_date: Timestamp | None = about("First day that may be billed.")
    po_amount: Amount | None = about("Value of the customer's purchase order.")
    estimated_time_cost: Amount | None = about("Cost planned for time.")
    estimated_expense_cost: Amount | None = about("Cost planned for expenses.")
    estimated_product_cost: Amount | None = about("Cost planned for products.")
    tax_code: NamedReference | None = None
    company_location: NamedReference | None = None
    override_percent_complete: Boolean | None = None
    show_override_percent_flag: Boolean | None = None
    custom_fields: list[CustomField] | None = None
