"""Agreements: what is covered, for how much, and how it is billed."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import (
    AgreementStatus,
    ApplicationCycle,
    ApplicationUnits,
    BillOption,
    EmployeeCompNotExceed,
    EmployeeCompRate,
    YearCycle,
)
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    ContactReference,
    CurrencyReference,
    IdentifiedReference,
    NamedReference,
    SiteReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
    Timestamp,
)

PeriodType = Annotated[str, KnownValues("Current", "Future", "Both", "Undefined")]


class Agreement(Record):
    """One agreement."""

    name: str | None = None
    type: NamedReference | None = None
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    site: SiteReference | None = None
    sub_contract_company: CompanyReference | None = None
    sub_contract_contact: ContactReference | None = None
    parent_agreement: AgreementReference | None = about("The agreement above this one.")
    customer_po: str | None = about(
        "Number of the customer's purchase order.", alias="customerPO"
    )
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    restrict_location_flag: Boolean | None = None
    restrict_department_flag: Boolean | None = None
    start_date: Timestamp | None = about("First day of the agreement.")
    end_date: Timestamp | None = about("Last day; absent when there is no ending date.")
    no_ending_date_flag: Boolean | None = about(
        "True when the agreement runs until cancelled."
    )
    opportunity: NamedReference | None = None
    cancelled_flag: Boolean | None = about("True once cancelled.")
    date_cancelled: Timestamp | None = about("When the cancellation takes effect.")
    reason_cancelled: str | None = None
    sla: NamedReference | None = None
    work_order: str | None = None
    internal_notes: str | None = None
    application_units: ApplicationUnits | None = about(
        "What the agreement covers: money, hours or incidents."
    )
    application_limit: Double | None = about(
        "How much is covered per cycle, in application units."
    )
    application_cycle: ApplicationCycle | None = about(
        "The period after which the covered amount renews."
    )
    application_unlimited_flag: Boolean | None = about(
        "True when the cover has no limit."
    )
    one_time_flag: Boolean | None = None
    cover_agreement_time: Boolean | None = None
    cover_agreement_product: Boolean | None = None
    cover_agreement_expense: Boolean | None = None
    cover_sales_tax: Boolean | None = None
    carry_over_unused: Boolean | None = about(
        "True when unused cover moves to the next cycle."
    )
    allow_overruns: Boolean | None = about("True when more than the limit may be used.")
    expired_days: Integer | None = None
    limit: Integer | None = None
    expire_when_zero: Boolean | None = None
    charge_to_firm: Boolean | None = None
    employee_comp_rate: EmployeeCompRate | None = None
    employee_comp_not_exceed: EmployeeCompNotExceed | None = None
    comp_hourly_rate: Amount | None = None
    comp_limit_amount: Amount | None = None
    billing_cycle: NamedReference | None = about("How often the agreement is billed.")
    bill_one_time_flag: Boolean | None = None
    billing_terms: NamedReference | None = None
    invoicing_cycle: YearCycle | None = None
    bill_to_company: CompanyReference | None = None
    bill_to_contact: ContactReference | None = None
    bill_to_site: SiteReference | None = None
    bill_amount: Amount | None = about(
        "Amount billed per billing cycle, without additions."
    )
    taxable: Boolean | None = None
    prorate_first_bill: Amount | None = None
    bill_start_date: Timestamp | None = about("First day that is billed.")
    tax_code: NamedReference | None = None
    restrict_down_payment: Boolean | None = None
    prorate_flag: Boolean | None = None
    invoice_prorated_additions_flag: Boolean | None = None
    invoice_description: str | None = None
    top_comment: Boolean | None = None
    bottom_comment: Boolean | None = None
    work_role: NamedReference | None = None
    work_type: WorkTypeReference | None = None
    project_type: NamedReference | None = None
    invoice_template: NamedReference | None = None
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    bill_expenses: BillOption | None = about(
        "How expenses booked here are billed by default."
    )
    bill_products: BillOption | None = about(
        "How products sold here are billed by default."
    )
    billable_time_invoice: Boolean | None = None
    billable_expense_invoice: Boolean | None = None
    billable_product_invoice: Boolean | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    period_type: PeriodType | None = None
    auto_invoice_flag: Boolean | None = None
    bill_zero_amount_flag: Boolean | None = None
    next_invoice_date: Timestamp | None = about(
        "When the next invoice is due; sent as text."
    )
    company_location: NamedReference | None = None
    ship_to_company: CompanyReference | None = None
    ship_to_contact: ContactReference | None = None
    ship_to_site: SiteReference | None = None
    agreement_status: AgreementStatus | None = None
    custom_fields: list[CustomField] | None = None
