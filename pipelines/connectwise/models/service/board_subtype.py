"""Subtypes of tickets, board by board."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class BoardSubtype(Record):
    """One ticket subtype of one board."""

    name: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    type_association_ids: list[Integer] | None = about(
        "Ids of the types it may stand under."
    )
    add_all_types_flag: Boolean | None = about("Accepted in writes.")
    remove_all_types_flag: Boolean | None = about("Accepted in writes.")
    board: NamedReference | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
    parent_connect_wise_id: str | None = None
    parent_id: Integer | None = None
    grand_parent_id: Integer | None = None
    grand_parent_connect_wise_id: str | None = None
