"""Which entities are due: by tier, by what the last read said, by what it costs.

A list with a window costs one small request when nothing has changed, so it is always
worth asking; a set-up table is read whole and waits for its tier's interval. Children
cost nothing while no parent has changed. The nightly job reads all and asks none of
this.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pipelines.connectwise.entities import Entity, Tier
from pipelines.ingest.last_reads import LastRead
from pipelines.settings import SyncSettings


def interval_of(tier: Tier, sync: SyncSettings) -> timedelta:
    """How old the last read of a tier's entities may grow."""
    minutes = {
        Tier.HOT: sync.hot_minutes,
        Tier.WARM: sync.warm_minutes,
    }
    return timedelta(minutes=minutes.get(tier, sync.reference_minutes))


def due(
    entities: Iterable[Entity],
    reads: Mapping[str, LastRead],
    *,
    now: datetime,
    sync: SyncSettings,
) -> list[Entity]:
    """Those of ``entities`` that are worth a request now."""
    return [one for one in entities if _is_due(one, reads.get(one.name), now, sync)]


def _is_due(
    entity: Entity, last: LastRead | None, now: datetime, sync: SyncSettings
) -> bool:
    if last is None or _costs_little(entity, last):
        return True
    return now - last.read_at >= interval_of(entity.tier, sync)


def _costs_little(entity: Entity, last: LastRead) -> bool:
    """A child that is not granted would be refused for several parents again."""
    if entity.parent:
        return last.status != "not granted"
    return entity.incremental
