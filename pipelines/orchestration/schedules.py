"""When jobs run by themselves.

A tick of the hot job starts nothing while a run writes the warehouse or waits in the
queue. The others queue up behind it: skipped, they would be missed for long. Runs
whose process has died are ended first, so that they hold nothing back.
"""

import dagster as dg

from pipelines.orchestration.jobs import (
    SYNC_ALL,
    SYNC_HOT,
    SYNC_REFERENCE,
    SYNC_WARM,
)
from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.session import is_being_written
from pipelines.settings import Settings

_WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """A schedule per tier and one for the night; switched on in the UI."""
    sync = settings.sync
    rhythms = {
        SYNC_HOT: sync.hot_minutes,
        SYNC_WARM: sync.warm_minutes,
        SYNC_REFERENCE: sync.reference_minutes,
    }
    hour, _, minute = sync.nightly_at.partition(":")
    nightly = f"{int(minute)} {int(hour)} * * *"
    return [
        *(
            schedule(
                f"{job}_every_{_spelled(minutes)}",
                job,
                _cron(minutes),
                settings=settings,
                queues=job != SYNC_HOT,
            )
            for job, minutes in rhythms.items()
        ),
        schedule(
            f"{SYNC_ALL}_nightly", SYNC_ALL, nightly, settings=settings, queues=True
        ),
    ]


def _cron(minutes: int) -> str:
    if minutes < 60:
        return f"*/{minutes} * * * *"
    return f"0 */{minutes // 60} * * *"


def _spelled(minutes: int) -> str:
    count, unit = (minutes, "minute") if minutes < 60 else (minutes // 60, "hour")
    return f"{count}_{unit}{'s' if count > 1 else ''}"


def schedule(
    name: str, job: str, cron: str, *, settings: Settings, queues: bool
) -> dg.ScheduleDefinition:
    """A schedule of ``job`` that waits its turn, or leaves a tick out."""

    @dg.schedule(name=name, job_name=job, cron_schedule=cron)
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        end_orphans(context.instance, settings)
        if not queues and is_being_written(settings):
            return dg.SkipReason("A run is still writing the warehouse.")
        before_it = dg.RunsFilter(statuses=_WAITING, job_name=job if queues else None)
        waiting = context.instance.get_runs(before_it, limit=1)
        if waiting:
            return dg.SkipReason(f"Run {waiting[0].run_id} waits to be started.")
        return dg.RunRequest()

    return tick
