"""Rates of work roles that hold for one agreement only."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import RateType
from pipelines.connectwise.models.references import AgreementReference, NamedReference
from pipelines.connectwise.models.scalars import Double, Integer, Timestamp


class AgreementWorkRole(Record):
    """Rate of one work role in one agreement."""

    agreement_id: Integer | None = None
    agreement: AgreementReference | None = None
    work_role: NamedReference | None = None
    rate_type: RateType | None = about("How the rate changes the role's hourly price.")
    rate: Double | None = about("Amount, price or factor, as rate_type says.")
    limit_to: Double | None = about("Most hours that the rate holds for.")
    effective_date: Timestamp | None = about("First day the rate holds.")
    ending_date: Timestamp | None = about("Last day; absent while it holds.")
    location_id: Integer | None = None
    location: NamedReference | None = about(
        "Location that the rate holds for; absent for all."
    )
