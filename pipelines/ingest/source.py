"""The dlt source ``connectwise``: the chosen registry entities as resources.

Flat lists and children load in two steps, because a child is read for the parents
that the warehouse then has: ``flat()`` first, ``children()`` after. An entity that has
nothing new is no part of the source, and a source without parts is not loaded.
"""

from collections.abc import Container, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog
from dlt.extract.resource import DltResource
from dlt.extract.source import DltSource

from pipelines.connectwise import NotGrantedError
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest import deletes
from pipelines.ingest.destination import Inventory
from pipelines.ingest.history import open_history
from pipelines.ingest.loading import SOURCE_NAME, source_of, tables_of
from pipelines.ingest.reading import Reading
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

    Raises:
        IngestError: a column there has another type than the model gives it.
    """
    chosen = {entity.name: entity for entity in entities}
    there = completed(run.destination, [*{**ENTITIES, **chosen}.values()])
    readings = _readings(run, chosen.values(), there)
    resources = [resource_of(one, run) for one in readings]
    return source_of([*resources, *missing_tables(there, besides=chosen)])


def _readings(
    run: SyncRun, entities: Iterable[Entity], there: Inventory
) -> list[Reading]:
    """Readings of those entities that have something to load or to remember."""
    states = run.destination.resource_states(SOURCE_NAME)
    readings = [
        Reading(entity, run, there=there, state=states.get(entity.name, {}))
        for entity in entities
    ]
    _stage([one for one in readings if one.may_be_staged], run)
    peeked = [one for one in readings if one.can_be_quiet]
    _fetch(peeked, at_once=run.settings.sync.concurrency)
    for one in peeked:
        one.peek()
    return [one for one in readings if not one.is_quiet]


def history_source(run: SyncRun) -> DltSource:
    """The next package of every list whose history is not complete."""
    states = run.destination.resource_states(SOURCE_NAME)
    there = run.destination.inventory()
    resources = [
        resource_of(
            Reading(entity, run, there=there, state=states[name], history=history), run
        )
        for name, entity in ENTITIES.items()
        if (history := open_history(states.get(name, {})))
        and run.tally(name).status != "not granted"
    ]
    return source_of(resources)


def _stage(readings: Sequence[Reading], run: SyncRun) -> None:
    """Decide by the number of records whether a first load is worth two stages."""
    sync = run.settings.sync
    records = [_count(run, one) for one in readings]
    calls = sum(-(-count // sync.page_size) for count in records)
    if sum(records) <= sync.single_stage_records:
        return
    structlog.get_logger(__name__).info(
        "first_load",
        records=sum(records),
        calls=calls,
        minutes=round(calls / sync.rate_limit_per_minute, 1),
        first_days=sync.first_days,
    )
    for one, count in zip(readings, records, strict=True):
        if count > run.client.page_size:
            one.stage(count)


def _count(run: SyncRun, reading: Reading) -> int:
    try:
        return run.client.count(reading.entity.path)
    except NotGrantedError:
        return 0


def _fetch(readings: Sequence[Reading], *, at_once: int) -> None:
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        list(pool.map(Reading.fetch, readings))


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
