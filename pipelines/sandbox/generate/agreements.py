"""Agreements and their additions: what a client pays for and what is covered.

Managed clients pay a fee per seat, raised now and then, with additions whose quantities
change in mid-month and are prorated by days; co-managed ones buy block hours. Beside
them stand annual prepaid and child agreements, retainers and incident packs. Records
are made in ``agreement_records``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from pipelines.sandbox.generate.calendar import DAY, add_months, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import AGREEMENT_KINDS
from pipelines.sandbox.generate.records import Json, money

# id, identifier, name, price, cost
RECURRING = (
    (501, "LIC-OFFICE", "Office licences", 14.0, 9.5),
    (502, "BKP-CLOUD", "Cloud backup", 6.0, 3.2),
    (503, "SEC-EDR", "Endpoint security", 5.5, 2.9),
    (504, "MAIL-SEC", "Mail security", 3.0, 1.4),
)
MONTHLY, QUARTERLY, YEARLY, ONCE = 2, 3, 4, 5
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST_SIDE_NUMBER = 20_001
_RAISE = 1.04


@dataclass(slots=True)
class Addition:
    """A recurring line of an agreement, in force from day to day."""

    id: int
    product: tuple[int, str, str, float, float]
    quantity: float
    price: float
    cost: float
    effective: int
    cancelled: int | None
    changed: int = 0

    def active_at(self, at: int) -> bool:
        """Whether it is in force at that instant."""
        return self.effective <= at and (self.cancelled is None or at < self.cancelled)

    def days_in(self, first: date) -> tuple[int, int]:
        """Days in force in that month, and the days that it has."""
        begin, end = _day(first), _day(add_months(first, 1))
        last = end if self.cancelled is None else min(end, self.cancelled // DAY)
        return max(0, last - max(begin, self.effective // DAY)), end - begin

    def due_in(self, first: date) -> float:
        """What the month's invoice asks for it; the first day counts."""
        active, days = self.days_in(first)
        return money(self.quantity * self.price * active / days)


@dataclass(slots=True)
class Agreement:
    """A contract with a client; ``amount`` is the fee of a billing cycle.

    ``raised`` holds what was paid before each raise: until when, how much.
    """

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
    cycle: int = MONTHLY
    raised: list[tuple[int, float]] = field(default_factory=list)
    opportunity: Json | None = None

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

    def fee_in(self, first: date) -> float:
        """The fee that the month's invoice asks for, without additions."""
        begin = date.fromordinal(_EPOCH + self.start // DAY)
        months = (first.year - begin.year) * 12 + first.month - begin.month
        step = {MONTHLY: 1, QUARTERLY: 3, YEARLY: 12}.get(self.cycle, 0)
        if months < 0 or (months % step if step else months):
            return 0.0
        at = _day(first) * DAY
        return next((fee for until, fee in self.raised if at < until), self.amount)

    def due_in(self, first: date) -> float:
        """What the month's invoice asks for, additions included."""
        return money(self.fee_in(first) + sum(a.due_in(first) for a in self.additions))


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


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
        first = max(utc_midnight(now - rng.randrange(400, 700) * DAY), begin)
        yield Agreement(
            next(numbers), f"Hosting year - {company.name}", "prepaid", company,
            first, first + 365 * DAY, cancelled=False,
            amount=money(company.seats * 48.0), hours=0.0, covers_time=False,
            changed=first + 365 * DAY, cycle=YEARLY,
        )  # fmt: skip


def _add_lines(
    agreement: Agreement, lines: "count[int]", *, rng: Random, start: int, now: int
) -> None:
    if agreement.kind != "managed" or agreement.parent:
        return
    for product in rng.sample(RECURRING, rng.randrange(1, 4)):
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


def add_side_agreements(
    companies: list[Company], *, spared: list[Company], start: int, now: int
) -> list[Agreement]:
    """Retainers and incident packs beside the rest, which cover no time.

    Every third client that has no other agreement keeps a retainer, every fifth client
    bought a pack; ``spared`` ones, of whom a story tells, did not.
    """
    numbers = count(_FIRST_SIDE_NUMBER)
    clients = [c for c in companies if c.is_client and c not in spared]
    result = []
    for company in [c for c in clients if c.kind == "break_fix"][::3] or clients[:1]:
        begin = utc_midnight(max(company.since, start))
        end = utc_midnight(company.until) if company.until else None
        result.append(
            Agreement(
                next(numbers),
                f"Retainer - {company.name}",
                "retainer",
                company,
                begin,
                end,
                cancelled=end is not None,
                amount=1_500.0,
                hours=1_500.0,
                covers_time=False,
                changed=end or begin,
                cycle=QUARTERLY,
            )
        )
    for index, company in enumerate(clients[::5]):
        begin = utc_midnight(max(company.since, now - (120 + 61 * index % 300) * DAY))
        result.append(
            Agreement(
                next(numbers),
                f"Incident pack - {company.name}",
                "incidents",
                company,
                begin,
                begin + 365 * DAY,
                cancelled=False,
                amount=950.0,
                hours=10.0,
                covers_time=False,
                changed=begin,
                cycle=ONCE,
            )
        )
    for agreement in result:
        agreement.company.agreements.append(agreement)
    return result


def raise_fees(
    agreements: list[Agreement], *, spared: list[Company], first: date, now: int
) -> list[Agreement]:
    """Raise two of five monthly fees by 4 % each New Year; says which."""
    raised = []
    for agreement in agreements:
        is_due = agreement.kind == "managed" and agreement.id % 5 < 2
        if not is_due or agreement.company in spared:
            continue
        steps = _new_years(agreement, first=first, now=now)
        amount = agreement.amount
        for at in reversed(steps):
            amount = money(amount / _RAISE)
            agreement.raised.insert(0, (at, amount))
        if steps:
            agreement.changed = max(agreement.changed, steps[-1])
            raised.append(agreement)
    return raised


def _new_years(agreement: Agreement, *, first: date, now: int) -> list[int]:
    years = [_day(date(first.year + k, 1, 1)) * DAY for k in range(1, 5)]
    end = min(now, agreement.end or now)
    return [at for at in years if agreement.start < at < end]
