"""Opportunities: stages, probabilities, wins, losses, and dates left in the past."""

from collections.abc import Iterator
from random import Random

from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, currency, custom_fields, info, ref
from pipelines.sandbox.generate.sales_setup import (
    OPPORTUNITY_STATUSES,
    OPPORTUNITY_TYPES,
    STAGES,
    probability_ref,
)
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import lognormal

_SUBJECTS = (
    "Managed services", "Firewall renewal", "Laptop refresh", "Cloud move",
    "Backup redesign", "Security assessment", "Extra seats", "Phone system",
)  # fmt: skip
_PAST_DUE = 90 * DAY


def opportunity_records(scene: Scene) -> Iterator[Json]:
    """Records of ``/sales/opportunities``, oldest first."""
    rng = scene.stream("sales")
    buyers = [c for c in scene.companies if c.is_client or c.kind == "prospect"]
    reps = [m for m in scene.members if m.role in {"sales", "owner"}]
    wanted = max(6, scene.profile.companies * scene.profile.years * 5 // 4)
    span = scene.now - scene.start
    begins = sorted(scene.start + int(span * rng.random()) for _ in range(wanted))
    for index, begin in enumerate(begins):
        company, rep = rng.choice(buyers), rng.choice(reps)
        yield _opportunity(
            301 + index, begin, company, rep, scene=scene, is_stale=index % 97 == 40,
            rng=rng,
        )  # fmt: skip


def _opportunity(
    number: int,
    begin: int,
    company: Company,
    rep: Member,
    *,
    scene: Scene,
    is_stale: bool,
    rng: Random,
) -> Json:
    outcome, stage, expected, changed = _course(
        begin, now=scene.now, is_stale=is_stale, rng=rng
    )
    contact = company.contacts[0]
    record: Json = {
        "id": number,
        "name": f"{rng.choice(_SUBJECTS)} - {company.name}"[:100],
        "expectedCloseDate": stamp(utc_midnight(expected)),
        "type": ref(1 + number % 3, OPPORTUNITY_TYPES[number % 3]),
        "stage": ref(stage[0], stage[1]),
        "status": ref(*OPPORTUNITY_STATUSES[outcome]),
        "priority": ref(2, "Medium"),
        "notes": "",
        "probability": probability_ref(stage[2]),
        "source": rng.choice(("Referral", "Website", "Existing client", "Event")),
        "rating": ref(1 + number % 3, ("Hot", "Warm", "Cold")[number % 3]),
        "primarySalesRep": rep.ref,
        "locationId": company.location.id,
        "businessUnitId": 12,
        "company": company.reference,
        "contact": contact.ref,
        "site": company.site,
        "customerPO": "",
        "pipelineChangeDate": stamp(utc_midnight(changed)),
        "dateBecameLead": stamp(utc_midnight(begin)),
        "totalSalesTax": 0.0,
        "billToCompany": company.reference,
        "billToContact": contact.ref,
        "billToSite": company.site,
        "billingTerms": ref(1, "Net 30 days"),
        "currency": currency(company.currency_code),
        "companyLocationId": company.location.id,
        "customFields": custom_fields("opportunity"),
        "_info": info(changed, rep.identifier),
    }
    if outcome != "open":
        record["closedDate"] = stamp(utc_midnight(changed))
        record["closedBy"] = rep.ref
    return record


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
        return "open", STAGES[rng.randrange(4)], expected, changed
    outcome = "won" if rng.random() < 0.3 else "lost"
    stage = STAGES[4] if outcome == "won" else STAGES[rng.randrange(1, 4)]
    return outcome, stage, decided + rng.randrange(-10, 20) * DAY, decided
