"""Work roles: in which role an hour was worked."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Amount, Boolean, Integer


class WorkRole(Record):
    """One work role."""

    name: str | None = None
    hourly_rate: Amount | None = about("Standard price of one hour in this role.")
    integration_xref: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    add_all_locations: Boolean | None = None
    remove_all_locations: Boolean | None = None
    add_all_agreement_exclusions: Boolean | None = None
    location_ids: list[Integer] | None = about(
        "Ids of the locations that use the role."
    )
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
