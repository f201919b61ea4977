"""Products: what was sold on tickets, projects, orders and opportunities."""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.choices import BillDecision, ProductClass, YearCycle
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CodedReference,
    CompanyReference,
    IdentifiedReference,
    InvoiceGroupingReference,
    InvoiceReference,
    NamedReference,
    TicketReference,
    WarehouseReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
    Timestamp,
)

PriceMethod = Annotated[
    str,
    KnownValues(
        "FlatRateForRange",
        "PercentMarkupFromCost",
        "PercentMarkdownFromPrice",
        "PricePerUnit",
    ),
]


class RecurringBilling(ApiObject):
    """How a product is billed again and again."""

    recurring_revenue: Amount | None = about("Price in each cycle.")
    recurring_cost: Amount | None = about("Cost in each cycle.")
    start_date: str | None = about("First day; sent as text.")
    end_date: str | None = about("Last day; sent as text.")
    bill_cycle_id: Integer | None = None
    bill_cycle: NamedReference | None = about("How often it is billed.")
    cycles: Integer | None = about("Number of cycles.")
    cycle_type: YearCycle | None = None
    agreement_type: NamedReference | None = None


class Product(Record):
    """One line of sold products."""

    catalog_item: IdentifiedReference | None = about(
        "The catalogue item that was sold."
    )
    description: str | None = None
    sequence_number: Double | None = None
    quantity: Double | None = about("Units sold.")
    unit_of_measure: NamedReference | None = None
    price: Amount | None = about("Price of one unit.")
    cost: Amount | None = about("Cost of one unit.")
    ext_price: Amount | None = about("Price of all units, as the API computes it.")
    ext_cost: Amount | None = about("Cost of all units, as the API computes it.")
    discount: Amount | None = about("Taken off the price.")
    margin: Amount | None = about("Price less cost, as the API computes it.")
    agreement_amount: Amount | None = about("Amount covered by the agreement.")
    price_method: PriceMethod | None = about("How the price depends on the quantity.")
    billable_option: BillDecision | None = about("Whether and how it is billed.")
    agreement: AgreementReference | None = None
    location_id: Integer | None = None
    location: NamedReference | None = about("Location whose income this is.")
    business_unit_id: Integer | None = about("Id of the department.")
    business_unit: NamedReference | None = about("Department whose income this is.")
    vendor: CompanyReference | None = None
    vendor_sku: str | None = None
    taxable_flag: Boolean | None = about("True when sales tax applies.")
    dropship_flag: Boolean | None = None
    special_order_flag: Boolean | None = None
    phase_product_flag: Boolean | None = None
    cancelled_flag: Boolean | None = about("True once cancelled as a whole.")
    quantity_cancelled: Double | None = about("Units cancelled.")
    cancelled_reason: str | None = None
    customer_description: str | None = None
    internal_notes: str | None = None
    product_supplied_flag: Boolean | None = about("True when the customer supplies it.")
    sub_contractor_ship_to_id: Integer | None = None
    sub_contractor_amount_limit: Amount | None = None
    recurring: RecurringBilling | None = about("How it is billed again and again.")
    sla: NamedReference | None = None
    entity_type: NamedReference | None = None
    ticket: TicketReference | None = about("The ticket it was sold on.")
    project: NamedReference | None = None
    phase: NamedReference | None = None
    sales_order: CodedReference | None = about("The order it belongs to.")
    opportunity: NamedReference | None = about("The opportunity it was forecast for.")
    invoice: InvoiceReference | None = about(
        "The invoice that bills the product; absent while unbilled."
    )
    warehouse_id: Integer | None = None
    warehouse_id_object: WarehouseReference | None = about(
        "The warehouse it comes from."
    )
    warehouse_bin_id: Integer | None = None
    warehouse_bin_id_object: NamedReference | None = about("The shelf it comes from.")
    calculated_price_flag: Boolean | None = None
    calculated_cost_flag: Boolean | None = None
    forecast_detail_id: Integer | None = about(
        "Line of the forecast that it came from."
    )
    cancelled_by: Integer | None = about("Id of the member who cancelled it.")
    cancelled_date: Timestamp | None = about("When it was cancelled.")
    warehouse: str | None = None
    warehouse_bin: str | None = None
    purchase_date: Timestamp | None = about("Day it was bought.")
    tax_code: NamedReference | None = None
    integration_x_ref: str | None = None
    list_price: Amount | None = about("Price before any discount.")
    serial_number_ids: list[Integer] | None = about("Ids of the serial numbers.")
    serial_numbers: list[str] | None = about("Serial numbers of the units delivered.")
    company: CompanyReference | None = None
    forecast_status: NamedReference | None = about("Status of that line.")
    product_class: ProductClass | None = about("Kind of item.")
    need_to_purchase_flag: Boolean | None = None
    need_to_order_quantity: Integer | None = None
    minimum_stock_flag: Boolean | None = None
    ship_set: str | None = None
    calculated_price: Amount | None = None
    calculated_cost: Amount | None = None
    invoice_grouping: InvoiceGroupingReference | None = None
    po_approved_flag: Boolean | None = about("True when it may be ordered.")
    uom: str | None = about("Unit of measure, by name.")
    add_components_flag: Boolean | None = None
    ignore_pricing_schedules_flag: Boolean | None = None
    asio_subscriptions_id: str | None = Field(default=None, alias="asioSubscriptionsID")
    bypass_forecast_update: Boolean | None = None
    won_cost: Amount | None = about("Cost of what was won.")
    won_price: Amount | None = about("Price of what was won.")
    won_quantity: Double | None = about("Units won.")
    custom_fields: list[CustomField] | None = None
