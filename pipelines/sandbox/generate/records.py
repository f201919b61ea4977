"""Builders of the pieces that every record is made of.

References carry ``id`` and a name, as the API does; ``_info`` holds strings only;
``customFields`` hold every defined field, null when unset. Links are not made here.
"""

from collections.abc import Mapping
from typing import Any

from pipelines.sandbox.generate.calendar import stamp

Json = dict[str, Any]

# id, caption, type, entry method, decimals, pod
Definition = tuple[int, str, str, str, int, str]
CUSTOM_FIELDS: Mapping[str, tuple[Definition, ...]] = {
    "company": (
        (1, "Contract tier", "Text", "List", 0, "company_overview"),
        (2, "Seats", "Number", "EntryField", 0, "company_overview"),
        (3, "Last review", "Date", "Date", 0, "company_detail"),
    ),
    "contact": (
        (10, "VIP", "Checkbox", "Option", 0, "contact_overview"),
        (11, "Job level", "Text", "List", 0, "contact_detail"),
    ),
    "ticket": (
        (20, "Root cause", "Text", "List", 0, "ticket_detail"),
        (21, "Root cause", "Text", "EntryField", 0, "ticket_summary"),
        (22, "Users affected", "Number", "EntryField", 0, "ticket_detail"),
        (23, "Change window", "Date", "Date", 0, "ticket_detail"),
    ),
    "time": ((30, "Mileage", "Number", "EntryField", 0, "time_entry"),),
    "project": (
        (40, "Health", "Text", "List", 0, "project_overview"),
        (41, "Steering date", "Date", "Date", 0, "project_overview"),
    ),
    "phase": ((45, "Sign-off by", "Text", "EntryField", 0, "project_phase"),),
    "agreement": (
        (50, "Renewal owner", "Text", "EntryField", 0, "agreement_overview"),
        (51, "Minimum seats", "Number", "EntryField", 0, "agreement_overview"),
    ),
    "addition": ((55, "Vendor SKU", "Text", "EntryField", 0, "agreement_addition"),),
    "adjustment": (
        (56, "Approved by", "Text", "EntryField", 0, "agreement_adjustment"),
    ),
    "member": ((60, "Certifications", "TextArea", "EntryField", 0, "member_overview"),),
    "invoice": ((70, "Batch note", "Text", "EntryField", 0, "invoice_overview"),),
    "product": ((75, "Asset tag", "Text", "EntryField", 0, "product_item"),),
    "catalog": ((76, "Lifecycle", "Text", "List", 0, "catalog_item"),),
    "purchase_order": (
        (77, "Requested by", "Text", "EntryField", 0, "purchase_order"),
    ),
    "purchase_line": ((78, "Dock", "Text", "EntryField", 0, "purchase_order_line"),),
    "expense": ((79, "Cost centre", "Text", "EntryField", 0, "expense_entry"),),
    "activity": ((85, "Outcome", "Text", "List", 0, "activity"),),
    "order": ((86, "Delivery window", "Text", "EntryField", 0, "sales_order"),),
    "opportunity": (
        (80, "Competitor", "Text", "EntryField", 0, "opportunity_overview"),
        (81, "Forecast category", "Text", "List", 0, "opportunity_overview"),
    ),
    "site": ((90, "Alarm company", "Text", "EntryField", 0, "site_overview"),),
    "configuration": (
        (92, "Criticality", "Text", "List", 0, "configuration_overview"),
        (93, "Open in portal", "Button", "EntryField", 0, "configuration_overview"),
    ),
}
DUPLICATE_CAPTION_FIELDS = (20, 21)
CHANGED_TYPE_FIELD = 22


def _definition(row: int, spec: Definition) -> Json:
    number, caption, kind, method, decimals, pod = spec
    return {
        "id": number,
        "caption": caption,
        "type": kind,
        "entryMethod": method,
        "numberOfDecimals": decimals,
        "value": None,
        "connectWiseId": f"0c0ffee0-0000-4000-a000-{number:012d}",
        "rowNum": row,
        "userDefinedFieldRecId": number,
        "podId": pod,
    }


_BLANK = {
    entity: [_definition(row, spec) for row, spec in enumerate(specs, 1)]
    for entity, specs in CUSTOM_FIELDS.items()
}


def custom_fields(entity: str, values: Mapping[int, Any] | None = None) -> list[Json]:
    """Every custom field defined for the entity; ``values`` by field id."""
    blank = _BLANK[entity]
    if not values:
        return blank
    return [
        {**each, "value": values[each["id"]]} if each["id"] in values else each
        for each in blank
    ]


def info(at: int, by: str) -> dict[str, str]:
    """``_info`` of most entities."""
    return {"lastUpdated": stamp(at), "updatedBy": by}


def without_info(record: Json) -> Json:
    """The record as it stands in a list of another one."""
    return {name: value for name, value in record.items() if name != "_info"}


def ticket_info(*, entered: int, by: str, updated: int, updater: str) -> dict[str, str]:
    """``_info`` of tickets, which also says who entered them and when."""
    return {
        "lastUpdated": stamp(updated),
        "updatedBy": updater,
        "dateEntered": stamp(entered),
        "enteredBy": by,
    }


def ref(number: int, name: str) -> Json:
    """A reference ``{id, name}``."""
    return {"id": number, "name": name}


def coded_ref(number: int, identifier: str, name: str) -> Json:
    """A reference ``{id, identifier, name}``."""
    return {"id": number, "identifier": identifier, "name": name}


def connectwise_id(table: int, number: int) -> str:
    """The GUID that set-up rows carry beside their id."""
    return f"0c0ffee0-{table:04d}-4000-a000-{number:012d}"


def money(amount: float) -> float:
    """Rounded to cents."""
    return round(amount + 0.0, 2)


def currency(code: str) -> Json:
    """A currency reference, which the API gives in full."""
    number, symbol, name = {
        "USD": (7, "$", "US Dollars"),
        "CAD": (8, "$", "Canadian Dollars"),
    }[code]
    return {
        "id": number,
        "symbol": symbol,
        "currencyCode": code,
        "decimalSeparator": ".",
        "numberOfDecimals": 2,
        "thousandsSeparator": ",",
        "negativeParenthesesFlag": False,
        "displaySymbolFlag": False,
        "currencyIdentifier": f"Z-{code}",
        "displayIdFlag": False,
        "rightAlign": False,
        "name": name,
    }
