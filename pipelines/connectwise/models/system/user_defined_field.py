"""Definitions of the custom fields that an administrator added.

The values stand on the records themselves, under the id of their definition.
"""

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.custom_fields import EntryMethod, FieldKind
from pipelines.connectwise.models.scalars import Boolean, Integer, Timestamp


class UserDefinedFieldOption(ApiObject):
    """One value that can be chosen."""

    id: Integer | None = None
    option_value: str | None = None
    sort_order: Integer | None = about("Place in the list as users see it.")
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")


class UserDefinedField(Record):
    """One custom field."""

    caption: str | None = about("Label; neither unique nor stable.")
    pod_id: Integer | None = about("The screen area that shows the field.")
    screen_id: str | None = about(
        "The screen, and so the kind of record, that has the field."
    )
    sequence_number: Integer | None = None
    field_type_identifier: FieldKind | None = about("Kind of value.")
    entry_type_identifier: EntryMethod | None = about("How a value is entered.")
    number_decimals: Integer | None = about("Decimals of a number.")
    required_flag: Boolean | None = None
    display_on_screen_flag: Boolean | None = None
    read_only_flag: Boolean | None = None
    list_view_flag: Boolean | None = None
    help_text: str | None = None
    button_url: str | None = None
    options: list[UserDefinedFieldOption] | None = about("What can be chosen.")
    date_created: Timestamp | None = about("When the field was added, UTC.")
    location_ids: list[Integer] | None = about(
        "Ids of the locations that have the field."
    )
    add_all_locations: Boolean | None = None
    remove_all_locations: Boolean | None = None
    business_unit_ids: list[Integer] | None = about(
        "Ids of the departments that have the field."
    )
    add_all_business_units: Boolean | None = None
    remove_all_business_units: Boolean | None = None
    connect_wise_id: str | None = about(
        "The vendor's own identifier of the row.", alias="connectWiseID"
    )
