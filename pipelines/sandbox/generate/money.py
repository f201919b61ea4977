"""Billing runs: which work lands on which invoice, and when.

Time and materials are billed on Mondays, agreements and projects on the first of the
month. A run is held back until the month it falls into is simulated, so that every
time entry is written once, with its invoice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, Month
from pipelines.sandbox.generate.invoices import Invoice, invoice_record
from pipelines.sandbox.generate.records import Json, money
from pipelines.sandbox.generate.scene import Scene
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


@dataclass(slots=True)
class Till:
    """Makes the invoices of each month and puts work on them."""

    scene: Scene
    numbers: "count[int]" = field(default_factory=lambda: count(401))
    waiting: list[Work] = field(default_factory=list)
    fixed_fees: list[FixedFee] = field(default_factory=list)

    def settle(self, month: Month, works: list[Work], *, is_last: bool) -> list[Work]:
        """Invoice what is due in the month; returns work ready to be written."""
        works = [*self.waiting, *works]
        closing = month.end
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
        self._write(self._with_credits(made))
        self.waiting = [
            work
            for work in works
            if self._run_of(work, closing) > closing and not is_last
        ]
        held = set(map(id, self.waiting))
        return [work for work in works if id(work) not in held]

    def _run_of(self, work: Work, closing: int) -> int:
        """The instant of the run that bills the work; 0 when none does."""
        if not work.is_billable or work.charge.cover == "fixed":
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
                invoice.fee = invoice.agreement.due_at(run)
            invoices[key] = invoice
        work.invoice = invoice
        invoice.service = money(invoice.service + work.amount)

    def _agreement_invoices(
        self, run: int, known: dict[tuple[int, str, int], Invoice]
    ) -> Iterator[Invoice]:
        for agreement in self.scene.agreements:
            fee = agreement.due_at(run)
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
                invoice.credited = -memo.total
                memos.append(memo)
        return [*invoices, *memos]

    def _write(self, invoices: list[Invoice]) -> None:
        rng = self.scene.stream("payments")
        for invoice in sorted(invoices, key=lambda each: each.id):
            rng.seed(f"{self.scene.seed}/payment/{invoice.id}")
            record = invoice_record(invoice, now=self.scene.now, rng=rng)
            self.scene.writer.add("/finance/invoices", record)


def _is_billed(agreement: Agreement | None, run: int) -> bool:
    return agreement is not None and agreement.active_at(run)
