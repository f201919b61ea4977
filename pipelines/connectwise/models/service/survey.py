"""Surveys that customers get when a ticket is closed."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import IdentifiedReference, MemberReference
from pipelines.connectwise.models.scalars import Boolean


class Survey(Record):
    """One survey."""

    name: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    header_text: str | None = None
    header_text_visible_flag: Boolean | None = None
    header_include_logo_flag: Boolean | None = None
    footer_text: str | None = None
    footer_text_visible_flag: Boolean | None = None
    thank_you_text: str | None = None
    notify_who: IdentifiedReference | None = about("Who hears of an answer.")
    notify_who_visible_flag: Boolean | None = None
    notify_member: MemberReference | None = None
