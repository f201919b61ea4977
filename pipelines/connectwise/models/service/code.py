"""Codes of ticket tasks."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Integer


class ServiceCode(Record):
    """One code."""

    name: str | None = None
    description: str | None = None
    board_id: Integer | None = None
    location_id: Integer | None = None
    business_unit_id: Integer | None = about("Id of the department.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
