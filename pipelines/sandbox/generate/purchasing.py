"""Purchase orders: what is bought for sales orders, received in whole or in part.

A purchase order has one vendor and one line per product; its total is the sum of its
lines and the freight.
"""

from itertools import count
from typing import TYPE_CHECKING

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.catalog import UNIT
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import tax_ref, terms_ref
from pipelines.sandbox.generate.products import BIN, WAREHOUSE, Product
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.scene import Scene

if TYPE_CHECKING:
    from pipelines.sandbox.generate.sales import Opportunity

_STATUSES = {
    "sent": (2, "Sent to vendor"), "part": (3, "Received in part"),
    "closed": (4, "Closed"), "cancelled": (5, "Cancelled"),
}  # fmt: skip
_CARRIER = ref(1, "Ground")
_FREIGHT = 18.5
_LINES = "/procurement/purchaseorders/{parent_id}/lineitems"
_PARTIAL_EVERY = 9
_LINE_CANCELLED_EVERY = 31


class Buyer:
    """Buys what is sold, from one vendor at a time."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._orders, self._lines = count(6_001), count(16_001)

    def buy(
        self, products: list[Product], sale: "Opportunity", *, at: int, delivery: int
    ) -> None:
        """Write the purchase orders for what is not in stock."""
        if at > self._scene.now:
            return
        by_vendor: dict[int, list[Product]] = {}
        for product in products:
            if product.item.is_bought:
                by_vendor.setdefault(product.vendor.id, []).append(product)
        for bought in by_vendor.values():
            self._order(bought, sale, at=at, delivery=delivery)

    def _order(
        self, products: list[Product], sale: "Opportunity", *, at: int, delivery: int
    ) -> None:
        number, writer = next(self._orders), self._scene.writer
        is_received = delivery <= self._scene.now
        lines = [
            self._line(number, k, product, at=at, delivery=delivery)
            for k, product in enumerate(products, 1)
        ]
        for line in lines:
            writer.add(_LINES, line, number)
        subtotal = money(sum(line["extCost"] for line in lines))
        is_complete = is_received and all(line["closedFlag"] for line in lines)
        key = "closed" if is_complete else "part" if is_received else "sent"
        if all(line["canceledFlag"] for line in lines):
            key = "cancelled"
        record = {
            "id": number,
            **_head(number, products[0].vendor, key, sale, at),
            **_customer(sale),
            **_receipt(number, delivery if is_received else None),
            "subTotal": subtotal,
            "freightCost": _FREIGHT,
            "freightTaxTotal": 0.0,
            "salesTax": 0.0,
            "total": money(subtotal + _FREIGHT),
            "customFields": custom_fields("purchase_order"),
        }
        if key in {"closed", "cancelled"}:
            record["closedFlag"] = True
            record["closedBy"] = "finance"
            record["dateClosed"] = stamp(min(delivery, self._scene.now))
        if key == "cancelled":
            record["cancelReason"] = "Out of stock for good"
        record["_info"] = info(
            min(delivery + HOUR if is_received else at, self._scene.now), "finance"
        )
        writer.add("/procurement/purchaseorders", record)

    def _line(
        self, order: int, number: int, product: Product, *, at: int, delivery: int
    ) -> Json:
        line_id, item, now = next(self._lines), product.item, self._scene.now
        is_cancelled = line_id % _LINE_CANCELLED_EVERY == 5
        is_received = delivery <= now and not is_cancelled
        is_part = line_id % _PARTIAL_EVERY == 4 and product.quantity > 1
        got = 0
        if is_received:
            got = int(product.quantity) // 2 if is_part else int(product.quantity)
        quantity = 0.0 if is_cancelled else product.quantity
        record: Json = {
            "id": line_id,
            "purchaseOrderId": order,
            "purchaseOrderNumber": f"PO{order:06d}",
            "lineNumber": number,
            "description": item.name,
            "product": item.stock_ref,
            "unitOfMeasure": UNIT,
            "quantity": product.quantity,
            "unitCost": item.cost,
            "extCost": money(quantity * item.cost),
            "tax": 0.0,
            "receivedQuantity": got,
            "receivedStatus": _received_status(
                is_received=is_received, is_part=is_part
            ),
            "backorderedFlag": is_received and is_part,
            "batchedFlag": is_received,
            "closedFlag": is_cancelled or (is_received and not is_part),
            "canceledFlag": is_cancelled,
            "displayInternalNotesFlag": False,
            "internalNotes": "",
            "isDetachAvailable": True,
            "vendorSku": f"V-{item.identifier}",
            "vendorOrderNumber": f"VO{order}",
            "warehouse": WAREHOUSE,
            "warehouseBin": BIN,
            "shipSet": "1",
            "shipmentMethod": _CARRIER,
            "unbatchedRecId": line_id,
            "expectedShipDate": stamp(utc_midnight(delivery - 3 * DAY)),
            "expectedArrivalDate": stamp(utc_midnight(delivery)),
            "salesOrder": [product.order] if product.order else [],
            "customFields": custom_fields("purchase_line"),
            "_info": info(delivery if is_received else at, "finance"),
        }
        if is_received:
            record.update(_delivered(order, product, got, at=delivery))
        if is_cancelled:
            record.update(_cancelled(min(at + 2 * DAY, now)))
        return record


def _delivered(order: int, product: Product, got: int, *, at: int) -> Json:
    return {
        "shipDate": stamp(utc_midnight(at - 2 * DAY)),
        "dateReceived": stamp(utc_midnight(at)),
        "packingSlip": f"PS{order}",
        "trackingNumber": f"TRK{order:08d}",
        "serialNumbers": ",".join(product.serials[:got]),
    }


def _cancelled(at: int) -> Json:
    return {
        "dateCanceled": stamp(utc_midnight(at)),
        "dateCanceledUtc": stamp(at),
        "canceledBy": "finance",
        "canceledReason": "Out of stock for good",
        "_info": info(at, "finance"),
    }


def _received_status(*, is_received: bool, is_part: bool) -> str:
    if not is_received:
        return "Waiting"
    return "PartiallyReceiveCloneRest" if is_part else "FullyReceived"


def _head(number: int, vendor: Company, key: str, sale: "Opportunity", at: int) -> Json:
    location = firm.LOCATIONS[0]
    return {
        "poNumber": f"PO{number:06d}",
        "poDate": stamp(utc_midnight(at)),
        "status": ref(*_STATUSES[key]),
        "closedFlag": False,
        "enteredBy": sale.rep.identifier,
        "internalNotes": "",
        "locationId": location.id,
        "location": location.ref,
        "businessUnitId": firm.DEPARTMENTS["Sales"]["id"],
        "businessUnit": ref(firm.DEPARTMENTS["Sales"]["id"], "Sales"),
        "terms": terms_ref(1),
        "taxCode": tax_ref(is_taxable=False),
        "taxFreightFlag": False,
        "taxPoFlag": False,
        "currency": currency("USD"),
        "vendorCompany": vendor.reference,
        "vendorContact": vendor.contacts[0].ref,
        "vendorSite": vendor.site,
        "vendorOrderNumber": f"VO{number}",
        "warehouse": WAREHOUSE,
        "warehouseContact": vendor.contacts[-1].ref,
        "shipmentMethod": _CARRIER,
        "shippingInstructions": "",
        "updateShipmentInfo": False,
        "updateVendorOrderNumber": False,
    }


def _customer(sale: "Opportunity") -> Json:
    company, contact = sale.company, sale.company.contacts[0]
    city, state, zip_code = company.city
    return {
        "dropShipCustomerFlag": False,
        "customerCompany": company.reference,
        "customerContact": contact.ref,
        "customerSite": company.site,
        "customerSiteName": company.site["name"],
        "customerName": company.name,
        "customerPhone": contact.phone,
        "customerExtension": "",
        "customerStreetLine1": company.street,
        "customerStreetLine2": "",
        "customerCity": city,
        "customerState": state,
        "customerZip": zip_code,
        "customerCountry": {"id": 1, "identifier": "US", "name": "United States"},
    }


def _receipt(number: int, delivery: int | None) -> Json:
    if delivery is None:
        return {}
    return {
        "shipmentDate": stamp(utc_midnight(delivery - 2 * DAY)),
        "trackingNumber": f"TRK{number:08d}",
        "freightPackingSlip": f"PS{number}",
        "vendorInvoiceDate": stamp(utc_midnight(delivery)),
        "vendorInvoiceNumber": f"VI{number}",
    }
