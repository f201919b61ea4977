"""Statuses that invoices can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer


class BillingStatus(Record):
    """One status of invoices."""

    name: str | None = None
    sort_order: Integer | None = about("Place in the list as users see it.")
    default_flag: Boolean | None = about("True for the status that a new invoice gets.")
    closed_flag: Boolean | None = about(
        "True when an invoice in this status counts as closed."
    )
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    sent_flag: Boolean | None = about("True when the invoice has gone out.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
