"""The nightly reconciliation: deletes, moves, late rows, counts, fields come to light.

A record that two complete sweeps in a row have missed counts as deleted; one that has
vanished here and stands in the other ticket list has moved; one that is newer than ours
is read again. The guard stops all deletes of a run, never what is read again. Whose
lists are swept, where there are many parents, is ``slices.py``'s business.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import dlt
import msgspec
from dlt.extract.resource import DltResource

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest import absences, deletes
from pipelines.ingest.comparison import Comparison, children_of, compare
from pipelines.ingest.cursors import forget_window, is_behind, raise_overlap
from pipelines.ingest.deletes import Deletion
from pipelines.ingest.destination import Inventory
from pipelines.ingest.disclosure import disclosed
from pipelines.ingest.guards import Loss, guard_outcome, shrink_outcome
from pipelines.ingest.history import floors, open_entities
from pipelines.ingest.loading import source_of
from pipelines.ingest.meta import last_counts, record_disclosed, record_sweeps
from pipelines.ingest.moves import moved
from pipelines.ingest.pipeline import load
from pipelines.ingest.proof import gone
from pipelines.ingest.resources import lists_of, records_of
from pipelines.ingest.run import SyncRun
from pipelines.ingest.slices import slice_of
from pipelines.ingest.sweep import Sighting, sweep
from pipelines.observability.outcomes import CheckOutcome
from pipelines.warehouse.connection import Connection, connect


@dataclass(slots=True)
class Swept:
    """One entity: what was seen, what it tells, and what was done about it.

    Ids up to ``floor`` are older than the history that is wanted.
    """

    seen: Sighting
    found: Comparison
    floor: int = 0
    moves: dict[int, str] = field(default_factory=dict)
    deleted: dict[int, str] = field(default_factory=dict)
    disclosed: frozenset[str] = frozenset()
    restored: int = 0
    late: int = 0
    overlap_minutes: int | None = None

    @property
    def entity(self) -> Entity:
        """Whose ids these are."""
        return self.seen.entity

    @property
    def loss(self) -> Loss:
        """What the guard has to judge."""
        gone = len(self.found.missing) - len(self.moves)
        return Loss(self.entity.name, gone, self.found.live)

    @property
    def again(self) -> frozenset[int]:
        """Ids to be read again: the raw table lacks them or has them older.

        Children are read again with the whole list of their parent.
        """
        unread = frozenset(key for key in self.found.unknown if key > self.floor)
        return unread | self.found.newer


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation found, and the checks that it made."""

    swept: tuple[Swept, ...]
    outcomes: tuple[CheckOutcome, ...]


def reconcile(
    run: SyncRun, entities: Iterable[Entity] = tuple(ENTITIES.values())
) -> Reconciled:
    """Sweep ``entities``, and write what is proven.

    When the guard trips the outcome says so, and no deletion has been written.

    Raises:
        ConnectWiseError: the tenant does not answer; nothing has been written.
    """
    # Open from the start: each question below finds the file open already.
    with connect(run.settings.warehouse.build_file) as connection:
        there = run.destination.inventory()
        sightings = _sightings(connection, run, there, entities)
        below = floors(run)
        swept = [
            Swept(seen, compare(connection, seen, there), floor=below.get(name, 0))
            for name, seen in sightings.items()
        ]
        for one in swept:
            name, missing = one.entity.name, one.found.missing
            one.moves = moved(name, missing, sightings)
            one.disclosed = disclosed(connection, run, one.seen)
        guards = [guard_outcome(one.loss, run.settings.sync) for one in swept]
        rows = _restored(connection, run, swept)
        if not any(one.blocks for one in guards):
            rows += _deletions(connection, run, swept)
        absent = _absences(connection, run, swept, there)
    _load(run, there, swept=swept, rows=rows, absent=absent)
    outcomes = (*guards, *_shrunken(run, swept))
    record_disclosed(run, {one.entity.name: one.disclosed for one in swept})
    record_sweeps(run, [_told(one, run) for one in swept])
    return Reconciled(tuple(swept), outcomes)


