"""Types of activities."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer


class ActivityType(Record):
    """One activity type."""

    name: str | None = None
    points: Integer | None = about("What an activity of this type counts.")
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    email_flag: Boolean | None = about("True for an e-mail.")
    memo_flag: Boolean | None = about("True for a memo.")
    history_flag: Boolean | None = about(
        "True when it is only a record of what happened."
    )
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
