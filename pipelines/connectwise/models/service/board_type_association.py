"""Which type, subtype and item go together on a board."""

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.models.references import NamedReference


class BoardTypeAssociation(Record):
    """One allowed combination of type, subtype and item of one board."""

    board: NamedReference | None = None
    type: NamedReference | None = None
    sub_type: NamedReference | None = None
    item: NamedReference | None = None
