"""Opportunities: sales that may come."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CompanyReference,
    ContactReference,
    CurrencyReference,
    MemberReference,
    NamedReference,
    SiteReference,
)
from pipelines.connectwise.models.scalars import Amount, Integer, Timestamp


class Opportunity(Record):
    """One opportunity."""

    name: str | None = None
    expected_close_date: Timestamp | None = about("Day the sale is expected.")
    type: NamedReference | None = None
    stage: NamedReference | None = None
    status: NamedReference | None = None
    priority: NamedReference | None = None
    notes: str | None = None
    probability: NamedReference | None = None
    source: str | None = None
    rating: NamedReference | None = None
    campaign: NamedReference | None = None
    primary_sales_rep: MemberReference | None = None
    secondary_sales_rep: MemberReference | None = None
    location_id: Integer | None = None
    business_unit_id: Integer | None = None
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    site: SiteReference | None = None
    customer_po: str | None = about(
        "Number of the customer's purchase order.", alias="customerPO"
    )
    pipeline_change_date: Timestamp | None = about("When the stage last changed.")
    date_became_lead: Timestamp | None = about("Day the lead was recorded.")
    closed_date: Timestamp | None = about("When it was won or lost.")
    closed_by: MemberReference | None = None
    total_sales_tax: Amount | None = about("Sales tax on the forecast.")
    ship_to_company: CompanyReference | None = None
    ship_to_contact: ContactReference | None = None
    ship_to_site: SiteReference | None = None
    bill_to_company: CompanyReference | None = None
    bill_to_contact: ContactReference | None = None
    bill_to_site: SiteReference | None = None
    billing_terms: NamedReference | None = None
    tax_code: NamedReference | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    company_location_id: Integer | None = None
    technical_contact: ContactReference | None = None
    custom_fields: list[CustomField] | None = None
