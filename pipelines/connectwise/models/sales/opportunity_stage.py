"""Stages of the sales funnel."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Integer


class OpportunityStage(Record):
    """One stage."""

    name: str | None = None
    probability: NamedReference | None = about("The chance that goes with the stage.")
    sequence_number: Integer | None = about("Place in the funnel.")
    color: str | None = None
