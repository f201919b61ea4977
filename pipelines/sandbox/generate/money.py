"""Billing runs: which work lands on which invoice, and when.

Time and materials are billed on Mondays, agreements and projects on the first of the
month. A run is held back until the month it falls into is simulated, so that every
time entry is written once, with its invoice. Expenses and products go with the month's
invoice of their client, or on one of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, Month
from pipelines.sandbox.generate.invoices import Invoice, invoice_record
from pipelines.sandbox.generate.payments import PATH as PAYMENTS
from pipelines.sandbox.generate.payments import Cashier, settle
from pipelines.sandbox.generate.products import Product
from pipelines.sandbox.generate.records import Json, money
from pipelines.sandbox.generate.scene import FORGOTTEN, Scene
from pipelines.sandbox.generate.streams import stream
from pipelines.sandbox.generate.sundries import Sundries, Sundry
from pipelines.sandbox.generate.time_entries import Work

_RUN_HOUR = 11 * HOUR  # Early morning of the firm, in UTC.


@dataclass(slots=True)
class FixedFee:
    """A fixed price to be billed: a part at the start, the rest at the end."""

    project: Json
    company_index: int
    amount: float
    due: int
    type: str


class InvoiceBook:
    """Writes invoices, and how they were settled."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._cashier = Cashier()
        self._without_currency = scene.dirt.quota(2)

    def write(self, invoice: Invoice) -> None:
        """Write one invoice and its payments."""
        scene = self._scene
        rng = stream(scene.seed, f"payment/{invoice.id}")
        settlement = settle(invoice, now=scene.now, rng=rng)
        record = invoice_record(invoice, settlement, now=scene.now)
        if invoice.id % 31 == 17 and self._without_currency:
            self._without_currency -= 1
            del record["currency"]
            path = "/finance/invoices"
            scene.dirt.note("invoice_currency_missing", path, invoice.id)
        scene.writer.add("/finance/invoices", record)
        payments = self._cashier.records(invoice, settlement, now=scene.now, rng=rng)
        for payment in payments:
            scene.writer.add(PAYMENTS, payment, invoice.id)


