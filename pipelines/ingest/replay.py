"""Rebuild raw tables from kept pages, without the API.

Every kept page of the chosen entities is decoded with today's models, newest first, so
that a record's latest state wins, into a raw schema of its own (``rebuilding``). What
belongs to the chosen loads then takes the place of the rows in the build file, with
the load ids and times that they had. Nothing is replaced when a row would be lost.
"""

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.errors import IngestError
from pipelines.ingest.deletes import deletions_table
from pipelines.ingest.destination import Destination
from pipelines.ingest.landing import KeptLoad, expired_on, kept_loads
from pipelines.ingest.loading import source_of
from pipelines.ingest.pipeline import load
from pipelines.ingest.rebuilding import rebuild
from pipelines.ingest.replacing import Scope, replace, unreplayable
from pipelines.settings import Settings

REMEDY = "`cwp run` reads from the API what is missing"


@dataclass(frozen=True, slots=True)
class Selection:
    """What to rebuild; nothing named is everything.

    Attributes:
        load_ids: rows that one of these loads brought.
        entities: tables of these entities.
        since: rows that loads of this day or later brought.
        keep_older: rows whose pages are gone stay as they are, instead of stopping
            the replay.
    """

    load_ids: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    since: date | None = None
    keep_older: bool = False

    @property
    def of_loads(self) -> bool:
        """Only some loads are meant."""
        return bool(self.load_ids) or self.since is not None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did.

    Attributes:
        rows: rebuilt rows, by entity.
        pages: pages that were read.
        loads: loads whose rows were rebuilt.
        kept: rows that were left as they were, by entity, for their pages are gone.
        unfinished: loads whose pages were left out, for they never completed.
    """

    rows: dict[str, int]
    pages: int
    loads: int
    kept: dict[str, int] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()


def replay(settings: Settings, selection: Selection) -> Replayed:
    """Rebuild what ``selection`` names. The caller holds the writer's lock.

    Raises:
        IngestError: nothing is kept of it, or rows would be lost; nothing is changed.
    """
    destination = Destination(settings.warehouse.build_file)
    entities = _entities(selection)
    completed, unfinished = _split(settings, destination)
    chosen = _chosen(completed, selection)
    if not destination.inventory().with_rows & set(ENTITIES):
        _refuse_gaps(settings, selection)
    workshop = settings.warehouse.build_dir / "replay"
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        rebuilt = rebuild(settings, workshop, entities=entities, loads=completed)
        scope = Scope(entities, chosen if selection.of_loads else None)
        kept = unreplayable(settings, rebuilt, scope)
        if kept and not selection.keep_older:
            raise IngestError(_lost(kept))
        rows = replace(settings, rebuilt, scope)
        # A load of its own tells the next run that marts must be built again.
        load(settings, source_of([deletions_table()]))
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Replayed(rows, rebuilt.pages, len(chosen), kept, unfinished)


def _entities(selection: Selection) -> list[Entity]:
    unknown = sorted(selection.entities - ENTITIES.keys())
    if unknown:
        raise IngestError(
            f"There is no entity {unknown[0]!r}; `cwp entities` lists all of them."
        )
    names = selection.entities or ENTITIES.keys()
    return [entity for name, entity in ENTITIES.items() if name in names]


def _split(
    settings: Settings, destination: Destination
) -> tuple[list[KeptLoad], tuple[str, ...]]:
    """Loads that completed, in order, and the ids of those that did not."""
    kept = kept_loads(settings.warehouse.landing_dir)
    loads = [one for one in kept if one.has_pages]
    if not loads:
        raise IngestError(
            f"No page is kept in {settings.warehouse.landing_dir}; {REMEDY}."
        )
    known = destination.completed_loads()
    done = [one for one in loads if one.is_marked or one.load_id in known]
    return done, tuple(one.load_id for one in loads if one not in done)


def _chosen(loads: Collection[KeptLoad], selection: Selection) -> frozenset[str]:
    there = {one.load_id for one in loads}
    missing = sorted(selection.load_ids - there)
    if missing:
        raise IngestError(
            f"No page of load {missing[0]} is kept: it brought nothing, did not "
            "complete, or is older than CWP_SYNC__LANDING_RETENTION_DAYS."
        )
    if selection.load_ids:
        return selection.load_ids
    since = selection.since
    recent = {one.load_id for one in loads if since is None or one.day >= since}
    if not recent:
        raise IngestError(f"No page is kept since {since}; {REMEDY}.")
    return frozenset(recent)


def _refuse_gaps(settings: Settings, selection: Selection) -> None:
    """An empty build file cannot be filled from pages that are gone."""
    gone = expired_on(settings.warehouse.landing_dir)
    since = selection.since
    if gone is None or (since and since > gone):
        return
    raise IngestError(
        f"Pages up to {gone} have been removed by the retention, so records that did "
        f"not change since would be lost: {REMEDY}, or name a later day with --since."
    )


def _lost(kept: dict[str, int]) -> str:
    told = ", ".join(f"{count:,} {entity}" for entity, count in kept.items())
    return (
        f"The pages of {told} are not kept any more (see "
        "CWP_SYNC__LANDING_RETENTION_DAYS), so nothing was changed: --keep-older "
        "rebuilds all others and leaves these as they are."
    )


def sentences(done: Replayed) -> Iterator[str]:
    """What a replay did, in sentences."""
    rows = sum(done.rows.values())
    tables = sum(1 for count in done.rows.values() if count)
    yield (
        f"Rebuilt {rows:,} rows of {tables} entities from {done.pages:,} pages of "
        f"{done.loads:,} loads, without the API."
    )
    for entity, count in done.kept.items():
        yield f"{entity}: {count:,} rows stay as they were; their pages are gone."
    if done.unfinished:
        yield (
            f"{len(done.unfinished)} loads never completed; their pages were left out."
        )
    yield "`cwp run` builds and publishes the marts from them."
