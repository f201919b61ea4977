"""Entities of the API's company section."""

from pipelines.connectwise.entities.registry import Entity
from pipelines.connectwise.models.company.company import Company
from pipelines.connectwise.models.company.contact import Contact

COMPANY = (
    Entity(
        name="companies",
        path="/company/companies",
        model=Company,
        title="Companies",
    ),
    Entity(
        name="contacts",
        path="/company/contacts",
        model=Contact,
        title="Contacts",
    ),
)
