"""The side of the world that money is on: set up once, kept while the months go by.

``MoneySide`` makes the agreements and their details, has the till settle each month,
and writes sales and what is bought for them at the end.
"""

from pipelines.sandbox.generate.agreement_details import AgreementDetails
from pipelines.sandbox.generate.agreement_records import (
    addition_record,
    agreement_record,
)
from pipelines.sandbox.generate.agreements import (
    Agreement,
    add_side_agreements,
    raise_fees,
)
from pipelines.sandbox.generate.calendar import Month, stamp
from pipelines.sandbox.generate.catalog import (
    PROJECT_SUBJECTS,
    vendors_of,
    write_catalog,
)
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.flaws import Flaws
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.money import InvoiceBook, Till
from pipelines.sandbox.generate.money_stories import (
    MoneyStories,
    plan_money_stories,
    raise_product,
)
from pipelines.sandbox.generate.orders import OrderDesk
from pipelines.sandbox.generate.products import Shelf
from pipelines.sandbox.generate.records import Json
from pipelines.sandbox.generate.sales import plan_opportunities, won_for
from pipelines.sandbox.generate.sales_work import SalesWork
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.stories import Stories
from pipelines.sandbox.generate.sundries import Sundries

_ADDITIONS = "/finance/agreements/{parent_id}/additions"


def settle_agreements(
    agreements: list[Agreement],
    companies: list[Company],
    members: list[Member],
    stories: Stories,
    *,
    months: tuple[Month, ...],
    now: int,
) -> tuple[list[Agreement], MoneyStories]:
    """Raises, side agreements and the stories of money on top of plain agreements."""
    spared = [stories.loser]
    underpriced = raise_product(agreements, spared=spared, now=now)
    plan = plan_money_stories(
        companies, members, stories, underpriced=underpriced, months=months, now=now
    )
    raise_fees(agreements, spared=spared, first=months[0].first, now=now)
    side = add_side_agreements(
        companies, spared=[*spared, plan.block.company], start=months[0].begin, now=now
    )
    return [*agreements, *side, plan.block], plan


class MoneySide:
    """Everything about money that has to be kept in order."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        shelf = Shelf(vendors_of(scene.companies), scene.stream("products"))
        book = InvoiceBook(scene)
        self._sundries = Sundries(scene, shelf)
        self.till = Till(scene, book, self._sundries)
        self._sales = plan_opportunities(scene)
        for sale in won_for(self._sales, PROJECT_SUBJECTS):
            scene.sales_won[sale.company.id] = sale.ref
        self._details = AgreementDetails(scene.writer, now=scene.now)
        self._work = SalesWork(scene, OrderDesk(scene, shelf=shelf, book=book))

    def write_base(self, flaws: Flaws) -> None:
        """Write the catalogue and the agreements with what hangs on them."""
        scene = self._scene
        line, at = scene.money.underpriced.line, scene.money.underpriced.at
        write_catalog(
            scene.writer, vendors_of(scene.companies),
            raised=(line.product[0], line.cost, at),
        )  # fmt: skip
        self._name_sales()
        open_ended = [a for a in scene.agreements if a.end is None]
        typed_out = {a.id for a in open_ended[1::25]}
        expired = self._expired(open_ended, typed_out)
        for agreement in scene.agreements:
            record = agreement_record(agreement, now=scene.now)
            if agreement.id in typed_out:
                flaws.far_agreement_end(record)
            if agreement is expired:
                flaws.expired_but_used(record, now=scene.now)
            self._write(agreement, record)
        scene.writer.add("/finance/agreements", flaws.backward_agreement(scene))

    def _write(self, agreement: Agreement, record: Json) -> None:
        writer, now = self._scene.writer, self._scene.now
        writer.add("/finance/agreements", record)
        month = self._scene.months[-1].first
        for line in agreement.additions:
            addition = addition_record(agreement, line, month=month, now=now)
            writer.add(_ADDITIONS, addition, agreement.id)
        self._details.write(agreement)

    def _expired(self, open_ended: list[Agreement], taken: set[int]) -> Agreement:
        """The agreement that nobody renewed on paper; no story tells of its client."""
        told = {self._scene.stories.loser.id, self._scene.money.forgotten.id}
        free = [
            a
            for a in open_ended
            if a.id not in taken and a.covers_time and a.company.id not in told
        ]
        return (free or open_ended)[-1]

    def _name_sales(self) -> None:
        """Agreements that a won opportunity led to say so."""
        by_company = {
            sale.company.id: sale for sale in won_for(self._sales, {"Managed services"})
        }
        for agreement in self._scene.agreements:
            sale = by_company.get(agreement.company.id)
            if sale is not None and agreement.kind in {"managed", "retainer"}:
                agreement.opportunity = sale.ref

    def finish(self) -> None:
        """Write expense reports and sales; settle the block of hours."""
        scene = self._scene
        self._sundries.finish()
        for sale in self._sales:
            self._work.write(sale)
        amount = scene.money.settle_block()
        self._details.adjust(
            scene.money.block, scene.months[-1].begin, amount=amount,
            reason="Hours agreed at the review",
        )  # fmt: skip

    def manifest(self) -> Json:
        """What tests need to know of prices at the time."""
        return {
            "raises": {
                str(agreement.id): [[stamp(at), fee] for at, fee in agreement.raised]
                for agreement in self._scene.agreements
                if agreement.raised
            },
        }
