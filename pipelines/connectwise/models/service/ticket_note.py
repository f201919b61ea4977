"""Notes of service tickets."""

from pipelines.connectwise.models.base import about
from pipelines.connectwise.models.note_fields import TicketNoteFields
from pipelines.connectwise.models.scalars import Double, Timestamp


class ServiceTicketNote(TicketNoteFields):
    """One note of a service ticket."""

    date_created: Timestamp | None = about("When the note was written, UTC.")
    created_by: str | None = about("Identifier of the author.")
    sentiment_score: Double | None = about("The vendor's score of the customer's mood.")
