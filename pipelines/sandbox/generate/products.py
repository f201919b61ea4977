"""Products: what was sold from the catalogue, on tickets, projects and sales orders.

A line is a quantity at a price; it adds ``amount`` to the invoice that bills it.
"""

from dataclasses import dataclass
from itertools import count
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import MONTHLY, Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.catalog import (
    ENTITY_TYPE,
    ITEMS,
    PARTS,
    PROJECT_PARTS,
    UNIT,
    Item,
)
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.errands import ORDER, VISIT, Errand
from pipelines.sandbox.generate.finance_setup import (
    AGREEMENT_KINDS,
    cycle_ref,
    tax_ref,
)
from pipelines.sandbox.generate.invoices import Invoice
from pipelines.sandbox.generate.records import Json, custom_fields, info, money, ref

WAREHOUSE = {"id": 1, "name": "Harbor stock", "lockedFlag": False}
BIN = ref(1, "Shelf A")
_GROUPING = {
    "id": 2,
    "name": "Hardware",
    "description": "Hardware and what comes with it",
    "showPriceFlag": True,
    "showSubItemsFlag": False,
    "groupParentChildAdditionsFlag": False,
}
_PART_SHARE = 0.25


@dataclass(slots=True)
class Product:
    """A line sold; ``order`` and ``opportunity`` are references."""

    id: int
    item: Item
    quantity: float
    at: int
    company: Company
    vendor: Company
    errand: Errand | None = None
    order: Json | None = None
    opportunity: Json | None = None
    opportunity_status: Json | None = None
    forecast_id: int | None = None
    invoice: Invoice | None = None
    cancelled_at: int | None = None
    cancelled_by: int = 0
    sequence: int = 1

    @property
    def price(self) -> float:
        """Price of one."""
        return self.item.price

    @property
    def amount(self) -> float:
        """What an invoice asks for it."""
        return 0.0 if self.cancelled_at else money(self.quantity * self.item.price)

    @property
    def is_billable(self) -> bool:
        """Whether a client is asked to pay it."""
        return self.company.is_client and not self.cancelled_at

    @property
    def agreement(self) -> Agreement | None:
        """The agreement of the ticket that it was used on."""
        return self.errand.agreement if self.errand else None

    @property
    def serials(self) -> list[str]:
        """Serial numbers, where the item has them."""
        if not self.item.is_serialised:
            return []
        return [f"{self.item.identifier}-{n}" for n in self.serial_ids]

    @property
    def serial_ids(self) -> list[int]:
        """Ids of the serial numbers."""
        if not self.item.is_serialised:
            return []
        return [self.id * 1_000 + k for k in range(int(self.quantity))]


class Shelf:
    """Draws the parts that errands use."""

    def __init__(self, vendors: list[Company], rng: Random) -> None:
        self._vendors = vendors
        self._rng = rng
        self.numbers = count(11_001)

    def vendor_of(self, item: Item) -> Company:
        """Who sells the item to the firm."""
        return self._vendors[item.id % len(self._vendors)]

    def of_errand(self, errand: Errand) -> Product | None:
        """The part that an errand used, if it did."""
        rng = self._rng
        if errand.kind == VISIT and rng.random() < _PART_SHARE:
            item, most = ITEMS[rng.choice(PARTS)], 3
        elif errand.kind == ORDER:
            item, most = ITEMS[rng.choice(PROJECT_PARTS)], 6
        else:
            return None
        return Product(
            next(self.numbers), item, float(rng.randrange(1, most + 1)), errand.at,
            errand.company, self.vendor_of(item), errand,
        )  # fmt: skip


def product_record(product: Product, *, now: int) -> Json:
    """The record of ``/procurement/products``."""
    item, company = product.item, product.company
    changed = product.invoice.at if product.invoice else product.at
    changed = max(changed, product.cancelled_at or 0)
    record: Json = {
        "id": product.id,
        "catalogItem": item.ref,
        "description": item.name,
        "customerDescription": item.name,
        "internalNotes": "",
        "sequenceNumber": float(product.sequence),
        "unitOfMeasure": UNIT,
        "uom": UNIT["name"],
        "productClass": item.kind,
        "productSuppliedFlag": False,
        "billableOption": "Billable" if company.is_client else "NoCharge",
        "locationId": company.location.id,
        "location": company.location.ref,
        "businessUnitId": firm.DEPARTMENTS["Service"]["id"],
        "businessUnit": ref(firm.DEPARTMENTS["Service"]["id"], "Service"),
        "company": company.reference,
        "vendor": product.vendor.reference,
        "vendorSku": f"V-{item.identifier}",
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "taxableFlag": company.is_taxable,
        "entityType": ENTITY_TYPE,
        "integrationXRef": f"PRD{product.id}",
        **_money(product),
        **_stock(product),
        **_cancellation(product),
        "customFields": custom_fields("product"),
        "_info": info(min(changed + HOUR, now), company.manager.identifier),
    }
    _add_targets(record, product)
    return record


