"""Extract and load: flat lists first, then the children of the parents that changed.

The one way in for whoever runs a sync. What is chosen, and when, is decided by
``policies.py`` and the caller; here it is read, loaded and noted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dlt.common.pipeline import LoadInfo
from dlt.extract.source import DltSource

from pipelines.connectwise.entities import Entity
from pipelines.ingest.deletes import take_back_returned
from pipelines.ingest.history import open_entities
from pipelines.ingest.last_reads import last_reads, note_reads
from pipelines.ingest.meta import record_surprises
from pipelines.ingest.pipeline import load
from pipelines.ingest.policies import due
from pipelines.ingest.run import SyncRun
from pipelines.ingest.source import connectwise_source, history_source


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load package and the source that filled it."""

    source: DltSource
    info: LoadInfo


def extract(
    run: SyncRun, entities: Sequence[Entity], *, history: bool = False
) -> list[Loaded]:
    """Read ``entities`` and load what is new; the load packages that this took.

    Args:
        run: who asks, and who is told.
        entities: what to read.
        history: read also what a first load has left for later; without it, the
            children of such a list wait as well.

    Raises:
        ConnectWiseError: the tenant stopped answering.
        IngestError: a table there does not fit its model.
        WarehouseBusyError: another process has opened the build file meanwhile.
    """
    loads = list(_loads(run, entities, history=history))
    with run.destination.kept_open(read_only=False):
        take_back_returned(run)
        note_reads(
            run.settings.warehouse.build_file, run.tallies.values(), at=run.server_now
        )
    return [one for one in loads if one]


def _loads(
    run: SyncRun, entities: Sequence[Entity], *, history: bool
) -> Iterator[Loaded | None]:
    flat = [one for one in entities if not one.parent]
    yield _load(run, lambda: connectwise_source(run, flat))
    if history:
        yield from _backfill(run)
    waiting = open_entities(run)
    children = [one for one in entities if one.parent and one.parent not in waiting]
    if children:
        yield _load(run, lambda: connectwise_source(run, children))


def only_due(run: SyncRun, entities: Sequence[Entity]) -> list[Entity]:
    """Those of ``entities`` that are due; the others are tallied as skipped."""
    reads = last_reads(run.settings.warehouse.build_file)
    sync = run.settings.sync
    chosen = due(entities, reads, now=run.server_now, sync=sync)
    for entity in entities:
        if entity not in chosen:
            tally = run.tally(entity.name)
            tally.status = "skipped"
            tally.note = f"not due, read at {reads[entity.name].read_at:%H:%M} UTC"
    return chosen


def _backfill(run: SyncRun) -> Iterator[Loaded | None]:
    while package := _load(run, lambda: history_source(run)):
        yield package


def _load(run: SyncRun, opened: Callable[[], DltSource]) -> Loaded | None:
    """One package, over one open file; DuckDB lets go of its memory after each."""
    with run.destination.kept_open(read_only=False):
        source = opened()
        info = load(run.settings, source)
        record_surprises(run)
    return Loaded(source, info) if info else None
