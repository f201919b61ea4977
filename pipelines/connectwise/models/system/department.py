"""Departments of our own company; the API also says business unit."""

from pipelines.connectwise.models.base import Record


class Department(Record):
    """One department."""

    identifier: str | None = None
    name: str | None = None
