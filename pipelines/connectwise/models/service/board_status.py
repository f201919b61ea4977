"""The statuses a ticket can have, board by board."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    EmailTemplateReference,
    IdentifiedReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

EscalationStatus = Annotated[
    str,
    KnownValues(
        "NotResponded", "Responded", "ResolutionPlan", "Resolved", "NoEscalation"
    ),
]


class BoardStatus(Record):
    """One status of one board."""

    name: str | None = None
    board: NamedReference | None = None
    sort_order: Integer | None = about("Place in the list as users see it.")
    display_on_board: Boolean | None = None
    inactive: Boolean | None = about("True once it may no longer be chosen.")
    closed_status: Boolean | None = about(
        "True when a ticket in this status counts as closed."
    )
    time_entry_not_allowed: Boolean | None = about(
        "True when no time may be booked in this status."
    )
    round_robin_catchall: Boolean | None = None
    default_flag: Boolean | None = None
    escalation_status: EscalationStatus | None = about(
        "The SLA stage that a ticket in this status has reached."
    )
    customer_portal_description: str | None = None
    customer_portal_flag: Boolean | None = None
    email_template: EmailTemplateReference | None = None
    status_indicator: IdentifiedReference | None = None
    custom_status_indicator_name: str | None = None
    save_time_as_note: Boolean | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
    parent_connect_wise_id: str | None = None
    parent_id: Integer | None = None
    grand_parent_id: Integer | None = None
    grand_parent_connect_wise_id: str | None = None
