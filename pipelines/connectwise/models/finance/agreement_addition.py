"""Additions: products billed with every cycle of an agreement."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import AgreementStatus, BillDecision
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CatalogItemReference,
    InvoiceGroupingReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    Timestamp,
)


class AgreementAddition(Record):
    """One addition of one agreement."""

    product: CatalogItemReference | None = about("The catalogue item.")
    quantity: Double | None = about("Units sold.")
    less_included: Double | None = about("Units included free of charge.")
    unit_price: Amount | None = about("Price of one unit.")
    unit_cost: Amount | None = about("Cost of one unit.")
    bill_customer: BillDecision | None = about("Whether the addition is billed.")
    effective_date: Timestamp | None = about("First day of the addition.")
    cancelled_date: Timestamp | None = about("Last day; absent while it runs.")
    taxable_flag: Boolean | None = about("True when sales tax applies.")
    serial_number: str | None = None
    invoice_description: str | None = None
    purchase_item_flag: Boolean | None = None
    special_order_flag: Boolean | None = None
    agreement_id: Integer | None = None
    description: str | None = None
    billed_quantity: Double | None = about("Units that are billed.")
    uom: str | None = about("Unit of measure, by name.")
    ext_price: Amount | None = about(
        "Price of the billed units, as the API computes it."
    )
    ext_cost: Amount | None = about("Cost of the billed units, as the API computes it.")
    sequence_number: Double | None = None
    margin: Amount | None = about("Price less cost, as the API computes it.")
    prorate_cost: Amount | None = None
    prorate_price: Amount | None = None
    extended_prorate_cost: Amount | None = None
    extended_prorate_price: Amount | None = None
    prorate_current_period_flag: Boolean | None = None
    opportunity: NamedReference | None = None
    agreement_status: AgreementStatus | None = None
    invoice_grouping: InvoiceGroupingReference | None = None
    custom_fields: list[CustomField] | None = None
