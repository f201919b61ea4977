"""Agreements and their additions: what a client pays for and what is covered.

Managed clients pay a fee per seat with additions whose quantities change; co-managed
ones buy block hours; some have a prepaid or a child agreement beside it. One kind of
dirt lives here: agreements that end before they start.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import (
    AGREEMENT_KINDS,
    cycle_ref,
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

_PRODUCTS = (
    (501, "LIC-OFFICE", "Office licences", 14.0, 9.5),
    (502, "BKP-CLOUD", "Cloud backup", 6.0, 3.2),
    (503, "SEC-EDR", "Endpoint security", 5.5, 2.9),
    (504, "MAIL-SEC", "Mail security", 3.0, 1.4),
)


@dataclass(slots=True)
class Addition:
    """A recurring line of an agreement."""

    id: int
    product: tuple[int, str, str, float, float]
    quantity: float
    price: float
    cost: float
    effective: int
    cancelled: int | None

    def active_at(self, at: int) -> bool:
        """Whether it is billed by an invoice of that date."""
        return self.effective <= at and (self.cancelled is None or at < self.cancelled)


@dataclass(slots=True)
class Agreement:
    """A contract with a client; ``amount`` is the fee of a month."""

    id: int
    name: str
    kind: str
    company: Company
    start: int
    end: int | None
    cancelled: bool
    amount: float
    hours: float
    covers_time: bool
    additions: list[Addition] = field(default_factory=list)
    parent: "Agreement | None" = None
    changed: int = 0

    @property
    def type_name(self) -> str:
        """Name of the agreement type."""
        return AGREEMENT_KINDS[self.kind].name

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type_name,
            "chargeFirmFlag": False,
        }

    def active_at(self, at: int) -> bool:
        """Whether it is in force at that instant."""
        return self.start <= at and (self.end is None or at < self.end)

    def due_at(self, at: int) -> float:
        """What an invoice of that date asks for, additions included."""
        lines = (a.quantity * a.price for a in self.additions if a.active_at(at))
        return money(self.amount + sum(lines))


def licences_of(company: Company, at: int) -> tuple[str, float]:
    """What a client pays for per seat at that instant, and how many: licences first."""
    sold: dict[str, float] = {}
    for agreement in company.agreements:
        for line in agreement.additions if agreement.active_at(at) else ():
            if line.active_at(at):
                product = line.product[1]
                sold[product] = sold.get(product, 0.0) + line.quantity
    product = max(sold, key=lambda each: (each.startswith("LIC-"), each), default="")
    return product, sold.get(product, 0.0)


def make_agreements(
    companies: list[Company], *, rng: Random, start: int, now: int
) -> list[Agreement]:
    """All agreements, put under their companies too."""
    numbers, lines = count(30), count(700)
    result: list[Agreement] = []
    for company in companies:
        for agreement in _of(company, numbers, rng=rng, now=now):
            _add_lines(agreement, lines, rng=rng, start=start, now=now)
            company.agreements.append(agreement)
            result.append(agreement)
    return result


def _of(
    company: Company, numbers: "count[int]", *, rng: Random, now: int
) -> Iterator[Agreement]:
    begin = utc_midnight(company.since)
    end = utc_midnight(company.until) if company.until else None
    is_cancelled = end is not None
    if company.kind == "managed":
        fee = money(company.seats * rng.choice((38, 45, 52, 58)))
        main = Agreement(
            next(numbers), f"Managed Services - {company.name}", "managed", company,
            begin, end, is_cancelled, fee, 0.0, covers_time=True,
            changed=end or max(begin, now - rng.randrange(10, 400) * DAY),
        )  # fmt: skip
        yield main
        if rng.random() < 0.2:
            yield Agreement(
                next(numbers), f"Second site - {company.name}", "managed", company,
                begin, end, is_cancelled, money(fee * 0.2), 0.0, covers_time=False,
                parent=main, changed=main.changed,
            )  # fmt: skip
    elif company.kind == "co_managed":
        hours = rng.choice((10.0, 20.0, 30.0))
        yield Agreement(
            next(numbers), f"Block hours - {company.name}", "block", company, begin,
            end, is_cancelled, money(hours * 118), hours, covers_time=True,
            changed=max(begin, now - rng.randrange(5, 90) * DAY),
        )  # fmt: skip
    if company.is_client and rng.random() < 0.15:
        first = utc_midnight(now - rng.randrange(400, 700) * DAY)
        yield Agreement(
            next(numbers), f"Hosting year - {company.name}", "prepaid", company,
            max(first, begin), max(first, begin) + 365 * DAY, cancelled=False,
            amount=money(company.seats * 4.0), hours=0.0, covers_time=False,
            changed=max(first, begin) + 365 * DAY,
        )  # fmt: skip


def _add_lines(
    agreement: Agreement, lines: "count[int]", *, rng: Random, start: int, now: int
) -> None:
    if agreement.kind != "managed" or agreement.parent:
        return
    for product in rng.sample(_PRODUCTS, rng.randrange(1, 4)):
        effective = max(agreement.start, start - 200 * DAY)
        quantity = float(agreement.company.seats)
        while effective < now and len(agreement.additions) < 12:
            ends = effective + rng.randrange(200, 700) * DAY
            is_last = ends >= now
            cancelled = agreement.end if is_last else utc_midnight(ends)
            addition = Addition(
                next(lines), product, quantity, product[3], product[4],
                utc_midnight(effective), cancelled,
            )  # fmt: skip
            agreement.additions.append(addition)
            quantity = max(1.0, quantity + rng.choice((-3, -1, 1, 2, 4)))
            effective = utc_midnight(ends) if not is_last else now


def agreement_record(agreement: Agreement, *, now: int) -> Json:
    """The record of ``/finance/agreements``."""
    company, kind = agreement.company, AGREEMENT_KINDS[agreement.kind]
    is_over = agreement.end is not None and agreement.end <= now
    record: Json = {
        "id": agreement.id,
        "name": agreement.name,
        "type": ref(kind.id, kind.name),
        "company": company.reference,
        "contact": company.contacts[0].ref,
        "site": company.site,
        "location": company.location.ref,
        "department": firm.DEPARTMENTS["Service"],
        "restrictLocationFlag": False,
        "restrictDepartmentFlag": False,
        "startDate": stamp(agreement.start),
        "noEndingDateFlag": agreement.end is None,
        "cancelledFlag": agreement.cancelled,
        "workOrder": "",
        "internalNotes": "",
        **_coverage(agreement),
        **_billing(agreement),
        "agreementStatus": "Active",
        "customFields": custom_fields("agreement", {51: company.seats}),
        "_info": info(
            min(now, agreement.changed + 8 * HOUR), company.manager.identifier
        ),
    }
    if agreement.end is not None:
        record["endDate"] = stamp(agreement.end)
    if agreement.cancelled and agreement.end is not None:
        record["dateCancelled"] = stamp(agreement.end)
        record["reasonCancelled"] = "Client left"
    if is_over:
        record["agreementStatus"] = "Cancelled" if agreement.cancelled else "Expired"
    elif agreement.kind != "prepaid":
        record["nextInvoiceDate"] = stamp(utc_midnight(now) + DAY)
    if company.sla is not None:
        record["sla"] = firm.SLAS[company.sla].ref
    if agreement.parent:
        record["parentAgreement"] = agreement.parent.ref
    return record


def _coverage(agreement: Agreement) -> Json:
    is_block = agreement.kind == "block"
    return {
        "applicationUnits": "Hours" if is_block else "Amount",
        "applicationLimit": agreement.hours,
        "applicationCycle": "CalendarMonth",
        "applicationUnlimitedFlag": agreement.kind == "managed",
        "oneTimeFlag": False,
        "coverAgreementTime": agreement.covers_time,
        "coverAgreementProduct": False,
        "coverAgreementExpense": False,
        "coverSalesTax": False,
        "carryOverUnused": is_block,
        "allowOverruns": True,
        "expiredDays": 90 if is_block else 0,
        "limit": 0,
        "expireWhenZero": False,
        "chargeToFirm": False,
        "employeeCompRate": "Actual",
        "employeeCompNotExceed": "Billing",
        "compHourlyRate": 0.0,
        "compLimitAmount": 0.0,
        "billTime": "Billable",
        "billExpenses": "Billable",
        "billProducts": "Billable",
        "billableTimeInvoice": True,
        "billableExpenseInvoice": False,
        "billableProductInvoice": False,
    }


def _billing(agreement: Agreement) -> Json:
    company = agreement.company
    return {
        "billingCycle": cycle_ref(2),
        "billOneTimeFlag": False,
        "billingTerms": terms_ref(1),
        "invoicingCycle": "CalendarYear",
        "billToCompany": company.reference,
        "billToContact": company.contacts[0].ref,
        "billToSite": company.site,
        "billAmount": agreement.amount,
        "taxable": company.is_taxable,
        "prorateFirstBill": 0.0,
        "billStartDate": stamp(agreement.start),
        "restrictDownPayment": False,
        "prorateFlag": True,
        "invoiceProratedAdditionsFlag": True,
        "invoiceDescription": agreement.name,
        "topComment": False,
        "bottomComment": False,
        "currency": currency(company.currency_code),
        "periodType": "Current",
        "autoInvoiceFlag": True,
        "companyLocation": company.location.ref,
    }


def addition_record(agreement: Agreement, line: Addition, *, now: int) -> Json:
    """The record of ``/finance/agreements/{parent_id}/additions``."""
    number, identifier, name, _, _ = line.product
    is_over = line.cancelled is not None and line.cancelled <= now
    price, cost = line.quantity * line.price, line.quantity * line.cost
    changed = line.cancelled if line.cancelled and is_over else line.effective
    record: Json = {
        "id": line.id,
        "product": {"id": number, "identifier": identifier, "serializedFlag": False},
        "quantity": line.quantity,
        "lessIncluded": 0.0,
        "unitPrice": line.price,
        "unitCost": line.cost,
        "billCustomer": "Billable",
        "effectiveDate": stamp(line.effective),
        "taxableFlag": agreement.company.is_taxable,
        "invoiceDescription": name,
        "purchaseItemFlag": False,
        "specialOrderFlag": False,
        "agreementId": agreement.id,
        "description": name,
        "billedQuantity": line.quantity,
        "uom": "Seat",
        "extPrice": money(price),
        "extCost": money(cost),
        "sequenceNumber": float(number - 500),
        "margin": money(price - cost),
        "prorateCost": 0.0,
        "proratePrice": 0.0,
        "extendedProrateCost": 0.0,
        "extendedProratePrice": 0.0,
        "prorateCurrentPeriodFlag": False,
        "agreementStatus": "Cancelled" if is_over else "Active",
        "customFields": custom_fields("addition"),
        "_info": info(min(now, changed + 7 * HOUR), "setup1"),
    }
    if line.cancelled is not None:
        record["cancelledDate"] = stamp(line.cancelled)
    return record
