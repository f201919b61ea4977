"""Invoices: heads and totals.

The API gives no lines: time, expenses and products point to their invoice.
"""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    BillingStatusReference,
    CodedReference,
    CompanyReference,
    CurrencyReference,
    NamedReference,
    SiteReference,
    TicketReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Integer,
    KnownValues,
    Timestamp,
)

InvoiceType = Annotated[
    str,
    KnownValues(
        "Agreement",
        "CreditMemo",
        "DownPayment",
        "Miscellaneous",
        "Progress",
        "Standard",
        "Consolidated",
    ),
]
ApplyToType = Annotated[
    str,
    KnownValues("All", "Agreement", "Project", "ProjectPhase", "SalesOrder", "Ticket"),
]


class Invoice(Record):
    """One invoice."""

    invoice_number: str | None = None
    type: InvoiceType | None = about("Kind of invoice.")
    status: BillingStatusReference | None = None
    company: CompanyReference | None = None
    bill_to_company: CompanyReference | None = None
    ship_to_company: CompanyReference | None = None
    account_number: str | None = None
    apply_to_type: ApplyToType | None = about("Kind of record the invoice bills.")
    apply_to_id: Integer | None = about("Id of the record the invoice bills.")
    attention: str | None = None
    ship_to_attention: str | None = None
    billing_site: SiteReference | None = None
    billing_site_address_line1: str | None = None
    billing_site_address_line2: str | None = None
    billing_site_city: str | None = None
    billing_site_state: str | None = None
    billing_site_zip: str | None = None
    billing_site_country: str | None = None
    shipping_site: SiteReference | None = None
    shipping_site_address_line1: str | None = None
    shipping_site_address_line2: str | None = None
    shipping_site_city: str | None = None
    shipping_site_state: str | None = None
    shipping_site_zip: str | None = None
    shipping_site_country: str | None = None
    billing_terms: NamedReference | None = None
    reference: str | None = None
    customer_po: str | None = about(
        "Number of the customer's purchase order.", alias="customerPO"
    )
    template_setup_id: Integer | None = None
    invoice_template: NamedReference | None = None
    email_template_id: Integer | None = None
    add_to_batch_email_list: Boolean | None = None
    date: Timestamp | None = about("Day of the invoice.")
    restrict_downpayment_flag: Boolean | None = None
    location_id: Integer | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department_id: Integer | None = None
    department: NamedReference | None = about("Department whose income this is.")
    territory_id: Integer | None = None
    territory: NamedReference | None = None
    top_comment: str | None = None
    bottom_comment: str | None = None
    taxable_flag: Boolean | None = about("True when sales tax applies.")
    tax_code: NamedReference | None = None
    internal_notes: str | None = None
    downpayment_previously_taxed_flag: Boolean | None = None
    service_total: Amount | None = about("Time before tax.")
    override_down_payment_amount_flag: Boolean | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    due_date: Timestamp | None = about("Day the payment is due.")
    expense_total: Amount | None = about("Expenses before tax.")
    product_total: Amount | None = about("Products before tax.")
    previous_progress_applied: Amount | None = about(
        "Earlier progress invoices deducted here."
    )
    service_adjustment_amount: Amount | None = about("Correction of the service total.")
    agreement_amount: Amount | None = about("Agreement amount before tax.")
    downpayment_applied: Amount | None = about("Down payment used on this invoice.")
    subtotal: Amount | None = about("All parts before tax.")
    total: Amount | None = about("Amount due including tax.")
    remaining_downpayment: Amount | None = about(
        "Down payment left after this invoice."
    )
    sales_tax: Amount | None = about("Sales tax.")
    adjustment_reason: str | None = None
    adjusted_by: str | None = None
    closed_by: str | None = None
    payments: Amount | None = about("Paid so far.")
    credits: Amount | None = about("Credited so far.")
    balance: Amount | None = about("Still open.")
    special_invoice_flag: Boolean | None = None
    billing_setup_reference: NamedReference | None = None
    ticket: TicketReference | None = None
    project: NamedReference | None = None
    phase: NamedReference | None = None
    sales_order: CodedReference | None = None
    agreement: AgreementReference | None = None
    gl_batch: NamedReference | None = None
    unbatched_batch: NamedReference | None = None
    custom_fields: list[CustomField] | None = None
