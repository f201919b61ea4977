"""Rates of work types that hold for one agreement only."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillOption, RateType
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    NamedReference,
    SiteReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import Double, Hours, Integer, Timestamp


class AgreementWorkType(Record):
    """Rate of one work type in one agreement."""

    agreement_id: Integer | None = None
    agreement: AgreementReference | None = None
    work_type: WorkTypeReference | None = None
    bill_time: BillOption | None = about(
        "How time of this type is billed under the agreement."
    )
    rate_type: RateType | None = about("How the rate changes the role's hourly price.")
    rate: Double | None = about("Amount, price or factor, as rate_type says.")
    overage_rate_type: RateType | None = about(
        "How the overage rate changes the price."
    )
    overage_rate: Double | None = about(
        "Amount, price or factor beyond what the agreement covers."
    )
    agreement_limit: Double | None = about("Most that is covered of this type.")
    hours_min: Hours | None = about("Fewest hours that are billed.")
    hours_max: Hours | None = about("Most hours that are billed.")
    round_bill_hours: Hours | None = about("Step that billed hours are rounded to.")
    effective_date: Timestamp | None = about("First day the rate holds.")
    ending_date: Timestamp | None = about("Last day; absent while it holds.")
    company: CompanyReference | None = None
    site: SiteReference | None = None
    location_id: Integer | None = None
    location: NamedReference | None = about(
        "Location that the rate holds for; absent for all."
    )
