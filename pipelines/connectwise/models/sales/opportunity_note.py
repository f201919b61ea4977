"""Notes of opportunities."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class OpportunityNote(Record):
    """One note of one opportunity."""

    opportunity_id: Integer | None = None
    type: NamedReference | None = None
    text: str | None = None
    flagged: Boolean | None = about("True when marked for attention.")
    entered_by: str | None = about("Identifier of the author.")
    mobile_guid: str | None = about("The vendor's own stable identifier.")
