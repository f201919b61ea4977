"""The custom fields that an administrator adds to a record.

Every defined field is present on every record, with ``value`` null when unset.
Captions are neither unique nor stable: join by ``id``.
"""

from typing import Annotated, Any

from pipelines.connectwise.models.base import ApiObject, about
from pipelines.connectwise.models.scalars import Integer, KnownValues

FieldKind = Annotated[
    str,
    KnownValues(
        "TextArea",
        "Button",
        "Currency",
        "Date",
        "Hyperlink",
        "IPAddress",
        "Checkbox",
        "Number",
        "Percent",
        "PhoneNumber",
        "Text",
        "Password",
    ),
]
EntryMethod = Annotated[str, KnownValues("Date", "EntryField", "List", "Option")]


class CustomField(ApiObject):
    """One custom field of one record."""

    id: Integer | None = about("Id of the definition, the same on every record.")
    caption: str | None = about("Label at the time of reading; not a key.")
    type: FieldKind | None = None
    entry_method: EntryMethod | None = None
    number_of_decimals: Integer | None = None
    value: Any = about("Text, number, true, false or null, as the type asks.")
    connect_wise_id: str | None = None
    row_num: Integer | None = None
    user_defined_field_rec_id: Integer | None = None
    pod_id: str | None = about("The screen area that shows the field.")
