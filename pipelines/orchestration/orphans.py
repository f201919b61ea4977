"""Runs whose process is gone, which Dagster would call "in progress" for ever.

Such a run would hold back every later one. The writer's lock tells them apart: the
operating system lets go of it when a process dies, however it dies.
"""

from datetime import UTC, datetime, timedelta

import dagster as dg

from pipelines.orchestration.session import is_being_written
from pipelines.settings import Settings

# A run that has just begun may not hold the lock yet.
GRACE = timedelta(minutes=5)
_IN_PROGRESS = [
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def end_orphans(
    instance: dg.DagsterInstance, settings: Settings, *, now: datetime | None = None
) -> list[str]:
    """Report runs without a process as failed; their ids."""
    if is_being_written(settings):
        return []
    before = (now or datetime.now(UTC)) - GRACE
    records = instance.get_run_records(
        dg.RunsFilter(statuses=_IN_PROGRESS, updated_before=before)
    )
    for record in records:
        instance.report_run_failed(
            record.dagster_run, "Its process is gone; what it had loaded is kept."
        )
    return [record.dagster_run.run_id for record in records]
