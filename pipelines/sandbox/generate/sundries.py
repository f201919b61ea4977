"""What is billed beside time and fees: the expenses and products of each month.

They are drawn from the errands of the month, put on invoices by ``money``, and written
with the invoice that bills them.
"""

from pipelines.sandbox.generate.calendar import DAY, HOUR, Month
from pipelines.sandbox.generate.errands import Errand
from pipelines.sandbox.generate.expenses import (
    Expense,
    Wallet,
    expense_record,
    report_record,
)
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.products import Product, Shelf, product_record
from pipelines.sandbox.generate.scene import Scene

Sundry = Expense | Product


class Sundries:
    """Makes expenses and products, and writes them once they are billed."""

    def __init__(self, scene: Scene, shelf: Shelf) -> None:
        self._scene = scene
        self._shelf = shelf
        self._wallet = Wallet(scene.members, scene.internal, scene.stream("expenses"))
        self._guids = scene.stream("expense records")
        self._reports: dict[int, tuple[Member, float]] = {}

    def of(self, month: Month) -> list[Sundry]:
        """What arose in the month, by time."""
        errands = self._scene.errands
        due = [errand for errand in errands if errand.at < month.end]
        self._scene.errands = [e for e in errands if e.at >= month.end]
        result: list[Sundry] = []
        for errand in sorted(due, key=lambda each: (each.at, each.ticket["id"])):
            result.extend(self._of_errand(errand))
        at = month.begin + 9 * DAY + 15 * HOUR
        if month.index % 2 == 0 and at < month.end:
            result.extend(self._wallet.training(at))
        return result

    def _of_errand(self, errand: Errand) -> list[Sundry]:
        result: list[Sundry] = list(self._wallet.of_errand(errand))
        product = self._shelf.of_errand(errand)
        if product is not None:
            result.append(product)
        return result

    def write(self, sundries: list[Sundry]) -> None:
        """Write the records of a month."""
        scene = self._scene
        for sundry in sundries:
            if isinstance(sundry, Product):
                record = product_record(sundry, now=scene.now)
                scene.writer.add("/procurement/products", record)
                continue
            number, _ = sundry.report
            member, total = self._reports.get(number, (sundry.member, 0.0))
            self._reports[number] = member, total + sundry.amount
            record = expense_record(sundry, now=scene.now, rng=self._guids)
            scene.writer.add("/expense/entries", record)

    def finish(self) -> None:
        """Write the expense reports."""
        for number, (member, total) in sorted(self._reports.items()):
            record = report_record(number, member, total=total, now=self._scene.now)
            self._scene.writer.add("/expense/reports", record)
