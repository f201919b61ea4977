"""Statuses that configurations can have."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean


class ConfigurationStatus(Record):
    """One status of configurations."""

    description: str | None = about("The status by name.")
    closed_flag: Boolean | None = about(
        "True when a configuration in this status is out of use."
    )
    default_flag: Boolean | None = None
