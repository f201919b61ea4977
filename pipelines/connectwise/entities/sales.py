"""Entities of the API's sales section."""

from pipelines.connectwise.entities.registry import Entity
from pipelines.connectwise.models.sales.opportunity import Opportunity

SALES = (
    Entity(
        name="opportunities",
        path="/sales/opportunities",
        model=Opportunity,
        title="Opportunities",
    ),
)
