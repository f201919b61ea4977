"""Statuses that sales orders can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class SalesOrderStatus(Record):
    """One status of sales orders."""

    name: str | None = None
    closed_flag: Boolean | None = about(
        "True when an order in this status counts as closed."
    )
    default_flag: Boolean | None = about("True for the status that a new order gets.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    sort_order: Integer | None = about("Place in the list as users see it.")
    email_template: NamedReference | None = None
