"""The change log of tickets, where the tenant grants it.

What it holds, and for how long, the vendor documents nowhere: optional evidence only.
The path has a DELETE verb too, which would take rows from their reader: never used.
"""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer


class ServiceTicketChangelog(Record):
    """One change of one ticket, with the ticket as it then was."""

    action: str | None = about("What was done.")
    ticket_number: Integer | None = about("Id of the ticket.")
    record_type: str | None = None
    summary: str | None = None
    board_id: Integer | None = None
    board_name: str | None = None
    status: str | None = about("The status by name.")
    closed_flag: Boolean | None = None
    company_identifier: Integer | None = about("Id of the company, against its name.")
    company_name: str | None = None
    contact_id: Integer | None = None
    contact_name: str | None = None
    ticket_owner: str | None = None
    owner_identifier: Integer | None = about("Id of the owner, against its name.")
    resource_list: str | None = None
    team_name: str | None = None
    priority_id: Integer | None = None
    priority_name: str | None = None
    priority_level: str | None = None
    priority_sort: Integer | None = None
    impact: str | None = None
    severity: str | None = None
    sla_name: str | None = None
    sla_status: str | None = about(
        "Text in local time without a year; not for figures."
    )
    customer_updated_flag: Boolean | None = None
    parent_ticket_id: Integer | None = None
    merged_parent_ticket_id: Integer | None = about(
        "The ticket this one was merged into."
    )
    processing_status: str | None = about("How far the vendor's own readers are.")
    partner_id: str | None = None
    product_instance_id: str | None = None
