"""When jobs run by themselves.

Both schedules wait while another run is on its way: there is one writer at a time.
"""

import dagster as dg

from pipelines.orchestration.jobs import SYNC_ALL, SYNC_HOT

_UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


def schedules() -> list[dg.ScheduleDefinition]:
    """``sync_hot`` every five minutes, ``sync_all`` at night; switched on in the UI."""
    return [
        _schedule(f"{SYNC_HOT}_every_5_minutes", SYNC_HOT, "*/5 * * * *"),
        _schedule(f"{SYNC_ALL}_nightly", SYNC_ALL, "15 2 * * *"),
    ]


def _schedule(name: str, job: str, cron: str) -> dg.ScheduleDefinition:
    @dg.schedule(name=name, job_name=job, cron_schedule=cron)
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        under_way = context.instance.get_runs(
            dg.RunsFilter(statuses=_UNDER_WAY), limit=1
        )
        if under_way:
            return dg.SkipReason(f"Run {under_way[0].run_id} is still under way.")
        return dg.RunRequest()

    return tick
