"""Service tickets, with the figures of their service level agreement.

Minutes are business minutes of the SLA's calendar. ``responded_hours``,
``resplan_hours`` and ``resolution_hours`` are targets, not what was achieved.
"""

from typing import Annotated

from pipelines.connectwise.models.base import about
from pipelines.connectwise.models.choices import BillingMethod, Level
from pipelines.connectwise.models.references import NamedReference, TicketReference
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Hours,
    Integer,
    KnownValues,
    Minutes,
    Timestamp,
)
from pipelines.connectwise.models.ticket_fields import TicketFields

RecordType = Annotated[
    str, KnownValues("ProjectIssue", "ProjectTicket", "ServiceTicket")
]


class ServiceTicket(TicketFields):
    """One service ticket."""

    record_type: RecordType | None = about(
        "Kind of ticket; project tickets come from their own list."
    )
    team: NamedReference | None = None
    severity: Level | None = None
    impact: Level | None = None
    external_x_ref: str | None = None
    po_number: str | None = None
    initial_description_from: str | None = None
    estimated_expense_cost: Amount | None = about("Cost planned for expenses.")
    estimated_expense_revenue: Amount | None = about("Revenue planned for expenses.")
    estimated_product_cost: Amount | None = about("Cost planned for products.")
    estimated_product_revenue: Amount | None = about("Revenue planned for products.")
    estimated_time_cost: Amount | None = about("Cost planned for time.")
    estimated_time_revenue: Amount | None = about("Revenue planned for time.")
    billing_method: BillingMethod | None = about("How the work is charged.")
    billing_amount: Amount | None = about(
        "The agreed amount, where the billing method has one."
    )
    hourly_rate: Amount | None = about("Price of one hour.")
    date_resolved: Timestamp | None = about("When the ticket counted as resolved, UTC.")
    date_resplan: Timestamp | None = about("When a resolution plan was recorded, UTC.")
    date_responded: Timestamp | None = about(
        "When the ticket first counted as responded, UTC."
    )
    resolve_minutes: Minutes | None = about(
        "Business minutes of the stage up to the resolution."
    )
    res_plan_minutes: Minutes | None = about(
        "Business minutes of the stage up to the plan."
    )
    respond_minutes: Minutes | None = about(
        "Business minutes of the stage up to the response."
    )
    respond_by_goal_utc: Timestamp | None = about(
        "Due time of the first response.", alias="respondByGoalUTC"
    )
    resplan_goal_utc: Timestamp | None = about(
        "Due time of the resolution plan.", alias="resplanGoalUTC"
    )
    resolution_goal_utc: Timestamp | None = about(
        "Due time of the resolution.", alias="resolutionGoalUTC"
    )
    escalation_last_update_minutes: Minutes | None = None
    is_in_sla: Boolean | None = about(
        "The vendor's flag; false also on tickets that are not late."
    )
    parent_ticket_id: Integer | None = about(
        "The bundle's leading ticket; absent outside a bundle."
    )
    has_child_ticket: Boolean | None = about("True on the leading ticket of a bundle.")
    has_merged_child_ticket_flag: Boolean | None = about(
        "True once other tickets were merged into this one."
    )
    sla: NamedReference | None = about(
        "The service level agreement that sets the targets."
    )
    sla_status: str | None = about(
        "Text for people in local time, without a year; not a fact."
    )
    request_for_change_flag: Boolean | None = None
    merged_parent_ticket: TicketReference | None = about(
        "The ticket this one was merged into."
    )
    integrator_tags: list[str] | None = None
    escalation_start_date_utc: Timestamp | None = about(
        "When the SLA clock started: the next opening after entry.",
        alias="escalationStartDateUTC",
    )
    escalation_level: Integer | None = about(
        "Stage of the SLA that the ticket has reached."
    )
    minutes_before_waiting: Minutes | None = None
    responded_skipped_minutes: Minutes | None = about(
        "Minutes of the response stage when it was jumped over."
    )
    resplan_skipped_minutes: Minutes | None = about(
        "Minutes of the plan stage when it was jumped over."
    )
    responded_hours: Hours | None = about("SLA target for the first response.")
    responded_by: str | None = about("Identifier of the member who responded first.")
    resplan_hours: Hours | None = about("SLA target for the resolution plan.")
    resplan_by: str | None = about("Identifier of the member who recorded the plan.")
    resolution_hours: Hours | None = about("SLA target for the resolution.")
    resolved_by: str | None = about("Identifier of the member who resolved it.")
    minutes_waiting: Minutes | None = about("Minutes spent in waiting statuses.")
