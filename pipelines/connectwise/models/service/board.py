"""Service and project boards."""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillOption, SortDirection
from pipelines.connectwise.models.references import (
    EmailTemplateReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
    StatusReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

PercentageCalculation = Annotated[
    str, KnownValues("ActualHours", "Manual", "ClosedPhases", "ClosedTickets")
]


class Board(Record):
    """One board."""

    name: str | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    sign_off_template: NamedReference | None = None
    send_to_contact_flag: Boolean | None = None
    contact_template: EmailTemplateReference | None = None
    send_to_resource_flag: Boolean | None = None
    resource_template: EmailTemplateReference | None = None
    project_flag: Boolean | None = about("True for a project board.")
    show_dependencies_flag: Boolean | None = None
    show_estimates_flag: Boolean | None = None
    board_icon: NamedReference | None = None
    bill_tickets_after_closed_flag: Boolean | None = None
    bill_ticket_separately_flag: Boolean | None = None
    bill_unapproved_time_expense_flag: Boolean | None = None
    override_billing_setup_flag: Boolean | None = None
    dispatch_member: MemberReference | None = None
    service_manager_member: MemberReference | None = None
    duty_manager_member: MemberReference | None = None
    oncall_member: MemberReference | None = None
    work_role: NamedReference | None = None
    work_type: WorkTypeReference | None = None
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    bill_expense: BillOption | None = None
    bill_product: BillOption | None = None
    auto_close_status: StatusReference | None = None
    auto_assign_new_tickets_flag: Boolean | None = None
    auto_assign_new_ec_tickets_flag: Boolean | None = Field(
        default=None, alias="autoAssignNewECTicketsFlag"
    )
    auto_assign_new_portal_tickets_flag: Boolean | None = None
    discussions_locked_flag: Boolean | None = None
    time_entry_locked_flag: Boolean | None = None
    notify_email_from: str | None = None
    notify_email_from_name: str | None = None
    closed_loop_discussions_flag: Boolean | None = None
    closed_loop_resolution_flag: Boolean | None = None
    closed_loop_internal_analysis_flag: Boolean | None = None
    time_entry_discussion_flag: Boolean | None = None
    time_entry_resolution_flag: Boolean | None = None
    time_entry_internal_analysis_flag: Boolean | None = None
    problem_sort: SortDirection | None = None
    resolution_sort: SortDirection | None = None
    internal_analysis_sort: SortDirection | None = None
    email_connector_allow_reopen_closed_flag: Boolean | None = None
    email_connector_reopen_status: StatusReference | None = None
    email_connector_reopen_resources_flag: Boolean | None = None
    email_connector_new_ticket_no_match_flag: Boolean | None = None
    email_connector_never_reopen_by_days_flag: Boolean | None = None
    email_connector_reopen_days_limit: Integer | None = None
    email_connector_never_reopen_by_days_closed_flag: Boolean | None = None
    email_connector_reopen_days_closed_limit: Integer | None = None
    use_member_display_name_flag: Boolean | None = None
    send_to_cc_flag: Boolean | None = Field(default=None, alias="sendToCCFlag")
    auto_assign_ticket_owner_flag: Boolean | None = None
    auto_assign_limit_flag: Boolean | None = None
    auto_assign_limit_amount: Integer | None = None
    closed_loop_all_flag: Boolean | None = None
    percentage_calculation: PercentageCalculation | None = about(
        "How the percentage done of a project is worked out."
    )
    all_sort: SortDirection | None = None
    mark_first_note_issue_flag: Boolean | None = None
    restrict_board_by_default_flag: Boolean | None = None
    send_to_bundled_flag: Boolean | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
