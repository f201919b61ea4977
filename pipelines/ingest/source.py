"""The dlt source ``connectwise``: the chosen registry entities as resources.

Flat lists and children load in two steps, because a child is read for the parents
that the warehouse then has: ``flat()`` first, ``children()`` after.
"""

from collections.abc import Container, Iterable

from dlt.extract.resource import DltResource
from dlt.extract.source import DltSource

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest import deletes
from pipelines.ingest.destination import Inventory
from pipelines.ingest.loading import source_of, tables_of
from pipelines.ingest.resources import resource_of
from pipelines.ingest.run import SyncRun
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.tables import completed


def flat() -> tuple[Entity, ...]:
    """Entities that one list path gives."""
    return tuple(entity for entity in ENTITIES.values() if not entity.parent)


def children() -> tuple[Entity, ...]:
    """Entities that are read parent by parent."""
    return tuple(entity for entity in ENTITIES.values() if entity.parent)


def connectwise_source(run: SyncRun, entities: Iterable[Entity]) -> DltSource:
    """A source that reads ``entities`` once, in one load package.

    It makes the tables of all others too: the marts need every table from the first
    run on, whichever job that is.
    """
    chosen = {entity.name: entity for entity in entities}

    there = completed(run.destination, [*{**ENTITIES, **chosen}.values()])
    resources = [resource_of(entity, run, there) for entity in chosen.values()]
    resources += missing_tables(there, besides=chosen)
    return source_of(resources)


def missing_tables(
    there: Inventory, *, besides: Container[str] = ()
) -> list[DltResource]:
    """Resources that make tables and columns which are not ``there``."""
    resources = [
        tables_of(entity, there)
        for entity in ENTITIES.values()
        if entity.name not in besides and not there.has_all(shape_of(entity))
    ]
    if deletes.TABLE not in there.columns:
        resources.append(deletes.deletions_table())
    return resources
