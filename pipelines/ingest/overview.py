"""Every entity as a person asks for it: where from, how it is read, what is there.

What ``cwp entities`` shows. Asks the build file only, never the tenant.
"""

from dataclasses import dataclass
from datetime import datetime

from pipelines.connectwise.entities import ENTITIES, Entity, Tier
from pipelines.ingest.destination import Destination
from pipelines.ingest.last_reads import last_reads
from pipelines.ingest.policies import interval_of
from pipelines.settings import Settings, SyncSettings


@dataclass(frozen=True, slots=True)
class EntityOverview:
    """One entity; ``read_at`` and ``rows`` are ``None`` before its first read."""

    name: str
    path: str
    key: str
    policy: str
    read_at: datetime | None
    status: str
    rows: int | None


def overview(settings: Settings) -> list[EntityOverview]:
    """All entities of the registry, in its order.

    Raises:
        WarehouseBusyError: a run is writing the build file.
    """
    destination = Destination(settings.warehouse.build_file)
    reads = last_reads(destination.path)
    there = destination.inventory().columns
    rows = destination.row_counts([name for name in ENTITIES if name in there])
    return [
        EntityOverview(
            name=one.name,
            path=one.path,
            key=one.key,
            policy=policy_of(one, settings.sync),
            read_at=reads[one.name].read_at if one.name in reads else None,
            status=reads[one.name].status if one.name in reads else "not read yet",
            rows=rows.get(one.name),
        )
        for one in ENTITIES.values()
    ]


def policy_of(entity: Entity, sync: SyncSettings) -> str:
    """How an entity is read, in a few words."""
    if entity.tier is Tier.CHILDREN:
        return f"of changed {entity.parent}"
    minutes = int(interval_of(entity.tier, sync).total_seconds()) // 60
    every = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    how = "changes" if entity.incremental else "whole"
    return f"{entity.tier}, {how}, every {every}"
