"""Impacts of tickets, with the tenant's own names."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class Impact(Record):
    """One impact."""

    name: str | None = about("The tenant's name of Low, Medium or High.")
    description: str | None = None
    default_flag: Boolean | None = None
