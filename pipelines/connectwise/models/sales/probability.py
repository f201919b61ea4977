"""Chances that opportunities can be given."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import WholePercent


class SalesProbability(Record):
    """One chance."""

    probability: WholePercent | None = about("Chance that the sale is made.")
