"""The job ``reconcile`` and its schedule: the nightly sweep, and what stands on it.

It runs after the nightly sync, so that a record that came late is not mistaken for one
that the windows lost. Marts are built and published again only if it found something.
"""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)

from pipelines.connectwise.entities import ENTITIES
from pipelines.orchestration.keys import all_raw_keys, endpoint_key
from pipelines.orchestration.schedules import schedule
from pipelines.settings import Settings

RECONCILE = "reconcile"


def reconcile_job() -> UnresolvedAssetJobDefinition:
    """All but what reads records: the sweep, the clock, and what is built."""
    outside = [endpoint_key(entity) for entity in ENTITIES.values()]
    read = dg.AssetSelection.assets(*outside, *all_raw_keys())
    return dg.define_asset_job(
        RECONCILE,
        selection=dg.AssetSelection.all() - read,
        description="Finds deleted, moved and late records, then builds and publishes.",
        executor_def=dg.in_process_executor,
    )


def reconcile_schedule(settings: Settings) -> dg.ScheduleDefinition:
    """An hour after the nightly sync; it queues up behind it."""
    hour, _, minute = settings.sync.nightly_at.partition(":")
    cron = f"{int(minute)} {(int(hour) + 1) % 24} * * *"
    name = f"{RECONCILE}_nightly"
    return schedule(name, RECONCILE, cron, settings=settings, queues=True)