def _sightings(
    connection: Connection,
    run: SyncRun,
    there: Inventory,
    entities: Iterable[Entity],
) -> dict[str, Sighting]:
    run.progress.start("sweep", None)
    seen: dict[str, Sighting] = {}
    waiting = open_entities(run)
    for entity in entities:
        if {entity.name, entity.parent} & waiting.keys():
            note = "its history is still being read"
            seen[entity.name] = Sighting(entity, "skipped", note=note)
        elif entity.name in there.columns:
            seen[entity.name] = _sighting(connection, run, entity, there)
            run.progress.advance("sweep", len(seen[entity.name].moments))
    run.progress.finish("sweep", f"ids of {len(seen)} entities")
    return seen


def _sighting(
    connection: Connection, run: SyncRun, entity: Entity, there: Inventory
) -> Sighting:
    if not entity.parent:
        return sweep(run, entity)
    if entity.parent not in there.columns:
        return Sighting(entity, "skipped", note="its parents were never read")
    return sweep(run, entity, slice_of(connection, run, entity, there))


def _deletions(
    connection: Connection, run: SyncRun, swept: Collection[Swept]
) -> list[Deletion]:
    for one in swept:
        one.deleted |= one.moves | _confirmed(connection, run, one)
    by_name = {one.entity.name: one for one in swept}
    for one in swept:  # Parents stand before their children in the registry.
        parent = by_name.get(one.entity.parent or "")
        if parent and parent.deleted:
            hung = children_of(connection, one.entity.name, parent.deleted)
            for key, parent_id in hung.items():
                why = parent.deleted[parent_id]
                told = f"{_of_parent(parent.entity, parent_id)} {why}"
                one.deleted.setdefault(key, told)
    return [
        Deletion(
            entity=one.entity.name, id=key, deleted_at=run.server_now, evidence=evidence
        )
        for one in swept
        for key, evidence in sorted(one.deleted.items())
    ]


def _confirmed(connection: Connection, run: SyncRun, one: Swept) -> dict[int, str]:
    """Ids that two sweeps have missed, and that a third question does not find."""
    candidates = {
        key: sweep_id
        for key, sweep_id in one.found.missed_before.items()
        if key not in one.moves and sweep_id != run.run_id
    }
    return {
        key: f"missing in sweeps {candidates[key]} and {run.run_id}"
        for key in gone(connection, run, one.seen, candidates)
    }


def _restored(
    connection: Connection, run: SyncRun, swept: Collection[Swept]
) -> list[Deletion]:
    rows: list[Deletion] = []
    for one in swept:
        back = list(one.found.back)
        for row in one.found.back:
            back += _restored_children(connection, one.entity, row.id)
        one.restored = len(back)
        rows += back
    return list({row.key: row for row in deletes.taken_back(run, rows)}.values())


def _restored_children(
    connection: Connection, parent: Entity, parent_id: int
) -> Iterator[Deletion]:
    prefix = _of_parent(parent, parent_id)
    for child in ENTITIES.values():
        if child.parent == parent.name:
            yield from deletes.standing(
                connection, child.name, f"starts_with(evidence, '{prefix}')"
            )


def _of_parent(parent: Entity, parent_id: int) -> str:
    return f"{parent.name} {parent_id} is gone:"


def _absences(
    connection: Connection, run: SyncRun, swept: Collection[Swept], there: Inventory
) -> list[absences.Absence] | None:
    """The absences from now on; ``None`` where they stay as they are."""
    told = {one.entity.name: one for one in swept if one.seen.is_proof}
    before = absences.all_of(connection, ENTITIES, there)
    fresh = [
        (name, key, run.run_id, run.server_now)
        for name, one in told.items()
        for key in sorted(one.found.missing - one.deleted.keys())
    ]
    after = [
        row for row in before if row[0] not in told or row[1] in told[row[0]].found.left
    ] + fresh
    return after if fresh or len(after) != len(before) else None


def _load(
    run: SyncRun,
    there: Inventory,
    *,
    swept: Collection[Swept],
    rows: list[Deletion],
    absent: list[absences.Absence] | None,
) -> None:
    resources = [
        _again(one, run, there) for one in swept if one.again or one.seen.unread
    ]
    if rows:
        resources.append(deletes.deletions_of(run, rows))
    if absent is not None:
        resources.append(absences.absences_table(absent))
    if resources or any(one.disclosed for one in swept):
        watch = dlt.resource(_change_windows(run, swept), name="late_rows")
        load(run.settings, source_of([*resources, watch]))


