"""The catalogue: what the firm sells, and what it pays for it.

Recurring items are the products of agreement additions; hardware has serial numbers
and is bought to order. How a subject of a sale becomes lines is decided here as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import RECURRING
from pipelines.sandbox.generate.calendar import DAY
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import AGREEMENT_KINDS, cycle_ref
from pipelines.sandbox.generate.records import (
    Json,
    connectwise_id,
    custom_fields,
    info,
    ref,
)
from pipelines.sandbox.generate.writer import Writer

_CATEGORIES = {"Agreement": 1, "Inventory": 2, "NonInventory": 3, "Service": 4}
_CATEGORY_NAMES = ("Licences", "Hardware", "Accessories", "Services")
_TYPES = {"Agreement": 1, "Inventory": 2, "NonInventory": 2, "Service": 3}
_TYPE_NAMES = ("Software", "Hardware", "Labour")
UNIT = ref(1, "Each")
_MAKERS = (ref(1, "Kestrel Devices"), ref(2, "Larchworks"), ref(3, "Own services"))
ENTITY_TYPE = ref(1, "Product")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the catalogue."""

    id: int
    identifier: str
    name: str
    kind: str
    price: float
    cost: float

    @property
    def is_serialised(self) -> bool:
        """Whether each piece has a serial number."""
        return self.kind == "Inventory"

    @property
    def ref(self) -> Json:
        """Reference to it, as products carry it."""
        return {"id": self.id, "identifier": self.identifier, "name": self.name}

    @property
    def stock_ref(self) -> Json:
        """Reference to it, as additions, forecasts and purchase lines carry it."""
        return {
            "id": self.id,
            "identifier": self.identifier,
            "serializedFlag": self.is_serialised,
        }

    @property
    def is_bought(self) -> bool:
        """Whether it is ordered from a vendor when it is sold."""
        return self.kind in {"Inventory", "NonInventory"}


ITEMS = {
    item.id: item
    for item in (
        *(Item(n, i, name, "Agreement", p, c) for n, i, name, p, c in RECURRING),
        Item(510, "LAP-14", "Laptop 14 inch", "Inventory", 1_280.0, 1_010.0),
        Item(511, "FW-100", "Firewall 100", "Inventory", 940.0, 720.0),
        Item(512, "SW-24", "Switch, 24 ports", "Inventory", 610.0, 455.0),
        Item(513, "AP-6", "Access point", "Inventory", 235.0, 168.0),
        Item(514, "UPS-1500", "UPS 1500", "Inventory", 420.0, 330.0),
        Item(515, "PHONE-IP", "Desk phone", "Inventory", 145.0, 104.0),
        Item(520, "CABLE-KIT", "Cable kit", "NonInventory", 38.0, 19.5),
        Item(521, "DOCK", "Docking station", "NonInventory", 165.0, 121.25),
        Item(522, "FW-YEAR", "Firewall year", "NonInventory", 520.0, 410.0),
        Item(530, "SVC-ASSESS", "Security assessment", "Service", 2_400.0, 1_150.0),
        Item(531, "SVC-SETUP", "Set-up of a device", "Service", 95.0, 48.0),
        Item(532, "SVC-DAY", "Migration day", "Service", 1_200.0, 620.0),
    )
}
# subject → item, quantity (0: one per seat, negative: one per that many seats)
_SALES: dict[str, tuple[tuple[int, int], ...]] = {
    "Managed services": ((501, 0), (503, 0)),
    "Firewall renewal": ((522, 1), (531, 1)),
    "Laptop refresh": ((510, -4), (521, -4), (531, -4)),
    "Cloud move": ((532, 5), (501, 0)),
    "Backup redesign": ((502, 0), (514, 1), (532, 2)),
    "Security assessment": ((530, 1),),
    "Extra seats": ((501, 3), (510, 3)),
    "Phone system": ((515, -2), (532, 2)),
}
SUBJECTS = tuple(_SALES)
PROJECT_SUBJECTS = {"Cloud move", "Backup redesign", "Laptop refresh", "Phone system"}
PARTS = (520, 521, 513, 514)  # What a visit may leave behind.
PROJECT_PARTS = (512, 511, 513, 514)