@dataclass(slots=True)
class Till:
    """Makes the invoices of each month and puts work on them."""

    scene: Scene
    book: InvoiceBook
    sundries: Sundries
    numbers: "count[int]" = field(default_factory=lambda: count(401))
    waiting: list[Work] = field(default_factory=list)
    fixed_fees: list[FixedFee] = field(default_factory=list)
    first: date = date(1970, 1, 1)  # Of the month that is being billed.

    def settle(self, month: Month, works: list[Work], *, is_last: bool) -> list[Work]:
        """Invoice what is due in the month; returns work ready to be written."""
        works = [*self.waiting, *works]
        self.first, closing = month.first, month.end
        runs = sorted({self._run_of(work, closing) for work in works} - {0})
        invoices: dict[tuple[int, str, int], Invoice] = {}
        due = [run for run in runs if run <= closing]
        for run in due:
            for work in works:
                if self._run_of(work, closing) == run:
                    self._bill(work, run, invoices)
        made = list(invoices.values())
        if month.is_whole:
            made.extend(self._agreement_invoices(closing, invoices))
        made.extend(self._fixed_fee_invoices(month))
        sundries = self.sundries.of(month)
        if month.is_whole:
            made.extend(self._bill_sundries(sundries, closing, made))
        for invoice in sorted(self._with_credits(made), key=lambda each: each.id):
            self.book.write(invoice)
        self.sundries.write(sundries)
        self.waiting = [
            work
            for work in works
            if self._run_of(work, closing) > closing and not is_last
        ]
        held = set(map(id, self.waiting))
        return [work for work in works if id(work) not in held]

    def _run_of(self, work: Work, closing: int) -> int:
        """The instant of the run that bills the work; 0 when none does."""
        if not work.is_billable or work.charge.cover in {"fixed", FORGOTTEN}:
            return 0
        if work.charge.cover == "tm":
            midnight = work.entered - work.entered % DAY
            days = 7 - (midnight // DAY + 3) % 7
            return midnight + days * DAY + _RUN_HOUR
        return closing if work.entered <= closing else 0

    def _bill(
        self, work: Work, run: int, invoices: dict[tuple[int, str, int], Invoice]
    ) -> None:
        charge = work.charge
        if charge.cover != "tm" and run > self.scene.now - HOUR:
            return  # The month is not over: nothing of it is billed yet.
        if charge.cover == "agreement" and charge.agreement is not None:
            key, kind = (run, "a", charge.agreement.id), "Agreement"
        elif charge.project is not None:
            key, kind = (run, "p", charge.project["id"]), "Progress"
        else:
            key, kind = (run, "c", charge.company.id), "Standard"
        invoice = invoices.get(key)
        if invoice is None:
            if key[1] == "a" and not _is_billed(charge.agreement, run):
                return
            invoice = Invoice(next(self.numbers), kind, charge.company, run)
            invoice.agreement = charge.agreement if key[1] == "a" else None
            invoice.project = charge.project if key[1] == "p" else None
            if invoice.agreement is not None:
                invoice.fee = invoice.agreement.due_in(self.first)
            invoices[key] = invoice
        work.invoice = invoice
        invoice.service = money(invoice.service + work.amount)

    def _agreement_invoices(
        self, run: int, known: dict[tuple[int, str, int], Invoice]
    ) -> Iterator[Invoice]:
        for agreement in self.scene.agreements:
            fee = agreement.due_in(self.first)
            is_new = (run, "a", agreement.id) not in known
            if is_new and fee and agreement.active_at(run):
                yield Invoice(
                    next(self.numbers), "Agreement", agreement.company, run,
                    agreement=agreement, fee=fee,
                )  # fmt: skip

    def _fixed_fee_invoices(self, month: Month) -> Iterator[Invoice]:
        for fee in self.fixed_fees:
            if month.begin <= fee.due < month.end:
                yield Invoice(
                    next(self.numbers), fee.type,
                    self.scene.companies[fee.company_index], fee.due,
                    project=fee.project, service=fee.amount,
                )  # fmt: skip

    def _bill_sundries(
        self, sundries: list[Sundry], run: int, made: list[Invoice]
    ) -> list[Invoice]:
        """Put expenses and products on invoices of the run; returns further ones."""
        homes = {each.company.id: each for each in reversed(made) if each.at == run}
        further: list[Invoice] = []
        for sundry in sundries:
            if not sundry.is_billable:
                continue
            home = homes.get(sundry.company.id)
            if home is None:
                home = Invoice(next(self.numbers), "Standard", sundry.company, run)
                if sundry.errand is not None:
                    home.ticket, home.phase = sundry.errand.ticket, sundry.errand.phase
                homes[sundry.company.id] = home
                further.append(home)
            sundry.invoice = home
            if isinstance(sundry, Product):
                home.products = money(home.products + sundry.amount)
            else:
                home.expenses = money(home.expenses + sundry.bill_amount)
        return further

    def _with_credits(self, invoices: list[Invoice]) -> list[Invoice]:
        """Add a credit memo to about one invoice in seventy."""
        memos = []
        for invoice in invoices:
            at = invoice.at + 3 * DAY
            if invoice.id % 70 == 13 and invoice.fee > 100 and at < self.scene.now:
                memo = Invoice(
                    next(self.numbers), "CreditMemo", invoice.company, at,
                    agreement=invoice.agreement, fee=-money(invoice.fee * 0.1),
                    credit_of=invoice,
                )  # fmt: skip
                invoice.credit_memo = memo
                memos.append(memo)
        return [*invoices, *memos]


def _is_billed(agreement: Agreement | None, run: int) -> bool:
    return agreement is not None and agreement.active_at(run)
