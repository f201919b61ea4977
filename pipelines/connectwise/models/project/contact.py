"""Contacts of the customer who belong to a project."""

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.models.references import ContactReference
from pipelines.connectwise.models.scalars import Integer


class ProjectContact(Record):
    """One contact of one project."""

    project_id: Integer | None = None
    contact: ContactReference | None = None
