"""Activities: calls, meetings and other things to do in sales."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    ContactReference,
    CurrencyReference,
    MemberReference,
    NamedReference,
    TicketReference,
)
from pipelines.connectwise.models.scalars import Boolean, Timestamp


class Activity(Record):
    """One activity."""

    name: str | None = about("What it is about.")
    type: NamedReference | None = None
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    phone_number: str | None = None
    phone_extension: str | None = None
    email: str | None = None
    status: NamedReference | None = None
    opportunity: NamedReference | None = None
    ticket: TicketReference | None = None
    agreement: AgreementReference | None = None
    campaign: NamedReference | None = None
    notes: str | None = None
    date_start: Timestamp | None = about("Start, UTC.")
    date_end: Timestamp | None = about("End, UTC.")
    date_end_utc: Timestamp | None = about("End, UTC; only from API version 2026.4.")
    date_closed_utc: Timestamp | None = about(
        "When it was closed, UTC; only from API version 2026.4."
    )
    assigned_by: MemberReference | None = about("The member who asked for it.")
    assign_to: MemberReference | None = about(
        "The member who is to do it; may be absent."
    )
    schedule_status: NamedReference | None = None
    reminder: NamedReference | None = None
    where: NamedReference | None = about("Where it takes place.")
    notify_flag: Boolean | None = about("True when the member is told.")
    close_flag: Boolean | None = about(
        "True once closed; only from API version 2026.4."
    )
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    custom_fields: list[CustomField] | None = None
