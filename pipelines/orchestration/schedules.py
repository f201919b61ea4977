"""When jobs run by themselves.

A tick of the hot job starts nothing while a run writes the warehouse or waits in the
queue. The nightly one queues up behind it: skipped, it would be missed for a day. Runs
whose process has died are ended first, so that they hold nothing back.
"""

import dagster as dg

from pipelines.orchestration.jobs import SYNC_ALL, SYNC_HOT
from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.session import is_being_written
from pipelines.settings import Settings

_WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """``sync_hot`` every five minutes, ``sync_all`` at night; switched on in the UI."""
    hot, nightly = f"{SYNC_HOT}_every_5_minutes", f"{SYNC_ALL}_nightly"
    return [
        _schedule(hot, SYNC_HOT, "*/5 * * * *", settings=settings, queues=False),
        _schedule(nightly, SYNC_ALL, "15 2 * * *", settings=settings, queues=True),
    ]


def _schedule(
    name: str, job: str, cron: str, *, settings: Settings, queues: bool
) -> dg.ScheduleDefinition:
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
