"""When jobs run by themselves.

A tick starts nothing while a run writes the warehouse or waits in the queue. Runs
whose process has died are ended first, so that they hold nothing back.
"""

import dagster as dg

from pipelines.orchestration.jobs import SYNC_ALL, SYNC_HOT
from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.session import is_being_written
from pipelines.settings import Settings

_WAITING = dg.RunsFilter(
    statuses=[dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]
)


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """``sync_hot`` every five minutes, ``sync_all`` at night; switched on in the UI."""
    return [
        _schedule(f"{SYNC_HOT}_every_5_minutes", SYNC_HOT, "*/5 * * * *", settings),
        _schedule(f"{SYNC_ALL}_nightly", SYNC_ALL, "15 2 * * *", settings),
    ]


def _schedule(
    name: str, job: str, cron: str, settings: Settings
) -> dg.ScheduleDefinition:
    @dg.schedule(name=name, job_name=job, cron_schedule=cron)
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        end_orphans(context.instance, settings)
        if is_being_written(settings):
            return dg.SkipReason("A run is still writing the warehouse.")
        waiting = context.instance.get_runs(_WAITING, limit=1)
        if waiting:
            return dg.SkipReason(f"Run {waiting[0].run_id} waits to be started.")
        return dg.RunRequest()

    return tick
