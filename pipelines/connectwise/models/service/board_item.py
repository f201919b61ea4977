"""Items of tickets, board by board: the third level below type and subtype."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class BoardItem(Record):
    """One ticket item of one board."""

    name: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    board: NamedReference | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
    parent_connect_wise_id: str | None = None
    parent_id: Integer | None = None
    grand_parent_id: Integer | None = None
    grand_parent_connect_wise_id: str | None = None
