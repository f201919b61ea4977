"""One entity's resource: read pages, decode, sift, hand on to dlt.

Flat lists are read by window (or whole, where records carry no ``lastUpdated``);
children with one call per parent. An endpoint that the API member may not read is
"not granted": its tables stay as they are, and the run goes on.
"""

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import dlt
from dlt.extract.resource import DltResource

from pipelines.connectwise import NotFoundError, NotGrantedError, Page, Query
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.cursors import next_window, remember
from pipelines.ingest.decode import PageDecoder
from pipelines.ingest.destination import Hashes, Inventory
from pipelines.ingest.loading import (
    Tables,
    batches,
    empty,
    load_id,
    marked,
    resource,
)
from pipelines.ingest.run import SyncRun, Tally
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.sift import Sieve

# Tickets are too many to ask each one for its notes in every run.
RECENT_PARENTS_ONLY = frozenset({"service_tickets", "project_tickets"})
# So many parents are asked before an endpoint counts as not granted.
REFUSALS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A page and the parent it was asked of."""

    page: Page
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One entity's extraction; ``sources`` replaces what is read by rule."""

    entity: Entity
    run: SyncRun
    first: bool
    sources: Iterator[Source] | None = None


def resource_of(
    entity: Entity,
    run: SyncRun,
    there: Inventory,
    *,
    ids: Collection[int] | None = None,
) -> DltResource:
    """The dlt resource of one registry entity.

    A first load of an empty table appends; later ones merge what changed. Tables
    and columns that are not ``there`` are made, also where no row comes.

    Args:
        entity: what to read.
        run: who asks, and who is told.
        there: what the destination holds.
        ids: read these records by id, without moving the window; ``None`` reads as
            the entity is read by rule.

    Raises:
        IngestError: a column there has another type than the model gives it.
    """
    shape = shape_of(entity)
    there.check_types(shape)
    first = there.is_empty(shape)
    sources = None if ids is None else _by_id(entity, run, ids)
    reading = Reading(entity, run, first=first, sources=sources)
    items = _items(reading, complete=there.has_all(shape))
    return resource(entity, items, first=first)


def _items(reading: Reading, *, complete: bool) -> Iterator[Any]:
    entity, run, first = reading.entity, reading.run, reading.first
    tally = run.tally(entity.name)
    run.progress.start(entity.name, None)
    shape = shape_of(entity)
    if not complete:
        yield from marked(empty(shape), shape, first=first)
    for tables in batches(tally.metered(_changes(reading, tally))):
        yield from marked(tables, shape, first=first)
    run.progress.finish(entity.name, tally.note)


def _changes(reading: Reading, tally: Tally) -> Iterator[Tables]:
    entity, run = reading.entity, reading.run
    decoder = PageDecoder(entity)
    landing = run.landing(load_id())
    with closing(Hashes(run.destination.path, entity.name)) as hashes:
        sieve = Sieve(shape_of(entity), None if reading.first else hashes)
        for source in reading.sources or _sources(entity, run, tally):
            decoded = decoder.decode(
                source.page, synced_at=run.server_now, parent_id=source.parent_id
            )
            sifted = sieve.sift(decoded)
            tally.observe(decoded)
            tally.rows_new += sifted.new
            tally.rows_changed += sifted.changed
            run.progress.advance(entity.name, decoded.rows.num_rows)
            if sifted.new or sifted.changed or decoded.quarantined:
                landing.keep(entity.name, source.page, parent_id=source.parent_id)
                yield sifted.tables


def _by_id(entity: Entity, run: SyncRun, ids: Collection[int]) -> Iterator[Source]:
    try:
        yield from map(Source, run.client.get_many(entity.path, ids))
    except NotGrantedError:
        run.tally(entity.name).status = "not granted"


def _sources(entity: Entity, run: SyncRun, tally: Tally) -> Iterator[Source]:
    if entity.parent:
        return _children(entity, ENTITIES[entity.parent], run, tally)
    return _flat(entity, run, tally)


def _flat(entity: Entity, run: SyncRun, tally: Tally) -> Iterator[Source]:
    state = dlt.current.resource_state(entity.name)
    query = Query()
    window = None
    if entity.incremental:
        overlap = timedelta(minutes=run.settings.sync.overlap_minutes)
        window = next_window(
            state,
            shape=shape_of(entity).fingerprint,
            server_now=run.server_now,
            overlap=overlap,
        )
        query = Query(conditions=window.conditions)
    try:
        pages = run.client.iter_pages(entity.path, query=query, paging=entity.paging)
        yield from map(Source, pages)
    except NotGrantedError:
        tally.status = "not granted"
        return
    moved = tally.has_news
    if window and (moved or window.lower is None):
        remember(window, state)


def _children(
    entity: Entity, parent: Entity, run: SyncRun, tally: Tally
) -> Iterator[Source]:
    everyone = run.destination.row_counts([parent.name])[parent.name]
    parents = _parents(parent, run)
    read = refused = 0
    for parent_id in parents:
        path = entity.path.format(parent_id=parent_id)
        try:
            for page in run.client.iter_pages(path, paging=entity.paging):
                yield Source(page, parent_id)
            read += 1
        except NotGrantedError:
            refused += 1
            if refused == REFUSALS and not read:
                break
        except NotFoundError:
            continue  # The parent went away between its read and this one.
    if refused and not read:
        tally.status = "not granted"
    tally.note = f"{read:,} of {everyone:,} {parent.title.lower()} read"


def _parents(parent: Entity, run: SyncRun) -> list[int]:
    if parent.name not in RECENT_PARENTS_ONLY:
        return run.destination.parents(parent.name, changed_since=None, limit=None)
    days = (
        run.settings.sandbox.children_since_days
        if run.settings.sandbox.active
        else run.settings.sync.children_since_days
    )
    return run.destination.parents(
        parent.name,
        changed_since=run.server_now - timedelta(days=days),
        limit=run.settings.sync.child_call_budget,
    )
