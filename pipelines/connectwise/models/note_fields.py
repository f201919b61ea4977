"""What the notes of service tickets and of project tickets have in common."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import ContactReference, MemberReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class TicketNoteFields(Record):
    """The part of a note that does not depend on the kind of its ticket."""

    ticket_id: Integer | None = None
    text: str | None = None
    detail_description_flag: Boolean | None = about("Shown under Discussion.")
    internal_analysis_flag: Boolean | None = about("Shown under Internal analysis.")
    resolution_flag: Boolean | None = about("Shown under Resolution.")
    issue_flag: Boolean | None = about("Marks the note that states the problem.")
    member: MemberReference | None = about("The author, when a member.")
    contact: ContactReference | None = about("The author, when a contact.")
    customer_updated_flag: Boolean | None = about(
        "True while a reply of the customer waits to be read."
    )
    process_notifications: Boolean | None = None
    internal_flag: Boolean | None = about("Not visible to the customer.")
    external_flag: Boolean | None = about("Visible to the customer.")
