"""Notes of project tickets."""

from pipelines.connectwise.models.note_fields import TicketNoteFields


class ProjectTicketNote(TicketNoteFields):
    """One note of a project ticket."""
