"""Companies: customers, prospects, vendors, and the MSP itself."""

from pydantic import Field

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


class Company(Record):
    """One company."""

    identifier: str | None = about("Short unique name, used in conditions and imports.")
    name: str | None = None
    status: NamedReference | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: IdentifiedReference | None = None
    phone_number: str | None = None
    fax_number: str | None = None
    website: str | None = None
    territory: NamedReference | None = about(
        "The location that looks after the company."
    )
    market: NamedReference | None = None
    account_number: str | None = None
    default_contact: ContactReference | None = None
    date_acquired: Timestamp | None = about("When the company became a customer.")
    sic_code: NamedReference | None = None
    parent_company: CompanyReference | None = None
    annual_revenue: Amount | None = about("The company's own yearly revenue.")
    credit_limit: Amount | None = about("Largest debt allowed.")
    additional_debt: Amount | None = about("Debt known outside the invoices.")
    number_of_employees: Integer | None = None
    year_established: Integer | None = None
    revenue_year: Integer | None = None
    ownership_type: NamedReference | None = None
    time_zone_setup: NamedReference | None = None
    lead_source: str | None = None
    lead_flag: Boolean | None = about("True while the company is only a lead.")
    unsubscribe_flag: Boolean | None = None
    calendar: NamedReference | None = None
    user_defined_field1: str | None = None
    user_defined_field2: str | None = None
    user_defined_field3: str | None = None
    user_defined_field4: str | None = None
    user_defined_field5: str | None = None
    user_defined_field6: str | None = None
    user_defined_field7: str | None = None
    user_defined_field8: str | None = None
    user_defined_field9: str | None = None
    user_defined_field10: str | None = None
    vendor_identifier: str | None = None
    tax_identifier: str | None = None
    tax_code: NamedReference | None = None
    billing_terms: NamedReference | None = None
    invoice_template: NamedReference | None = None
    pricing_schedule: NamedReference | None = None
    company_entity_type: NamedReference | None = None
    bill_to_company: CompanyReference | None = about(
        "Who pays, when another company does."
    )
    billing_site: SiteReference | None = None
    billing_contact: ContactReference | None = None
    invoice_delivery_method: NamedReference | None = None
    email_template: NamedReference | None = None
    invoice_to_email_address: str | None = None
    invoice_cc_email_address: str | None = Field(
        default=None, alias="invoiceCCEmailAddress"
    )
    deleted_flag: Boolean | None = about(
        "True once deleted: companies are deleted softly."
    )
    date_deleted: Timestamp | None = about("When it was deleted, UTC.")
    deleted_by: str | None = about("Identifier of the member who deleted it.")
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    facebook_url: str | None = None
    twitter_url: str | None = None
    linked_in_url: str | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    territory_manager: MemberReference | None = None
    reseller_identifier: str | None = None
    is_vendor_flag: Boolean | None = None
    types: list[NamedReference] | None = about(
        "What the company is: customer, prospect, vendor and so on."
    )
    site: SiteReference | None = about("The main site.")
    integrator_tags: list[str] | None = None
    custom_fields: list[CustomField] | None = None