def _again(one: Swept, run: SyncRun, there: Inventory) -> DltResource:
    if not one.entity.parent:
        return records_of(one.entity, run, there, ids=sorted(one.again))
    parents = one.seen.unread | {one.seen.parents[key] for key in one.again}
    return lists_of(one.entity, run, there, parents=sorted(parents))


def _change_windows(run: SyncRun, swept: Collection[Swept]) -> Iterator[Any]:
    """Count what a window should have brought, and let the next ones reach further.

    Where fields have come to light, the next one begins anew.
    """
    overlap = timedelta(minutes=run.settings.sync.overlap_minutes)
    for one in swept:
        state = dlt.current.resource_state(one.entity.name)
        windowed = () if one.entity.parent else one.again
        moments = [_moment(one.seen.moments[key]) for key in windowed]
        one.late = sum(1 for at in moments if at and is_behind(state, at))
        if one.late:
            one.overlap_minutes = raise_overlap(state, overlap=overlap)
        if one.disclosed:
            forget_window(state)
    yield from ()


def _moment(text: str | None) -> datetime | None:
    try:
        return msgspec.convert(text, datetime) if text else None
    except msgspec.ValidationError:
        return None


def _shrunken(run: SyncRun, swept: Collection[Swept]) -> Iterator[CheckOutcome]:
    before = last_counts(run.settings)
    for one in swept:
        name, now = one.entity.name, one.seen.counted
        if now is not None and name in before:
            yield shrink_outcome(
                name, now=now, before=before[name], sync=run.settings.sync
            )


def _told(one: Swept, run: SyncRun) -> Mapping[str, Any]:
    """The row of ``meta.sweeps``."""
    turn = one.seen.turn
    return {
        "entity": one.entity.name,
        "status": one.seen.status,
        "api_count": one.seen.counted,
        "ids_seen": len(one.seen.moments),
        "raw_rows": one.found.live,
        "missing": len(one.found.missing),
        "deleted": len(one.deleted) - len(one.moves.keys() & one.deleted.keys()),
        "moved": len(one.moves.keys() & one.deleted.keys()),
        "restored": one.restored,
        "read_again": len(one.again),
        "late": one.late,
        "overlap_minutes": one.overlap_minutes or run.settings.sync.overlap_minutes,
        "lists_asked": turn and len(one.seen.asked) + len(one.seen.unread),
        "swept_to": turn and turn.ends_at,
        "note": one.seen.note,
    }


def sentences(swept: Collection[Swept]) -> Iterator[str]:
    """What a reconciliation did, for people: how much was swept, then the news."""
    yield _extent(swept)
    for one in swept:
        told = chain(
            _counted("deleted", len(one.deleted.keys() - one.moves.keys())),
            _counted("moved", len(one.moves.keys() & one.deleted.keys())),
            _counted("restored", one.restored),
            _counted("missing for the first time", _first_misses(one)),
            _counted("read again", len(one.again)),
            _counted("of them late", one.late),
            _counted("lists read for the first time", len(one.seen.unread)),
        )
        if text := ", ".join(told):
            yield f"{one.entity.name}: {text}."
        if one.disclosed:
            names = ", ".join(sorted(one.disclosed))
            yield (
                f"{one.entity.name}: the role now shows {names}; the next sync reads "
                "every record again."
            )
        if one.seen.status == "in part":
            yield f"{one.entity.name}: swept in part, {one.seen.note}."
        if one.seen.status in {"not granted", "unproven"}:
            yield f"{one.entity.name}: no proof of deletes, {one.seen.note}."


def _extent(swept: Collection[Swept]) -> str:
    told = [one for one in swept if one.seen.is_proof]
    ids = sum(len(one.seen.moments) for one in told)
    if len(told) == len(swept):
        return f"Swept {len(told)} lists, {ids:,} ids."
    return (
        f"Swept {len(told)} of {len(swept)} lists, {ids:,} ids; `meta.sweeps` "
        "says why the others were left out."
    )


def _first_misses(one: Swept) -> int:
    return len(one.found.missing - one.found.missed_before.keys() - one.moves.keys())


def _counted(what: str, count: int) -> Iterator[str]:
    if count:
        yield f"{count:,} {what}"
