"""Invoices as things and as records; which ones come about is decided in ``money``.

Totals add up: service + agreement amounts = subtotal, + tax = total, - payments -
credits = balance. Payments follow the client's habit.
"""

from dataclasses import dataclass
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import (
    NEW,
    PAID,
    SENT,
    TAX_RATE,
    status_ref,
    tax_ref,
    terms_ref,
)
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)

_TERMS = 30 * DAY
_UNPOSTED = 5 * DAY


@dataclass(slots=True)
class Invoice:
    """An invoice dated ``at``; amounts grow while work is put on it."""

    id: int
    type: str
    company: Company
    at: int
    agreement: Agreement | None = None
    project: Json | None = None
    service: float = 0.0
    fee: float = 0.0
    credit_of: "Invoice | None" = None
    credited: float = 0.0

    @property
    def number(self) -> str:
        """The number printed on it."""
        return f"INV{self.id:06d}"

    @property
    def applies_to(self) -> tuple[str, int]:
        """``applyToType`` and ``applyToId``."""
        if self.project is not None:
            return "Project", self.project["id"]
        if self.agreement is not None:
            return "Agreement", self.agreement.id
        return "All", 0

    @property
    def ref(self) -> Json:
        """Reference to it, as time entries carry it."""
        return {
            "id": self.id,
            "identifier": self.number,
            "billingType": self.type,
            "applyToType": self.applies_to[0],
            "invoiceDate": stamp(utc_midnight(self.at)),
            "chargeFirmFlag": False,
        }

    @property
    def subtotal(self) -> float:
        """Before tax."""
        return money(self.service + self.fee)

    @property
    def tax(self) -> float:
        """Sales tax, where the client pays it."""
        return money(self.subtotal * TAX_RATE) if self.company.is_taxable else 0.0

    @property
    def total(self) -> float:
        """With tax."""
        return money(self.subtotal + self.tax)


def _settlement(invoice: Invoice, *, now: int, rng: Random) -> tuple[float, float, int]:
    """Payments, credits and when the record last changed."""
    if invoice.credit_of is not None:
        return 0.0, invoice.total, invoice.at
    credit = money(invoice.credited)
    due = invoice.at + _TERMS
    habit = due + invoice.company.pays_after * DAY + rng.randrange(-2, 6) * DAY
    open_amount = money(invoice.total - credit)
    draw = rng.random()
    if draw < 0.01 or habit > now:
        return 0.0, credit, invoice.at + (3 * DAY if credit else 0)
    if draw < 0.03:
        return money(open_amount / 2), credit, habit
    return open_amount, credit, habit


def invoice_record(invoice: Invoice, *, now: int, rng: Random) -> Json:
    """The record of ``/finance/invoices``."""
    company = invoice.company
    payments, credited, changed = _settlement(invoice, now=now, rng=rng)
    balance = money(invoice.total - payments - credited)
    kind, target = invoice.applies_to
    date = utc_midnight(invoice.at)
    record: Json = {
        "id": invoice.id,
        "invoiceNumber": invoice.number,
        "type": invoice.type,
        "status": _status(invoice, balance, now),
        "company": company.reference,
        "billToCompany": company.reference,
        "shipToCompany": company.reference,
        "accountNumber": f"A{company.id:05d}",
        "applyToType": kind,
        "applyToId": target,
        "attention": company.contacts[0].ref["name"],
        "billingSite": company.site,
        "billingSiteAddressLine1": company.street,
        "billingSiteCity": company.city[0],
        "billingSiteState": company.city[1],
        "billingSiteZip": company.city[2],
        "billingTerms": terms_ref(1),
        "reference": "",
        "customerPO": "",
        "addToBatchEmailList": False,
        "date": stamp(date),
        "dueDate": stamp(date + _TERMS),
        "restrictDownpaymentFlag": False,
        "locationId": company.location.id,
        "location": company.location.ref,
        "departmentId": firm.DEPARTMENTS["Service"]["id"],
        "department": ref(firm.DEPARTMENTS["Service"]["id"], "Service"),
        "territoryId": company.location.id,
        "territory": company.location.ref,
        "taxableFlag": company.is_taxable,
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "internalNotes": "",
        "downpaymentPreviouslyTaxedFlag": False,
        "overrideDownPaymentAmountFlag": False,
        "currency": currency(company.currency_code),
        **_totals(invoice, payments=payments, credited=credited, balance=balance),
        "specialInvoiceFlag": False,
        "customFields": custom_fields("invoice"),
        "_info": info(min(max(changed, invoice.at) + 2 * HOUR, now), "finance"),
    }
    if invoice.agreement is not None:
        record["agreement"] = invoice.agreement.ref
    if invoice.project is not None:
        record["project"] = invoice.project
    return record


def _status(invoice: Invoice, balance: float, now: int) -> Json:
    if now - invoice.at < _UNPOSTED:
        return status_ref(NEW)
    return status_ref(SENT if balance else PAID)


def _totals(
    invoice: Invoice, *, payments: float, credited: float, balance: float
) -> Json:
    return {
        "serviceTotal": money(invoice.service),
        "expenseTotal": 0.0,
        "productTotal": 0.0,
        "agreementAmount": money(invoice.fee),
        "previousProgressApplied": 0.0,
        "serviceAdjustmentAmount": 0.0,
        "downpaymentApplied": 0.0,
        "remainingDownpayment": 0.0,
        "subtotal": invoice.subtotal,
        "salesTax": invoice.tax,
        "total": invoice.total,
        "payments": payments,
        "credits": credited,
        "balance": balance,
    }