def _money(product: Product) -> Json:
    item, quantity = product.item, product.quantity
    price, cost = money(quantity * item.price), money(quantity * item.cost)
    return {
        "quantity": quantity,
        "price": item.price,
        "listPrice": item.price,
        "cost": item.cost,
        "extPrice": price,
        "extCost": cost,
        "margin": money(price - cost),
        "discount": 0.0,
        "agreementAmount": 0.0,
        "priceMethod": "PercentMarkupFromCost",
        "calculatedPrice": item.price,
        "calculatedCost": item.cost,
        "calculatedPriceFlag": False,
        "calculatedCostFlag": False,
        "ignorePricingSchedulesFlag": False,
        "subContractorAmountLimit": 0.0,
        "wonPrice": price if product.order else 0.0,
        "wonCost": cost if product.order else 0.0,
        "wonQuantity": quantity if product.order else 0.0,
    }


def _stock(product: Product) -> Json:
    is_bought = product.item.is_bought and product.order is not None
    return {
        "dropshipFlag": False,
        "specialOrderFlag": False,
        "phaseProductFlag": False,
        "needToPurchaseFlag": is_bought,
        "needToOrderQuantity": int(product.quantity) if is_bought else 0,
        "minimumStockFlag": False,
        "poApprovedFlag": is_bought,
        "addComponentsFlag": False,
        "bypassForecastUpdate": False,
        "warehouseId": WAREHOUSE["id"],
        "warehouseIdObject": WAREHOUSE,
        "warehouse": WAREHOUSE["name"],
        "warehouseBinId": BIN["id"],
        "warehouseBinIdObject": BIN,
        "warehouseBin": BIN["name"],
        "shipSet": "1",
        "purchaseDate": stamp(utc_midnight(product.at)),
        "serialNumbers": product.serials,
        "serialNumberIds": product.serial_ids,
        "invoiceGrouping": _GROUPING,
    }


def _cancellation(product: Product) -> Json:
    if product.cancelled_at is None:
        return {"cancelledFlag": False, "quantityCancelled": 0.0}
    return {
        "cancelledFlag": True,
        "quantityCancelled": product.quantity,
        "cancelledReason": "Client changed their mind",
        "cancelledDate": stamp(product.cancelled_at),
        "cancelledBy": product.cancelled_by,
    }


def _add_targets(record: Json, product: Product) -> None:
    errand = product.errand
    if errand is not None:
        record["ticket"] = errand.ticket
        if errand.project is not None:
            record["project"] = errand.project
        if errand.phase is not None:
            record["phase"] = errand.phase
        if errand.agreement is not None:
            record["agreement"] = errand.agreement.ref
            record["sla"] = firm.SLAS[firm.STANDARD].ref
    if product.order is not None:
        record["salesOrder"] = product.order
        record["opportunity"] = product.opportunity
        record["forecastStatus"] = product.opportunity_status
        record["forecastDetailId"] = product.forecast_id
        record["subContractorShipToId"] = product.company.id
    if product.item.kind == "Agreement":
        record["recurring"] = _recurring(product)
        record["asioSubscriptionsID"] = f"SUB{product.id}"
    if product.invoice is not None:
        record["invoice"] = product.invoice.ref


def _recurring(product: Product) -> Json:
    kind = AGREEMENT_KINDS["managed"]
    return {
        "recurringRevenue": money(product.quantity * product.item.price),
        "recurringCost": money(product.quantity * product.item.cost),
        "startDate": stamp(utc_midnight(product.at)),
        "endDate": stamp(utc_midnight(product.at) + 365 * DAY),
        "billCycleId": MONTHLY,
        "billCycle": cycle_ref(MONTHLY),
        "cycles": 12,
        "cycleType": "CalendarYear",
        "agreementType": ref(kind.id, kind.name),
    }
