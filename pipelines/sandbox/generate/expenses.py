"""Expenses: entries of members and the monthly reports that hold them.

An entry is approved in the week after its month and billed with the month's invoice
where its type says so. A report's total is the sum of its entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import (
    DAY,
    HOUR,
    add_months,
    local_midnight,
    stamp,
    utc_midnight,
)
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.errands import BUILD, VISIT, Errand
from pipelines.sandbox.generate.finance_setup import (
    CLASSIFICATIONS,
    EXPENSE_KINDS,
    PAYMENT_METHODS,
    ExpenseKind,
)
from pipelines.sandbox.generate.invoices import Invoice
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.streams import guid

_MILEAGE, _PARKING, _MEALS, _HOTEL, _PARTS, _TRAINING = EXPENSE_KINDS
_HOTEL_TAX = 0.08
_TRAINING_CODE = 3
_REJECTED_EVERY = 173


@dataclass(slots=True)
class Expense:
    """One expense entry; without an errand it was for a training."""

    id: int
    at: int
    kind: ExpenseKind
    member: Member
    company: Company
    amount: float
    units: float
    errand: Errand | None = None
    invoice: Invoice | None = None

    @property
    def is_billable(self) -> bool:
        """Whether a client is asked to pay it."""
        return self.kind.bill == "Billable" and self.company.is_client

    @property
    def bill_amount(self) -> float:
        """What an invoice asks for it."""
        if not self.is_billable:
            return 0.0
        return money(self.amount * (1 + self.kind.markup / 100))

    @property
    def report(self) -> tuple[int, date]:
        """Number of its report, and the first of its month."""
        day = date.fromordinal(date(1970, 1, 1).toordinal() + self.at // DAY)
        number = self.member.id * 1_000 + (day.year - 2_000) * 12 + day.month
        return number, day.replace(day=1)


class Wallet:
    """Draws the expenses of errands and trainings."""

    def __init__(self, members: list[Member], internal: Company, rng: Random) -> None:
        self._members = [m for m in members if m.role != "api"]
        self._internal = internal
        self._rng = rng
        self._numbers = count(7_001)

    def of_errand(self, errand: Errand) -> Iterator[Expense]:
        """What an errand cost."""
        if errand.kind == VISIT:
            yield self._expense(errand, _MILEAGE)
            if self._rng.random() < 0.3:
                yield self._expense(errand, _PARKING)
            if self._rng.random() < 0.1:
                yield self._expense(errand, _PARTS)
        elif errand.kind == BUILD:
            yield self._expense(errand, _HOTEL)
            yield self._expense(errand, _MEALS)

    def _expense(self, errand: Errand, kind: ExpenseKind) -> Expense:
        units = round(self._rng.uniform(kind.low, kind.high), 1 if kind.rate else 2)
        amount = money(units * kind.rate) if kind.rate else units
        return Expense(
            next(self._numbers), errand.at, kind, errand.member, errand.company,
            amount, units, errand,
        )  # fmt: skip

    def training(self, at: int) -> Iterator[Expense]:
        """Somebody's training, paid by the firm."""
        people = [m for m in self._members if m.works_at(at)]
        member = self._rng.choice(people)
        amount = round(self._rng.uniform(_TRAINING.low, _TRAINING.high), 2)
        yield Expense(
            next(self._numbers), at, _TRAINING, member, self._internal, amount, amount
        )


def _status(expense: Expense, now: int) -> tuple[str, int]:
    if expense.invoice is not None:
        return "Billed", expense.invoice.at
    first = expense.report[1]
    approved = local_midnight(add_months(first, 1), firm.ZONE) + 6 * DAY + 15 * HOUR
    if now < approved:
        is_fresh = now - expense.at < 3 * DAY
        return ("Open" if is_fresh else "PendingApproval"), expense.at + 6 * HOUR
    if expense.id % _REJECTED_EVERY == 0:
        return "Rejected", approved
    if now < approved + 3 * DAY:
        return "ApprovedByTierOne", approved
    return ("ReadyToBill" if expense.bill_amount else "ApprovedByTierTwo"), approved


