"""The invoice run of live mode: billable time without an agreement, by company.

An invoice's totals are those of its time entries, which name it from then on; the
rest of the record is taken over from the company's last one.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import msgspec

from pipelines.sandbox.changes import TIME_ENTRIES, Editor
from pipelines.sandbox.links import without_links

_INVOICES = "/finance/invoices"
_NO_TOTALS = dict.fromkeys(
    (
        "expenseTotal",
        "productTotal",
        "agreementAmount",
        "previousProgressApplied",
        "serviceAdjustmentAmount",
        "downpaymentApplied",
        "remainingDownpayment",
        "salesTax",
        "payments",
        "credits",
    ),
    0.0,
)
# What the last invoice was for, and how it ended.
_ITS_OWN = {
    "ticket", "phase", "project", "salesOrder", "closedBy", "adjustedBy",
    "adjustmentReason", "glBatch", "unbatchedBatch",
}  # fmt: skip
_NEW = {"id": 1, "name": "New", "isClosed": False}
_ENTRIES_OF_LIFE = 5_000
_TERM = timedelta(days=30)
_BY = "finance"

Record = dict[str, Any]


def bill(editor: Editor, *, since: str) -> int:
    """Invoice what is billable and not invoiced yet; says how many invoices came.

    Args:
        editor: makes the changes.
        since: time entered before is the generator's, who bills it or forgets it.
    """
    by_company: dict[int, list[Record]] = defaultdict(list)
    for entry in _recent(editor):
        if entry.get("dateEntered", "") >= since and _is_due(entry):
            by_company[entry["company"]["id"]].append(entry)
    made = 0
    for company_id, entries in sorted(by_company.items()):
        like = _last_invoice(editor, company_id)
        if like is not None:
            _invoice(editor, like, entries)
            made += 1
    return made


def _recent(editor: Editor) -> list[Record]:
    rows = editor.store.query(
        "select body from records where path = ? order by id desc limit ?",
        (TIME_ENTRIES, _ENTRIES_OF_LIFE),
    )
    return [without_links(msgspec.json.decode(row[0])) for row in rows]


def _is_due(entry: Record) -> bool:
    is_billable = entry.get("billableOption") == "Billable" and "company" in entry
    is_open = "invoice" not in entry and "agreement" not in entry
    return is_billable and is_open and entry.get("actualHours", 0) > 0


def _last_invoice(editor: Editor, company_id: int) -> Record | None:
    rows = editor.store.query(
        "select body from records where path = ? "
        "and json_extract(body, '$.type') = 'Standard' "
        "and json_extract(body, '$.company.id') = ? order by id desc limit 1",
        (_INVOICES, company_id),
    )
    return without_links(msgspec.json.decode(rows[0][0])) if rows else None


def _invoice(editor: Editor, like: Record, entries: list[Record]) -> None:
    amounts = [_amount(entry) for entry in entries]
    total = round(sum(amounts), 2)
    now = editor.control.clock.now()
    totals = dict.fromkeys(("serviceTotal", "subtotal", "total", "balance"), total)
    record = {
        **{name: value for name, value in like.items() if name not in _ITS_OWN},
        "applyToType": "All",
        "applyToId": 0,
        "status": _NEW,
        **_NO_TOTALS,
        **totals,
        "invoiceNumber": f"LIVE{now:%Y%m%d}-{like['company']['id']}",
        "date": now.strftime("%Y-%m-%dT00:00:00Z"),
        "dueDate": (now + _TERM).strftime("%Y-%m-%dT00:00:00Z"),
    }
    made = editor.create(_INVOICES, record, by=_BY)
    named = {"id": made["id"], "identifier": made["invoiceNumber"]}
    named |= {"billingType": "Standard", "applyToType": "All"}
    for entry, amount in zip(entries, amounts, strict=True):
        billed = {"invoiceFlag": True, "invoice": named, "status": "Billed"}
        hours = {"invoiceHours": entry["actualHours"], "extendedInvoiceAmount": amount}
        editor.replace(TIME_ENTRIES, {**entry, **billed, **hours}, by=_BY)


def _amount(entry: Record) -> float:
    hours: float = entry["actualHours"]
    rate: float = entry.get("hourlyRate", 0.0)
    return round(hours * rate, 2)
