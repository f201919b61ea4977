"""The planted stories of money: who, when and how much.

8: block hours of one client run out in three weeks. 9: approved time of 40 to 60 days'
age stands unbilled at one client. 12: one addition is sold below cost after a vendor's
raise. 13: opportunities past due, and a rep whose forecast is twice the result. 14: a
figure of last month changes because time was edited after invoicing. Plans are made
before anything is simulated; what came of them is measured while records are written.
"""

from dataclasses import dataclass, field
from typing import Any

from pipelines.sandbox.generate.agreements import (
    ONCE,
    RECURRING,
    Addition,
    Agreement,
)
from pipelines.sandbox.generate.calendar import DAY, Month, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import money
from pipelines.sandbox.generate.stories import Stories

_BLOCK_NUMBER = 25_001
_BLOCK_AGE = 75 * DAY
_BLOCK_HOURS = 60.0
_BLOCK_RATE = 118.0
USE_WEEKS = 8
RUNWAY_WEEKS = 3
_LEAST_USE = 0.05  # Hours a week, where nothing was done of late.
FORGOTTEN_DAYS = (60, 40)
_RAISE_AGE = 120 * DAY
_FIRST_RAISED_LINE = 60_001


@dataclass(slots=True)
class Restatement:
    """Time of last month that was edited after it had been invoiced."""

    month: Month
    at: int
    entries: list[int] = field(default_factory=list)
    invoice: int | None = None
    company: int | None = None
    hours: list[float] = field(default_factory=lambda: [0.0, 0.0])
    amount: list[float] = field(default_factory=lambda: [0.0, 0.0])


@dataclass(frozen=True, slots=True)
class Underpriced:
    """The line that kept its price when its cost rose."""

    agreement: Agreement
    line: Addition
    at: int


@dataclass(slots=True)
class MoneyStories:
    """Subjects and windows of the stories of money."""

    now: int
    block: Agreement
    forgotten: Company
    forgotten_span: tuple[int, int]
    restated: Restatement
    underpriced: Underpriced
    optimist: Member
    block_hours: list[tuple[int, float]] = field(default_factory=list)
    forgotten_tally: list[float] = field(default_factory=lambda: [0, 0.0, 0.0])
    stale: list[int] = field(default_factory=list)
    forecast: list[float] = field(default_factory=lambda: [0.0, 0.0])
    adjustment: float = 0.0

    def forgets_cover(self, company: Company, at: int) -> bool:
        """Whether work of that instant was left without its agreement (story 9)."""
        begin, end = self.forgotten_span
        return company is self.forgotten and begin <= at < end

    @property
    def weekly_use(self) -> float:
        """Hours of the block used a week, of late (story 8)."""
        since = self.now - USE_WEEKS * 7 * DAY
        used = sum(hours for at, hours in self.block_hours if at >= since)
        return round(max(_LEAST_USE, used / USE_WEEKS), 4)

    def settle_block(self) -> float:
        """The adjustment that leaves three weeks of hours in the block."""
        used = sum(hours for _, hours in self.block_hours)
        wanted = round(RUNWAY_WEEKS * self.weekly_use, 2)
        self.adjustment = round(wanted + used - self.block.hours, 2)
        return self.adjustment


