"""Sales orders."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CompanyReference,
    ContactReference,
    CurrencyReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
    SiteReference,
)
from pipelines.connectwise.models.scalars import Amount, Boolean, Integer, Timestamp


class SalesOrder(Record):
    """One sales order."""

    company: CompanyReference | None = None
    contact: ContactReference | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None
    site: SiteReference | None = None
    status: NamedReference | None = None
    opportunity: NamedReference | None = about("The opportunity that was won.")
    order_date: Timestamp | None = about("Day of the order.")
    due_date: Timestamp | None = about("Day it is due.")
    billing_terms: NamedReference | None = None
    tax_code: NamedReference | None = None
    po_number: str | None = about("Number of the customer's purchase order.")
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    sales_rep: MemberReference | None = about("The member who sold it.")
    notes: str | None = None
    bill_closed_flag: Boolean | None = about("True when it is billed once closed.")
    bill_shipped_flag: Boolean | None = about("True when it is billed once shipped.")
    restrict_downpayment_flag: Boolean | None = None
    description: str | None = None
    top_comment_flag: Boolean | None = None
    bottom_comment_flag: Boolean | None = None
    ship_to_company: CompanyReference | None = None
    ship_to_contact: ContactReference | None = None
    ship_to_site: SiteReference | None = None
    bill_to_company: CompanyReference | None = None
    bill_to_contact: ContactReference | None = None
    bill_to_site: SiteReference | None = None
    product_ids: list[Integer] | None = about("Ids of the products ordered.")
    document_ids: list[Integer] | None = about("Ids of the documents attached.")
    invoice_ids: list[Integer] | None = about(
        "Ids of the invoices that bill the order."
    )
    config_ids: list[Integer] | None = about("Ids of the configurations concerned.")
    total: Amount | None = about("Amount including tax.")
    tax_total: Amount | None = about("Sales tax.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    company_location: NamedReference | None = None
    sub_total: Amount | None = about("Amount before tax.")
    custom_fields: list[CustomField] | None = None
