"""Lines of purchase orders."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CatalogItemReference,
    CodedReference,
    NamedReference,
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

ReceivedStatus = Annotated[
    str,
    KnownValues(
        "Waiting",
        "FullyReceived",
        "PartiallyReceiveCancelRest",
        "PartiallyReceiveCloneRest",
    ),
]


class PurchaseOrderLine(Record):
    """One line of one purchase order."""

    purchase_order_id: Integer | None = None
    purchase_order_number: str | None = about("Number of the order.")
    line_number: Integer | None = about("Place on the order.")
    product: CatalogItemReference | None = about("The catalogue item that is ordered.")
    description: str | None = None
    vendor_sku: str | None = None
    quantity: Double | None = about("Units ordered.")
    unit_of_measure: NamedReference | None = None
    unit_cost: Amount | None = about("Cost of one unit.")
    ext_cost: Amount | None = about("Cost of all units.")
    tax: Amount | None = about("Sales tax on the line.")
    received_quantity: Integer | None = about("Units received so far.")
    received_status: ReceivedStatus | None = about(
        "How much of the line has come, and what happens to the rest."
    )
    date_received: Timestamp | None = about("When the last units came.")
    closed_flag: Boolean | None = about("True once nothing more is expected.")
    backordered_flag: Boolean | None = None
    canceled_flag: Boolean | None = about("True once cancelled.")
    canceled_by: str | None = None
    canceled_reason: str | None = None
    date_canceled: Timestamp | None = about("Day it was cancelled.")
    date_canceled_utc: Timestamp | None = about("When it was cancelled, UTC.")
    expected_ship_date: Timestamp | None = about("Day the vendor means to send it.")
    expected_arrival_date: Timestamp | None = about("Day it should arrive.")
    ship_date: Timestamp | None = about("Day it was sent.")
    shipment_method: NamedReference | None = None
    ship_set: str | None = None
    tracking_number: str | None = None
    packing_slip: str | None = None
    vendor_order_number: str | None = None
    warehouse: WarehouseReference | None = None
    warehouse_bin: NamedReference | None = None
    serial_numbers: str | None = about("Serial numbers in one text.")
    sales_order: list[CodedReference] | None = about(
        "The sales orders that the units are for."
    )
    internal_notes: str | None = None
    display_internal_notes_flag: Boolean | None = None
    batched_flag: Boolean | None = None
    unbatched_rec_id: Integer | None = None
    is_detach_available: Boolean | None = None
    custom_fields: list[CustomField] | None = None