def plan_money_stories(
    companies: list[Company],
    members: list[Member],
    stories: Stories,
    *,
    underpriced: Underpriced,
    months: tuple[Month, ...],
    now: int,
) -> MoneyStories:
    """Choose the subjects, none of whom another story tells of if it can be helped."""
    told = {stories.loser.id, stories.one_app_client.id}
    steady = [c for c in companies if c.is_client and c.until is None]
    steady = [c for c in steady if c.since < now - 200 * DAY] or steady
    buyers = [c for c in steady if c.kind == "co_managed"]
    buyers = buyers or [c for c in steady if c.kind == "break_fix"] or steady
    buyer = max(buyers, key=lambda c: (c.seats, -c.id))
    managed = [c for c in steady if c.kind == "managed" and c is not buyer]
    managed = [c for c in managed if c.id not in told] or managed
    # The first and the last are left for what other stories need of extremes.
    forgotten = sorted(managed, key=lambda c: (c.seats, c.id))[len(managed) // 2]
    first, last = FORGOTTEN_DAYS
    reps = [m for m in members if m.role == "sales"]
    reps = reps or [m for m in members if m.role == "owner"]
    return MoneyStories(
        now=now,
        block=_sell_block(buyer, now=now),
        forgotten=forgotten,
        forgotten_span=(now - first * DAY, now - last * DAY),
        restated=Restatement(months[-2], (months[-1].begin + now) // 2),
        underpriced=underpriced,
        optimist=reps[0],
    )


def _sell_block(buyer: Company, *, now: int) -> Agreement:
    """A block of hours; it takes the place of what covered time before."""
    begin = utc_midnight(now - _BLOCK_AGE)
    for agreement in buyer.agreements:
        if agreement.covers_time and agreement.active_at(begin):
            agreement.end = begin
            agreement.changed = begin
    block = Agreement(
        _BLOCK_NUMBER, f"Block of hours - {buyer.name}"[:100], "block", buyer, begin,
        begin + 365 * DAY, cancelled=False, amount=_BLOCK_HOURS * _BLOCK_RATE,
        hours=_BLOCK_HOURS, covers_time=True, changed=begin, cycle=ONCE,
    )  # fmt: skip
    buyer.agreements.append(block)
    return block


def raise_product(
    agreements: list[Agreement], *, spared: list[Company], now: int
) -> Underpriced:
    """The vendor raises a product; all lines are repriced but one (story 12)."""
    at = utc_midnight(now - _RAISE_AGE)
    buyers = [a for a in agreements if a.kind == "managed" and a.active_at(now)]
    buyers = [a for a in buyers if a.company not in spared] or buyers
    found = [(a, line) for a in buyers for line in _lines_at(a, at)]
    if not found:
        found = [(buyers[0], _first_line(buyers[0]))]
    (missed, _), product = found[0], found[0][1].product
    cost, price = money(product[3] * 1.11), money(product[3] * 1.5)
    lines = [(a, line) for a, line in found if line.product is product]
    repriced = []
    for number, (agreement, line) in enumerate(lines, _FIRST_RAISED_LINE):
        later = Addition(
            number, product, line.quantity, price, cost, at, line.cancelled, changed=at
        )
        line.cancelled = at
        agreement.additions.append(later)
        repriced.append(later)
    repriced[0].price = product[3]
    return Underpriced(missed, repriced[0], at)


def _lines_at(agreement: Agreement, at: int) -> list[Addition]:
    lines = agreement.additions
    return [a for a in lines if a.effective < at and a.cancelled is None]


def _first_line(agreement: Agreement) -> Addition:
    """A line for a firm so small that nobody had one."""
    seats = float(agreement.company.seats)
    product = RECURRING[0]
    line = Addition(
        _FIRST_RAISED_LINE - 1, product, seats, product[3], product[4],
        agreement.start, None,
    )  # fmt: skip
    agreement.additions.append(line)
    return line


def money_story_manifest(plan: MoneyStories) -> dict[str, Any]:
    """Number → title, who, when, how much."""
    return {
        "8": _block(plan),
        "9": _forgotten(plan),
        "12": _underpriced(plan),
        "13": _sales(plan),
        "14": _restated(plan.restated),
    }


def _block(plan: MoneyStories) -> dict[str, Any]:
    block = plan.block
    used = round(sum(hours for _, hours in plan.block_hours), 2)
    return {
        "title": "Block hours of one client run out in three weeks",
        "who": {"company": block.company.id, "agreement": block.id},
        "when": f"in {RUNWAY_WEEKS} weeks",
        "how_much": {
            "bought_hours": block.hours,
            "adjusted_hours": plan.adjustment,
            "used_hours": used,
            "balance_hours": round(block.hours + plan.adjustment - used, 2),
            "weekly_use_hours": plan.weekly_use,
            "use_is_of_weeks": USE_WEEKS,
            "runway_weeks": RUNWAY_WEEKS,
        },
    }


def _forgotten(plan: MoneyStories) -> dict[str, Any]:
    begin, end = plan.forgotten_span
    entries, hours, amount = plan.forgotten_tally
    return {
        "title": "Approved time of 40 to 60 days stands unbilled: cover was forgotten",
        "who": {"company": plan.forgotten.id},
        "when": {"from": stamp(begin), "to": stamp(end)},
        "how_much": {
            "entries": int(entries),
            "hours": round(hours, 2),
            "amount": money(amount),
        },
    }


def _underpriced(plan: MoneyStories) -> dict[str, Any]:
    agreement, line = plan.underpriced.agreement, plan.underpriced.line
    loss = line.quantity * (line.cost - line.price)
    return {
        "title": "An addition is priced below cost after a vendor's raise",
        "who": {
            "company": agreement.company.id,
            "agreement": agreement.id,
            "addition": line.id,
            "product": line.product[1],
        },
        "when": stamp(plan.underpriced.at),
        "how_much": {
            "unit_price": line.price,
            "unit_cost_before": line.product[4],
            "unit_cost": line.cost,
            "quantity": line.quantity,
            "loss_per_month": money(loss),
        },
    }


def _sales(plan: MoneyStories) -> dict[str, Any]:
    forecast, won = plan.forecast
    return {
        "title": "Close dates a quarter in the past; a forecast twice the result",
        "who": {"opportunities": plan.stale, "rep": plan.optimist.id},
        "when": "for a quarter; always",
        "how_much": {
            "past_due_opportunities": len(plan.stale),
            "rep_forecast_of_won": money(forecast),
            "rep_won": money(won),
            "ratio": round(forecast / won, 4) if won else 2.0,
        },
    }


def _restated(story: Restatement) -> dict[str, Any]:
    before, after = story.hours
    billed, now = story.amount
    return {
        "title": "Last month's billed hours change: time was edited after invoicing",
        "who": {
            "company": story.company,
            "invoice": story.invoice,
            "time_entries": story.entries,
        },
        "when": {"month": story.month.first.isoformat(), "edited": stamp(story.at)},
        "how_much": {
            "billed_hours_before": round(before, 2),
            "billed_hours_after": round(after, 2),
            "billed_amount_before": money(billed),
            "billed_amount_after": money(now),
        },
    }
