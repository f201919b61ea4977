"""Invoices as things and as records; which ones come about is decided in ``money``.

Totals add up: service + expenses + products + agreement amounts = subtotal, + tax =
total, - payments - credits = balance. How they are settled is ``payments``'.
"""

from dataclasses import dataclass

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import (
    DISPUTED,
    NEW,
    PAID,
    REVIEWED,
    SENT,
    TAX_RATE,
    TERMS,
    status_ref,
    tax_ref,
    terms_ref,
)
from pipelines.sandbox.generate.payments import Settlement
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)

_TERMS = 1
_UNPOSTED = 5 * DAY
_UNREVIEWED = 2 * DAY


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
    expenses: float = 0.0
    products: float = 0.0
    order: Json | None = None
    ticket: Json | None = None
    phase: Json | None = None
    credit_of: "Invoice | None" = None
    credit_memo: "Invoice | None" = None

    @property
    def number(self) -> str:
        """The number printed on it."""
        return f"INV{self.id:06d}"

    @property
    def applies_to(self) -> tuple[str, int]:
        """``applyToType`` and ``applyToId``."""
        if self.order is not None:
            return "SalesOrder", self.order["id"]
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
        return money(self.service + self.expenses + self.products + self.fee)

    @property
    def due(self) -> int:
        """When it is to be paid."""
        return self.at + TERMS[_TERMS][1] * DAY

    @property
    def credited(self) -> float:
        """What a credit memo takes off it."""
        return -self.credit_memo.total if self.credit_memo else 0.0

    @property
    def tax(self) -> float:
        """Sales tax, where the client pays it."""
        return money(self.subtotal * TAX_RATE) if self.company.is_taxable else 0.0

    @property
    def total(self) -> float:
        """With tax."""
        return money(self.subtotal + self.tax)


def invoice_record(invoice: Invoice, settlement: Settlement, *, now: int) -> Json:
    """The record of ``/finance/invoices``."""
    company = invoice.company
    kind, target = invoice.applies_to
    date = utc_midnight(invoice.at)
    record: Json = {
        "id": invoice.id,
        "invoiceNumber": invoice.number,
        "type": invoice.type,
        "status": _status(invoice, settlement, now),
        "company": company.reference,
        "billToCompany": company.reference,
        "shipToCompany": company.reference,
        "accountNumber": f"A{company.id:05d}",
        "applyToType": kind,
        "applyToId": target,
        "attention": company.contacts[0].ref["name"],
        **_addresses(company),
        "billingTerms": terms_ref(_TERMS),
        "reference": "",
        "customerPO": "",
        "addToBatchEmailList": False,
        "date": stamp(date),
        "dueDate": stamp(utc_midnight(invoice.due)),
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
        **_totals(invoice, settlement),
        "specialInvoiceFlag": False,
        "customFields": custom_fields("invoice"),
        "_info": info(
            min(max(settlement.changed, invoice.at) + 2 * HOUR, now), "finance"
        ),
    }
    _add_targets(record, invoice)
    if invoice.id % 5 == 2:
        _add_printing(record, invoice)
    return record


def _addresses(company: Company) -> Json:
    city, state, zip_code = company.city
    result: Json = {}
    for kind in ("billing", "shipping"):
        result[f"{kind}Site"] = company.site
        result[f"{kind}SiteAddressLine1"] = company.street
        result[f"{kind}SiteCity"] = city
        result[f"{kind}SiteState"] = state
        result[f"{kind}SiteZip"] = zip_code
        result[f"{kind}SiteCountry"] = "United States"
    return result


def _add_targets(record: Json, invoice: Invoice) -> None:
    if invoice.agreement is not None:
        record["agreement"] = invoice.agreement.ref
    if invoice.project is not None:
        record["project"] = invoice.project
    if invoice.order is not None:
        record["salesOrder"] = invoice.order
    if invoice.ticket is not None:
        record["ticket"] = invoice.ticket
    if invoice.phase is not None:
        record["phase"] = invoice.phase
    if invoice.credit_memo is not None or invoice.credit_of is not None:
        record["adjustmentReason"] = "Good will"
        record["adjustedBy"] = "finance"


def _add_printing(record: Json, invoice: Invoice) -> None:
    """What only invoices with a layout of their own say."""
    record["templateSetupId"] = 1
    record["invoiceTemplate"] = ref(1, "Agreement invoice")
    record["emailTemplateId"] = 1
    record["topComment"] = "Thank you for your business."
    record["bottomComment"] = f"Please quote {invoice.number}."
    record["shipToAttention"] = record["attention"]
    record["billingSiteAddressLine2"] = "Second floor"
    record["shippingSiteAddressLine2"] = "Goods entrance"
    record["billingSetupReference"] = ref(1, "Main office")
    if record["status"]["id"] != NEW:
        batch = ref(invoice.at // (7 * DAY), f"GL{invoice.at // (7 * DAY)}")
        record["glBatch"] = batch
        record["unbatchedBatch"] = batch
    if record["status"]["isClosed"]:
        record["closedBy"] = "finance"


def _status(invoice: Invoice, settlement: Settlement, now: int) -> Json:
    if now - invoice.at < _UNPOSTED:
        return status_ref(NEW if now - invoice.at < _UNREVIEWED else REVIEWED)
    if settlement.is_disputed:
        return status_ref(DISPUTED)
    left = money(invoice.total - settlement.paid - settlement.credited)
    return status_ref(SENT if left else PAID)


def _totals(invoice: Invoice, settlement: Settlement) -> Json:
    paid = settlement.paid
    return {
        "serviceTotal": money(invoice.service),
        "expenseTotal": money(invoice.expenses),
        "productTotal": money(invoice.products),
        "agreementAmount": money(invoice.fee),
        "previousProgressApplied": 0.0,
        "serviceAdjustmentAmount": 0.0,
        "downpaymentApplied": 0.0,
        "remainingDownpayment": 0.0,
        "subtotal": invoice.subtotal,
        "salesTax": invoice.tax,
        "total": invoice.total,
        "payments": paid,
        "credits": settlement.credited,
        "balance": money(invoice.total - paid - settlement.credited),
    }