def lines_for(subject: str, seats: int) -> list[tuple[Item, int]]:
    """Items and quantities of a sale to a client of that size."""
    return [
        (ITEMS[number], wanted if wanted > 0 else max(1, seats // max(1, -wanted)))
        for number, wanted in _SALES[subject]
    ]


def vendors_of(companies: Sequence[Company]) -> list[Company]:
    """Who sells to the firm; a very small one buys from a prospect."""
    vendors = [c for c in companies if c.kind == "vendor"]
    return vendors or [c for c in companies if c.kind == "prospect"]


def write_catalog(
    writer: Writer, vendors: Sequence[Company], *, raised: tuple[int, float, int]
) -> None:
    """Write every item; ``raised`` is the raised product, its cost, and when."""
    number, cost, at = raised
    for item in ITEMS.values():
        vendor = vendors[item.id % len(vendors)]
        record = _record(item, vendor)
        if item.id == number:
            record["cost"] = record["calculatedCost"] = cost
            record["price"] = record["calculatedPrice"] = round(item.price * 1.5, 2)
            record["_info"] = info(at, "setup1")
        writer.add("/procurement/catalog", record)


def category_of(item: Item) -> Json:
    """Reference to its category."""
    number = _CATEGORIES[item.kind]
    return ref(number, _CATEGORY_NAMES[number - 1])


def _record(item: Item, vendor: Company) -> Json:
    kind = _TYPES[item.kind]
    record: Json = {
        "id": item.id,
        "identifier": item.identifier,
        "description": item.name,
        "customerDescription": item.name,
        "inactiveFlag": False,
        "category": category_of(item),
        "subcategory": ref(_CATEGORIES[item.kind] * 10 + 1, "General"),
        "type": ref(kind, _TYPE_NAMES[kind - 1]),
        "productClass": item.kind,
        "serializedFlag": item.is_serialised,
        "serializedCostFlag": item.is_serialised,
        "phaseProductFlag": False,
        "unitOfMeasure": UNIT,
        "minStockLevel": 2 if item.kind == "NonInventory" else 0,
        "price": item.price,
        "cost": item.cost,
        "priceAttribute": "FixedFee",
        "taxableFlag": item.kind != "Service",
        "dropShipFlag": False,
        "specialOrderFlag": False,
        "manufacturer": _MAKERS[kind - 1],
        "manufacturerPartNumber": f"MP-{item.identifier}",
        "vendor": vendor.reference,
        "vendorSku": f"V-{item.identifier}",
        "notes": "",
        "integrationXRef": f"CAT{item.id}",
        "entityType": ENTITY_TYPE,
        "calculatedPriceFlag": False,
        "calculatedCostFlag": False,
        "calculatedPrice": item.price,
        "calculatedCost": item.cost,
        "billableOption": "Billable",
        "connectWiseID": connectwise_id(41, item.id),
        "markupPercentage": round((item.price / item.cost - 1) * 100, 2),
        "markupFlag": False,
        "autoUpdateUnitCostFlag": item.kind == "Agreement",
        "autoUpdateUnitPriceFlag": False,
        "customFields": custom_fields("catalog", {76: "Current"}),
        "_info": info(_changed(item, vendor), "setup1"),
        **dict(_recurring(item)),
    }
    return record


def _changed(item: Item, vendor: Company) -> int:
    return vendor.since - item.id * DAY // 8


def _recurring(item: Item) -> Iterator[tuple[str, object]]:
    is_recurring = item.kind == "Agreement"
    yield "recurringFlag", is_recurring
    yield "recurringOneTimeFlag", False
    if is_recurring:
        kind = AGREEMENT_KINDS["managed"]
        yield "recurringRevenue", item.price
        yield "recurringCost", item.cost
        yield "recurringBillCycle", cycle_ref(kind.cycle)
        yield "recurringCycleType", "CalendarYear"
        yield "agreementType", ref(kind.id, kind.name)
        yield "sla", firm.SLAS[firm.STANDARD].ref
