"""Sites of companies: where the work is."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CompanyReference,
    IdentifiedReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean, Double


class CompanySite(Record):
    """One site of one company."""

    name: str | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state_reference: IdentifiedReference | None = None
    zip: str | None = None
    country: IdentifiedReference | None = None
    address_format: str | None = None
    phone_number: str | None = None
    phone_number_ext: str | None = None
    fax_number: str | None = None
    tax_code: NamedReference | None = None
    entity_type: NamedReference | None = None
    expense_reimbursement: Double | None = about(
        "Share of the expense rate that applies here."
    )
    primary_address_flag: Boolean | None = about("True for the company's main address.")
    default_shipping_flag: Boolean | None = None
    default_billing_flag: Boolean | None = None
    default_mailing_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    bill_separate_flag: Boolean | None = about(
        "True when the site gets invoices of its own."
    )
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    calendar: NamedReference | None = about("Opening hours of the site.")
    time_zone: NamedReference | None = about(
        "The site's own zone, by the tenant's name of it."
    )
    company: CompanyReference | None = None
    territory: NamedReference | None = about("Location that looks after the site.")
    invoice_template: NamedReference | None = None
    custom_fields: list[CustomField] | None = None
