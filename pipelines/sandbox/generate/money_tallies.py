"""Measures the stories of money while time is written, and makes one of them.

Apart from ``money_stories``, which is planned before there is any work.
"""

from collections.abc import Iterable

from pipelines.sandbox.generate.calendar import DAY
from pipelines.sandbox.generate.records import money
from pipelines.sandbox.generate.scene import FORGOTTEN, Scene
from pipelines.sandbox.generate.time_entries import Work

_MOST_EDITED = 3
_LEAST_HOURS = 0.5


def tally_money(scene: Scene, work: Work) -> None:
    """Add a written piece of work to the stories that it belongs to."""
    plan, charge = scene.money, work.charge
    if not work.is_billable:
        return
    if charge.agreement is plan.block:
        hours = work.edited[1] if work.edited else work.billed_hours
        plan.block_hours.append((work.start, hours))
    if charge.cover == FORGOTTEN:
        plan.forgotten_tally[0] += 1
        plan.forgotten_tally[1] += work.billed_hours
        plan.forgotten_tally[2] += work.amount


def restate(scene: Scene, works: list[Work]) -> None:
    """Halve billed hours of last month on one invoice, after it was sent (story 14)."""
    story = scene.money.restated
    if story.invoice is not None:
        return
    month = story.month
    suited = [
        work
        for work in works
        if work.invoice is not None
        and month.begin <= work.start < month.end
        and work.billed_hours >= _LEAST_HOURS
        and work.invoice.at < story.at - DAY
    ]
    chosen = _of_one_invoice([w for w in suited if w.amount] or suited)
    for work in chosen[:_MOST_EDITED]:
        if work.invoice is not None:
            _edit(scene, work, work.invoice.id)


def _of_one_invoice(works: Iterable[Work]) -> list[Work]:
    """The works of the invoice that has most of them."""
    by_invoice: dict[int, list[Work]] = {}
    for work in works:
        if work.invoice is not None:
            by_invoice.setdefault(work.invoice.id, []).append(work)
    return max(by_invoice.values(), key=len, default=[])


def _edit(scene: Scene, work: Work, invoice: int) -> None:
    story, before = scene.money.restated, work.billed_hours
    after = max(0.25, int(before * 2) / 4)
    work.edited = (story.at, after)
    story.invoice, story.company = invoice, work.charge.company.id
    story.hours[0] += before
    story.hours[1] += after
    story.amount[0] += work.amount
    story.amount[1] += money(after * work.rate) if work.amount else 0.0
