"""The product catalogue."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillOption, ProductClass, YearCycle
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import CompanyReference, NamedReference
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
)

PriceAttribute = Annotated[
    str, KnownValues("FixedFee", "NotToExceed", "OverrideRate", "TimeAndMaterials")
]


class CatalogItem(Record):
    """One item of the catalogue."""

    identifier: str | None = about("Part number, as products and additions show it.")
    description: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    subcategory: NamedReference | None = None
    type: NamedReference | None = None
    product_class: ProductClass | None = about("Kind of item.")
    serialized_flag: Boolean | None = None
    serialized_cost_flag: Boolean | None = None
    phase_product_flag: Boolean | None = None
    unit_of_measure: NamedReference | None = about("What one unit is.")
    min_stock_level: Integer | None = about("Fewest units that should be in stock.")
    price: Amount | None = about("Price of one unit.")
    cost: Amount | None = about("Cost of one unit.")
    price_attribute: PriceAttribute | None = None
    taxable_flag: Boolean | None = about("True when sales tax applies.")
    drop_ship_flag: Boolean | None = None
    special_order_flag: Boolean | None = None
    customer_description: str | None = None
    manufacturer: NamedReference | None = None
    manufacturer_part_number: str | None = None
    vendor: CompanyReference | None = about("The company it is bought from.")
    vendor_sku: str | None = None
    notes: str | None = None
    integration_x_ref: str | None = None
    sla: NamedReference | None = None
    entity_type: NamedReference | None = None
    recurring_flag: Boolean | None = about("True when it is billed again and again.")
    recurring_revenue: Amount | None = about("Price in each cycle.")
    recurring_cost: Amount | None = about("Cost in each cycle.")
    recurring_one_time_flag: Boolean | None = None
    recurring_bill_cycle: NamedReference | None = about("How often it is billed.")
    recurring_cycle_type: YearCycle | None = None
    calculated_price_flag: Boolean | None = None
    calculated_cost_flag: Boolean | None = None
    category: NamedReference | None = None
    calculated_price: Amount | None = about("Price as the API computes it.")
    calculated_cost: Amount | None = about("Cost as the API computes it.")
    billable_option: BillOption | None = about("Whether and how it is billed.")
    connect_wise_id: str | None = about(
        "The vendor's own identifier of the row.", alias="connectWiseID"
    )
    agreement_type: NamedReference | None = about(
        "Type of the agreement that a sale starts."
    )
    markup_percentage: Double | None = about("Price over cost, in percent.")
    markup_flag: Boolean | None = None
    auto_update_unit_cost_flag: Boolean | None = None
    auto_update_unit_price_flag: Boolean | None = None
    custom_fields: list[CustomField] | None = None
