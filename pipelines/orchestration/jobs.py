"""The two jobs: ``sync_hot`` for what moves all day, ``sync_all`` for everything.

Both end with the same marts, checks, published copy and reports. Every step runs in
the run's own process: starting one per step would import everything again each time.
"""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)

from pipelines.connectwise.entities import ENTITIES, Tier
from pipelines.ingest.source import children
from pipelines.orchestration.keys import all_raw_keys, endpoint_key

SYNC_ALL = "sync_all"
SYNC_HOT = "sync_hot"


def jobs() -> list[UnresolvedAssetJobDefinition]:
    """Both jobs, over the whole graph and over its hot part."""
    hot = [entity for entity in ENTITIES.values() if entity.tier is Tier.HOT]
    hot_names = {entity.name for entity in hot}
    notes = [entity for entity in children() if entity.parent in hot_names]
    cold = set(all_raw_keys()) - set(all_raw_keys([*hot, *notes]))
    outside = [endpoint_key(entity) for entity in ENTITIES.values()]
    everything = dg.AssetSelection.all() - dg.AssetSelection.assets(*outside)
    return [
        _job(SYNC_ALL, everything, "Reads every entity, then builds and publishes."),
        _job(
            SYNC_HOT,
            everything - dg.AssetSelection.assets(*sorted(cold)),
            "Reads tickets, their notes, time and schedule, then builds and publishes.",
        ),
    ]


def _job(
    name: str, selection: dg.AssetSelection, description: str
) -> UnresolvedAssetJobDefinition:
    return dg.define_asset_job(
        name,
        selection=selection,
        description=description,
        executor_def=dg.in_process_executor,
    )
