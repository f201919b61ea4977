"""Adjustments of agreements: what was added to or taken from their balance."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.scalars import Double, Integer, Timestamp


class AgreementAdjustment(Record):
    """One adjustment of one agreement."""

    agreement_id: Integer | None = None
    amount: Double | None = about(
        "What is added, in the application_units of the agreement; negative when "
        "taken off."
    )
    description: str | None = None
    effective_date: Timestamp | None = about("Day the adjustment takes effect.")
    custom_fields: list[CustomField] | None = None
