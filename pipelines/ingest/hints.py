"""Hints of callbacks, gathered into a batch and read again by id.

What a callback says about a record is never loaded: its id is asked for once,
however many messages named it, and what comes back goes the way of every record. A
record that is said to be deleted and that the API does not have either is gone; which
of them are asked for is limited, and the nightly sweep finds the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import structlog

from pipelines.appdb.inbox import Hint
from pipelines.connectwise.callbacks.types import LISTS
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.deletes import deletions_of
from pipelines.ingest.loading import source_of
from pipelines.ingest.meta import record_surprises
from pipelines.ingest.pipeline import load
from pipelines.ingest.presence import Examination
from pipelines.ingest.reading import Reading
from pipelines.ingest.resources import resource_of
from pipelines.ingest.run import SyncRun

Ids = Mapping[str, list[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Hints that are dealt with together.

    Attributes:
        spans: first and last inbox id of each unbroken run of hints.
        changed: record ids to read again, by callback type.
        deleted: record ids whose last hint says that they are gone, by type.
    """

    spans: list[list[int]]
    changed: Ids
    deleted: Ids

    @property
    def inbox_ids(self) -> Iterator[int]:
        """The hints of the batch."""
        for first, last in self.spans:
            yield from range(first, last + 1)


def batch_of(hints: Iterable[Hint]) -> Batch:
    """One batch of hints; of those on one record the last counts."""
    taken = list(hints)
    last = {(hint.type, hint.record_id): hint.action for hint in taken}
    changed: dict[str, list[int]] = defaultdict(list)
    deleted: dict[str, list[int]] = defaultdict(list)
    for (kind, record_id), action in sorted(last.items()):
        (deleted if action == "deleted" else changed)[kind].append(record_id)
    return Batch(_spans([hint.id for hint in taken]), dict(changed), dict(deleted))


def entities_of(kind: str) -> tuple[Entity, ...]:
    """The entities that a callback type speaks of; none where it is not read."""
    paths = LISTS.get(kind, ())
    return tuple(each for each in ENTITIES.values() if each.path in paths)


def reread(run: SyncRun, batch: Batch) -> None:
    """Read a batch's records again, and load what has changed or is proven gone.

    Raises:
        ConnectWiseError: the tenant cannot be read; the batch may be tried again.
    """
    seen = _examined(run, batch)
    wanted: dict[str, set[int]] = defaultdict(set, seen.found)
    for kind, ids in batch.changed.items():
        for entity in entities_of(kind):
            wanted[entity.name].update(ids)
    if not (wanted or seen.deletions):
        return
    resources = [resource_of(one, run) for one in _with_news(run, wanted)]
    if seen.deletions:
        resources.append(deletions_of(run, seen.deletions))
    load(run.settings, source_of(resources))
    record_surprises(run)


def _with_news(run: SyncRun, wanted: Mapping[str, Collection[int]]) -> list[Reading]:
    """Readings that bring something: mostly a sync has been there before the hint."""
    there = run.destination.inventory()
    readings = [
        Reading(ENTITIES[name], run, there=there, state={}, ids=sorted(ids))
        for name, ids in wanted.items()
    ]
    for one in readings:
        if one.can_be_quiet:
            one.peek()
    return [one for one in readings if not one.is_quiet]


def _examined(run: SyncRun, batch: Batch) -> Examination:
    limit = run.settings.callbacks.delete_checks_per_run
    seen = Examination(run, budget=limit)
    for kind, ids in batch.deleted.items():
        seen.deleted(entities_of(kind), ids)
    for kind, ids in batch.changed.items():
        seen.changed(entities_of(kind), ids)
    if seen.left:
        structlog.get_logger(__name__).warning(
            "hints_left_to_the_sweep", records=seen.left, limit=limit
        )
    return seen


def _spans(ids: list[int]) -> list[list[int]]:
    numbered = enumerate(sorted(ids))
    runs = (
        [inbox_id for _, inbox_id in group]
        for _, group in groupby(numbered, key=lambda pair: pair[1] - pair[0])
    )
    return [[run[0], run[-1]] for run in runs]
