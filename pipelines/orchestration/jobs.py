"""The jobs: one per tier, one for what is due, one for everything.

All end with the same marts, checks, published copy and reports. Every step runs in the
run's own process: starting one per step would import everything again each time.
"""

from collections.abc import Mapping

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)

from pipelines.connectwise.entities import ENTITIES, Entity, Tier
from pipelines.ingest.source import children
from pipelines.orchestration.keys import DELETIONS_KEY, all_raw_keys, endpoint_key

SYNC_ALL = "sync_all"
SYNC_DUE = "sync_due"
BACKFILL = "backfill"
SYNC_HOT = "sync_hot"
SYNC_WARM = "sync_warm"
SYNC_REFERENCE = "sync_reference"

_TIERS: Mapping[str, tuple[Tier, str]] = {
    SYNC_HOT: (Tier.HOT, "Reads tickets, their notes, time and schedule"),
    SYNC_WARM: (Tier.WARM, "Reads what changes a few times a day, and its children"),
    SYNC_REFERENCE: (Tier.REFERENCE, "Reads set-up tables and their children"),
}
JOBS = (SYNC_DUE, SYNC_ALL, BACKFILL, *_TIERS)
"""Names of all jobs that sync."""


def jobs() -> list[UnresolvedAssetJobDefinition]:
    """Every job, over the whole graph or over a tier's part of it."""
    outside = [endpoint_key(entity) for entity in ENTITIES.values()] + [DELETIONS_KEY]
    everything = dg.AssetSelection.all() - dg.AssetSelection.assets(*outside)
    return [
        _job(SYNC_DUE, everything, "Reads whatever is due"),
        _job(SYNC_ALL, everything, "Reads every entity"),
        _job(BACKFILL, everything, "Reads what a first load has left for later"),
        *(
            _job(name, everything - _others(tier), description)
            for name, (tier, description) in _TIERS.items()
        ),
    ]


def _others(tier: Tier) -> dg.AssetSelection:
    """The raw tables that a tier's job does not read."""
    cold = set(all_raw_keys()) - set(all_raw_keys(entities_of(tier)))
    return dg.AssetSelection.assets(*sorted(cold))


def entities_of(tier: Tier) -> list[Entity]:
    """The entities of a tier with their children."""
    mine = [entity for entity in ENTITIES.values() if entity.tier is tier]
    names = {entity.name for entity in mine}
    return [*mine, *(entity for entity in children() if entity.parent in names)]


def _job(
    name: str, selection: dg.AssetSelection, description: str
) -> UnresolvedAssetJobDefinition:
    return dg.define_asset_job(
        name,
        selection=selection,
        description=f"{description}, then builds and publishes if there is news.",
        executor_def=dg.in_process_executor,
    )
