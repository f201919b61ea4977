"""One entity's dlt resource: what is read of it, in the tables of the raw schema.

How an entity is read is ``reading.py``'s business, how tables are handed on to dlt
``loading.py``'s. What a reading remembers goes into the state of the same package.
"""

from collections.abc import Collection, Iterator
from typing import Any

import dlt
from dlt.extract.resource import DltResource

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.destination import Inventory
from pipelines.ingest.loading import batches, empty, load_id, marked, resource
from pipelines.ingest.parents import named, reads_hints, reads_table
from pipelines.ingest.reading import Reading
from pipelines.ingest.run import SyncRun


def records_of(
    entity: Entity, run: SyncRun, there: Inventory, *, ids: Collection[int]
) -> DltResource:
    """A resource that reads some records by id, without moving the window.

    Raises:
        IngestError: a column there has another type than the model gives it.
    """
    return resource_of(Reading(entity, run, there=there, state={}, ids=ids), run)


def lists_of(
    entity: Entity, run: SyncRun, there: Inventory, *, parents: Collection[int]
) -> DltResource:
    """A resource that reads the whole lists of some parents, by the parents' ids.

    Raises:
        IngestError: a column there has another type than the model gives it.
    """
    asked = named(ENTITIES[entity.parent or ""], parents, destination=run.destination)
    return resource_of(Reading(entity, run, there=there, state={}, parents=asked), run)


def resource_of(reading: Reading, run: SyncRun) -> DltResource:
    """The dlt resource of one entity's reading.

    A first load and its history append; later ones merge what changed. Tables and
    columns that are not there are made, also where no row comes.
    """
    return resource(reading.entity, _items(reading, run), appends=reading.appends)


def _items(reading: Reading, run: SyncRun) -> Iterator[Any]:
    entity, shape, appends = reading.entity, reading.shape, reading.appends
    run.progress.start(entity.name, None)
    if not reading.complete:
        yield from marked(empty(shape), shape, appends=appends)
    for tables in batches(reading.tables(run.landing(load_id()))):
        yield from marked(tables, shape, appends=appends)
    if reading.read:
        rows = reads_table(entity, reading.read, read_at=run.server_now)
        yield dlt.mark.with_hints(rows, reads_hints(), create_table_variant=True)
    reading.remember(dlt.current.resource_state(entity.name))
    run.progress.finish(entity.name, reading.tally.note)
