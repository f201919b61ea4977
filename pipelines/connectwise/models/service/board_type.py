"""Types of tickets, board by board."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import IdentifiedReference, NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

TypeCategory = Annotated[str, KnownValues("Reactive", "Proactive")]


class BoardType(Record):
    """One ticket type of one board."""

    name: str | None = None
    category: TypeCategory | None = about(
        "Whether such tickets are asked for (reactive) or planned (proactive)."
    )
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    request_for_change_flag: Boolean | None = about(
        "True when such a ticket asks for a change."
    )
    integration_xref: str | None = None
    skill_category: NamedReference | None = None
    skill: NamedReference | None = None
    board: NamedReference | None = about("The board that offers the type.")
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
    parent_connect_wise_id: str | None = None
    parent_id: Integer | None = None
    grand_parent_id: Integer | None = None
    grand_parent_connect_wise_id: str | None = None