def expense_record(expense: Expense, *, now: int, rng: Random) -> Json:
    """The record of ``/expense/entries``."""
    member, company, kind = expense.member, expense.company, expense.kind
    status, changed = _status(expense, now)
    number, first = expense.report
    is_own_card = expense.id % 3 != 0
    record: Json = {
        "id": expense.id,
        "expenseReport": ref(number, report_name(member, first)),
        "company": company.reference,
        "chargeToId": _TRAINING_CODE,
        "chargeToType": "ChargeCode",
        "type": kind.ref,
        "member": member.ref,
        "paymentMethod": PAYMENT_METHODS[0 if is_own_card else 1],
        "classification": CLASSIFICATIONS[0 if is_own_card else 1],
        "amount": expense.amount,
        "billableOption": kind.bill if company.is_client else "NoCharge",
        "date": stamp(utc_midnight(expense.at)),
        "locationId": member.location.id,
        "businessUnitId": firm.DEPARTMENTS["Service"]["id"],
        "notes": f"{kind.name} for {company.name}"[:100],
        "billAmount": expense.bill_amount,
        "agreementAmount": 0.0,
        "invoiceAmount": expense.bill_amount if expense.invoice else 0.0,
        "mobileGuid": guid(rng),
        "status": status,
        "taxes": _taxes(expense),
        "currency": currency(company.currency_code),
        "customFields": custom_fields("expense"),
        "_info": info(min(changed, now), member.identifier),
    }
    if kind.rate:
        start = 20_000.0 + expense.id % 9_000 * 10
        record["odometerStart"] = start
        record["odometerEnd"] = round(start + expense.units, 1)
    if expense.errand is not None:
        _add_charge(record, expense.errand)
    if expense.invoice is not None:
        record["invoice"] = expense.invoice.ref
    return record


def _taxes(expense: Expense) -> list[Json]:
    """Tax that the bill of a hotel shows; it is part of the amount."""
    if expense.kind is not _HOTEL:
        return []
    tax = money(expense.amount * _HOTEL_TAX / (1 + _HOTEL_TAX))
    return [{"id": expense.id, "amount": tax, "type": ref(1, "Room tax")}]


def _add_charge(record: Json, errand: Errand) -> None:
    record["chargeToId"] = errand.ticket["id"]
    record["chargeToType"] = errand.charge_type
    record["ticket"] = errand.ticket
    if errand.agreement is not None:
        record["agreement"] = errand.agreement.ref
    if errand.project is not None:
        record["project"] = errand.project
    if errand.phase is not None:
        record["phase"] = errand.phase


def report_name(member: Member, first: date) -> str:
    """Name of a member's report of one month."""
    return f"{member.identifier} {first:%Y-%m}"


def report_record(number: int, member: Member, *, total: float, now: int) -> Json:
    """The record of ``/expense/reports``."""
    year, month = divmod(number % 1_000 - 1, 12)
    first = date(2_000 + year, month + 1, 1)
    begin = local_midnight(first, firm.ZONE)
    end = local_midnight(add_months(first, 1), firm.ZONE)
    approved = end + 6 * DAY + 15 * HOUR
    is_open = now < end
    status = "Open" if is_open else "PendingApproval"
    return {
        "id": number,
        "member": member.ref,
        "year": first.year,
        "period": first.month,
        "dateStart": stamp(utc_midnight(begin)),
        "dateEnd": stamp(utc_midnight(end - DAY)),
        "dueDate": stamp(utc_midnight(end + 5 * DAY)),
        "total": money(total),
        "status": "ApprovedByTierTwo" if now >= approved else status,
        "_info": info(min(now, approved), member.identifier),
    }
