"""Kinds of configurations, such as Server or Firewall."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class ConfigurationType(Record):
    """One configuration type."""

    name: str | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    system_flag: Boolean | None = about("True for types that ConnectWise made.")
