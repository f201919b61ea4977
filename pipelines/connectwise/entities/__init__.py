"""The registry: every entity that is read from ConnectWise, declared once.

``ENTITIES`` keeps parents before their children. Raw tables, dbt sources and the
reference pages follow from it and from the models; nothing else lists entities.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pipelines.connectwise.entities.company import COMPANY
from pipelines.connectwise.entities.expense import EXPENSE
from pipelines.connectwise.entities.finance import FINANCE
from pipelines.connectwise.entities.procurement import PROCUREMENT
from pipelines.connectwise.entities.project import PROJECT
from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.entities.sales import SALES
from pipelines.connectwise.entities.schedule import SCHEDULE
from pipelines.connectwise.entities.service import SERVICE
from pipelines.connectwise.entities.system import SYSTEM
from pipelines.connectwise.entities.time import TIME

__all__ = ["ENTITIES", "Entity", "Tier"]

ENTITIES: Mapping[str, Entity] = MappingProxyType(
    {
        entity.name: entity
        for section in (
            SYSTEM,
            COMPANY,
            SERVICE,
            PROJECT,
            TIME,
            FINANCE,
            SCHEDULE,
            SALES,
            EXPENSE,
            PROCUREMENT,
        )
        for entity in section
    }
)
