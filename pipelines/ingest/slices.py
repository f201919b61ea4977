"""Whose lists a sweep asks for tonight: those of all parents, or of the next part.

Lists under many parents come round in ``CWP_SYNC__SWEEP_NIGHTS`` nights, within the
budget of calls. A night goes on by id where the last one ended, which ``meta.sweeps``
remembers, so a night that failed is done again. Lists from which a record was missing
come first: the second miss need not wait for the next round. Lists that were never
read leave nothing to compare and are read at once.
"""

from bisect import bisect_right
from dataclasses import dataclass

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest import absences, deletes
from pipelines.ingest.destination import RAW_SCHEMA, Inventory
from pipelines.ingest.meta import last_swept_to
from pipelines.ingest.parents import never_read
from pipelines.ingest.run import SyncRun
from pipelines.settings import SyncSettings
from pipelines.warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class Slice:
    """Parents of one entity that have their turn.

    Attributes:
        asked: whose ids are asked for.
        everyone: how many parents there are.
        unread: whose children were never read.
        ends_at: the last parent of the part; None where all have their turn.
        nights: how many nights a round takes.
    """

    asked: tuple[int, ...]
    everyone: int
    unread: frozenset[int] = frozenset()
    ends_at: int | None = None
    nights: int = 1

    @property
    def is_whole(self) -> bool:
        """Every list is asked for."""
        return self.ends_at is None

    @property
    def count(self) -> int:
        """Lists that have their turn."""
        return len(self.asked) + len(self.unread)


def slice_of(
    connection: Connection, run: SyncRun, entity: Entity, there: Inventory
) -> Slice:
    """The parents whose turn it is, by the raw tables and the last sweep."""
    sync = run.settings.sync
    everyone = _live_parents(connection, entity.parent or "")
    if len(everyone) <= sync.sweep_child_calls:
        return Slice(tuple(everyone), len(everyone))
    doubtful = _doubtful(connection, entity, there, everyone)
    doubtful = doubtful[: sync.child_call_budget]
    size = _size(len(everyone), sync)
    ended = last_swept_to(run.settings).get(entity.name, 0)
    start = bisect_right(everyone, ended)
    turn = (everyone[start:] + everyone[:start])[
        : min(size, sync.child_call_budget - len(doubtful))
    ]
    wanted = dict.fromkeys([*doubtful, *turn])
    parent = ENTITIES[entity.parent or ""]
    unread = never_read(
        entity, parent, wanted, destination=run.destination, there=there
    )
    return Slice(
        asked=tuple(one for one in wanted if one not in unread),
        everyone=len(everyone),
        unread=unread,
        ends_at=turn[-1] if turn else ended,
        nights=-(-len(everyone) // max(size, 1)),
    )


def _size(everyone: int, sync: SyncSettings) -> int:
    return min(-(-everyone // sync.sweep_nights), sync.child_call_budget)


def _live_parents(connection: Connection, parent: str) -> list[int]:
    sql = f"""
        select id from {RAW_SCHEMA}.{parent} where id not in (
            select id from {RAW_SCHEMA}.{deletes.TABLE}
            where entity = ? and restored_at is null
        ) order by id
    """
    return [int(key) for (key,) in connection.execute(sql, [parent]).fetchall()]


def _doubtful(
    connection: Connection, entity: Entity, there: Inventory, everyone: list[int]
) -> list[int]:
    """Parents from whose list the last visit missed a record."""
    missed = absences.of(connection, entity.name, there)
    if not missed:
        return []
    sql = f"""
        select distinct _parent_id from {RAW_SCHEMA}.{entity.name}
        where list_contains($missed, id)
    """
    found = connection.execute(sql, {"missed": list(missed)}).fetchall()
    return sorted({int(key) for (key,) in found}.intersection(everyone))
