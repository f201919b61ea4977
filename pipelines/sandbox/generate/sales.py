"""Opportunities: stages, probabilities, wins, losses, and dates left in the past.

They are planned before anything else, so that agreements and projects can name the sale
that they came from; what belongs to them is written in ``sales_work``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.catalog import SUBJECTS
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import tax_ref, terms_ref
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    ref,
)
from pipelines.sandbox.generate.sales_setup import (
    LOST,
    OPEN,
    OPPORTUNITY_STATUSES,
    OPPORTUNITY_TYPES,
    STAGES,
    WON,
    probability_ref,
)
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import lognormal

_PAST_DUE = 90 * DAY
_STALE = 2  # Opportunities whose close date was left in the past (story 13).
_SOURCES = ("Referral", "Website", "Existing client", "Event")


@dataclass(slots=True)
class Opportunity:
    """A sale in the making, or how it ended at ``changed``."""

    id: int
    subject: str
    company: Company
    rep: Member
    outcome: str
    stage: tuple[int, str, int, str]
    begin: int
    expected: int
    changed: int
    source: str

    @property
    def name(self) -> str:
        """Its name, at most as long as the API allows."""
        return f"{self.subject} - {self.company.name}"[:100]

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)

    @property
    def status(self) -> Json:
        """Reference to its status."""
        return ref(*OPPORTUNITY_STATUSES[self.outcome])

    @property
    def percent(self) -> int:
        """Probability of its stage."""
        return self.stage[2] * 10


def plan_opportunities(scene: Scene) -> list[Opportunity]:
    """All opportunities, oldest first."""
    rng = scene.stream("sales")
    buyers = [c for c in scene.companies if c.is_client or c.kind == "prospect"]
    reps = [m for m in scene.members if m.role in {"sales", "owner"}]
    wanted = max(6, scene.profile.companies * scene.profile.years * 5 // 4)
    span = scene.now - scene.start
    begins = sorted(scene.start + int(span * rng.random()) for _ in range(wanted))
    old = [k for k, begin in enumerate(begins) if begin < scene.now - 2 * _PAST_DUE]
    result = []
    for index, begin in enumerate(begins):
        company, rep = rng.choice(buyers), rng.choice(reps)
        outcome, stage, expected, changed = _course(
            begin, now=scene.now, is_stale=index in old[-_STALE:], rng=rng
        )
        result.append(
            Opportunity(
                301 + index,
                rng.choice(SUBJECTS),
                company,
                rep,
                outcome,
                stage,
                begin,
                expected,
                changed,
                rng.choice(_SOURCES),
            )
        )
    return result


def _course(
    begin: int, *, now: int, is_stale: bool, rng: Random
) -> tuple[str, tuple[int, str, int, str], int, int]:
    """Outcome, stage, expected close and last change."""
    decided = begin + int(lognormal(rng, 60, 0.6) * DAY)
    if decided > now or is_stale:
        expected = now + rng.randrange(5, 90) * DAY
        if is_stale:
            expected = max(begin + 10 * DAY, now - _PAST_DUE - 10 * DAY)
        changed = max(begin, min(now - HOUR, now - rng.randrange(1, 40) * DAY))
        return OPEN, STAGES[rng.randrange(4)], expected, changed
    outcome = WON if rng.random() < 0.3 else LOST
    stage = STAGES[4] if outcome == WON else STAGES[rng.randrange(1, 4)]
    return outcome, stage, decided + rng.randrange(-10, 20) * DAY, decided


def opportunity_record(sale: Opportunity, *, tax: float, second: Member | None) -> Json:
    """The record of ``/sales/opportunities``."""
    company, number = sale.company, sale.id
    contact = company.contacts[0]
    record: Json = {
        "id": number,
        "name": sale.name,
        "expectedCloseDate": stamp(utc_midnight(sale.expected)),
        "type": ref(1 + number % 3, OPPORTUNITY_TYPES[number % 3]),
        "stage": ref(sale.stage[0], sale.stage[1]),
        "status": sale.status,
        "priority": ref(2, "Medium"),
        "notes": "",
        "probability": probability_ref(sale.stage[2]),
        "source": sale.source,
        "rating": ref(1 + number % 3, ("Hot", "Warm", "Cold")[number % 3]),
        "primarySalesRep": sale.rep.ref,
        "locationId": company.location.id,
        "businessUnitId": 12,
        "company": company.reference,
        "contact": contact.ref,
        "site": company.site,
        "customerPO": "",
        "pipelineChangeDate": stamp(utc_midnight(sale.changed)),
        "dateBecameLead": stamp(utc_midnight(sale.begin)),
        "totalSalesTax": tax,
        "shipToCompany": company.reference,
        "shipToContact": contact.ref,
        "shipToSite": company.site,
        "billToCompany": company.reference,
        "billToContact": contact.ref,
        "billToSite": company.site,
        "billingTerms": terms_ref(1),
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "currency": currency(company.currency_code),
        "companyLocationId": company.location.id,
        "technicalContact": company.contacts[-1].ref,
        "customFields": custom_fields("opportunity"),
        "_info": info(sale.changed, sale.rep.identifier),
    }
    if second is not None:
        record["secondarySalesRep"] = second.ref
    campaign = campaign_of(sale.begin)
    if campaign is not None:
        record["campaign"] = campaign
    if sale.outcome != OPEN:
        record["closedDate"] = stamp(utc_midnight(sale.changed))
        record["closedBy"] = sale.rep.ref
    return record


def campaign_of(at: int) -> Json | None:
    """The campaign that runs in the last month of each quarter."""
    day = date.fromordinal(date(1970, 1, 1).toordinal() + at // DAY)
    if day.month % 3:
        return None
    quarter = day.month // 3
    return ref(day.year * 10 + quarter, f"Quarter end {day.year} Q{quarter}")


def won_for(
    sales: list[Opportunity], subjects: Collection[str]
) -> Iterator[Opportunity]:
    """Sales of those subjects that were won."""
    return (s for s in sales if s.outcome == WON and s.subject in subjects)
