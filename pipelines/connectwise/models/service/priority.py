"""Priorities of tickets."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

Color = Annotated[
    str,
    KnownValues(
        "Black",
        "Blue",
        "Cyan",
        "Gray",
        "Green",
        "Lime",
        "Orange",
        "Pink",
        "Purple",
        "Red",
        "White",
        "Yellow",
        "Custom",
    ),
]
PriorityLevel = Annotated[str, KnownValues("Critical", "High", "Medium", "Low")]


class Priority(Record):
    """One priority."""

    name: str | None = None
    color: Color | None = about("Colour in lists.")
    sort_order: Integer | None = about("Place in the list as users see it.")
    default_flag: Boolean | None = None
    image_link: str | None = None
    urgency_sort_order: str | None = None
    level: PriorityLevel | None = about("The vendor's four levels behind the names.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
