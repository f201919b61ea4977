"""Statuses that companies can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean


class CompanyStatus(Record):
    """One status of companies."""

    name: str | None = None
    default_flag: Boolean | None = about("True for the status that a new company gets.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    notify_flag: Boolean | None = about("True when users are shown the message.")
    disallow_saving_flag: Boolean | None = about(
        "True when nothing new may be recorded for such a company."
    )
    notification_message: str | None = about("What users are shown.")
    custom_note_flag: Boolean | None = None
    cancel_open_tracks_flag: Boolean | None = None
    track: NamedReference | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
