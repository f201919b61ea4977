"""Types that companies can carry, such as Client or Vendor."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class CompanyType(Record):
    """One company type."""

    name: str | None = None
    default_flag: Boolean | None = about("True for the type that a new company gets.")
    vendor_flag: Boolean | None = about("True when companies of this type are vendors.")
    service_alert_flag: Boolean | None = about(
        "True when the message is shown on tickets."
    )
    service_alert_message: str | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
