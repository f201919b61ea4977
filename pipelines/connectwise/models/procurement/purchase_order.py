"""Purchase orders to vendors."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CompanyReference,
    ContactReference,
    CurrencyReference,
    IdentifiedReference,
    NamedReference,
    SiteReference,
    WarehouseReference,
)
from pipelines.connectwise.models.scalars import Amount, Boolean, Integer, Timestamp


class PurchaseOrder(Record):
    """One purchase order."""

    po_number: str | None = None
    po_date: Timestamp | None = about("Day of the order.")
    status: NamedReference | None = None
    closed_flag: Boolean | None = about(
        "True once all lines are received or cancelled."
    )
    date_closed: Timestamp | None = about("When it was closed, UTC.")
    closed_by: str | None = None
    cancel_reason: str | None = None
    vendor_company: CompanyReference | None = about("The company that is to deliver.")
    vendor_contact: ContactReference | None = None
    vendor_site: SiteReference | None = None
    vendor_order_number: str | None = None
    vendor_invoice_number: str | None = None
    vendor_invoice_date: Timestamp | None = about("Day of the vendor's invoice.")
    terms: NamedReference | None = None
    location: NamedReference | None = about("Location that orders.")
    location_id: Integer | None = None
    business_unit: NamedReference | None = about("Department that orders.")
    business_unit_id: Integer | None = about("Id of the department.")
    warehouse: WarehouseReference | None = None
    warehouse_contact: ContactReference | None = None
    sub_total: Amount | None = about("All lines before tax.")
    tax_code: NamedReference | None = None
    tax_po_flag: Boolean | None = None
    sales_tax: Amount | None = about("Sales tax.")
    tax_freight_flag: Boolean | None = None
    freight_tax_total: Amount | None = about("Tax on carriage.")
    freight_cost: Amount | None = about("Cost of carriage.")
    total: Amount | None = about("Amount including tax and carriage.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    shipment_method: NamedReference | None = None
    shipment_date: Timestamp | None = about("Day it leaves the vendor.")
    tracking_number: str | None = None
    freight_packing_slip: str | None = None
    shipping_instructions: str | None = None
    drop_ship_customer_flag: Boolean | None = about(
        "True when the vendor delivers to the customer."
    )
    customer_company: CompanyReference | None = about(
        "The customer, when delivered there."
    )
    customer_contact: ContactReference | None = None
    customer_site: SiteReference | None = None
    customer_name: str | None = None
    customer_site_name: str | None = None
    customer_street_line1: str | None = None
    customer_street_line2: str | None = None
    customer_city: str | None = None
    customer_state: str | None = None
    customer_zip: str | None = None
    customer_country: IdentifiedReference | None = None
    customer_phone: str | None = None
    customer_extension: str | None = None
    internal_notes: str | None = None
    entered_by: str | None = None
    update_shipment_info: Boolean | None = about("Accepted in writes.")
    update_vendor_order_number: Boolean | None = about("Accepted in writes.")
    custom_fields: list[CustomField] | None = None
