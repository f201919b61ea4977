"""What is noticed between runs: a run that failed, and hints that callbacks left.

The log line of a failed run is for whatever watches the logs; it carries the sentence
for people and no stack trace. Hints are gathered into one run at a time.
"""

from datetime import UTC, datetime, timedelta

import dagster as dg
import structlog

from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Inbox
from pipelines.ingest.hints import batch_of
from pipelines.orchestration.hints import SYNC_HINTS, run_config
from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.session import is_being_written
from pipelines.settings import Settings

# A tenant that is down would otherwise be asked at every look.
PAUSE_AFTER_FAILURE = timedelta(minutes=5)
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def failure_sensor() -> dg.SensorDefinition:
    """Logs every failed run with its reason."""

    @dg.run_failure_sensor(
        name="run_failed", default_status=dg.DefaultSensorStatus.RUNNING
    )
    def run_failed(context: dg.RunFailureSensorContext) -> None:
        structlog.get_logger("pipelines.orchestration").error(
            "run_failed",
            job=context.dagster_run.job_name,
            run_id=context.dagster_run.run_id,
            reason=context.failure_event.message,
        )

    return run_failed


def hint_sensor(settings: Settings) -> dg.SensorDefinition:
    """Starts ``sync_hints`` when callbacks have left hints; on from the start."""

    @dg.sensor(
        name="callback_hints",
        job_name=SYNC_HINTS,
        minimum_interval_seconds=settings.callbacks.interval_seconds,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def callback_hints(
        context: dg.SensorEvaluationContext,
    ) -> dg.RunRequest | dg.SkipReason:
        end_orphans(context.instance, settings)
        reason = _reason_to_wait(context.instance, settings)
        if reason:
            return dg.SkipReason(reason)
        with opened(settings) as database:
            hints = Inbox(database).pending(settings.callbacks.hints_per_run)
        if not hints:
            return dg.SkipReason("Callbacks have left no hints.")
        config = run_config(batch_of(hints))
        return dg.RunRequest(run_config=config, tags={"hints": str(len(hints))})

    return callback_hints


def _reason_to_wait(
    instance: dg.DagsterInstance, settings: Settings, *, now: datetime | None = None
) -> str | None:
    """Why no run is to be started now; None if one may be."""
    unfinished = dg.RunsFilter(job_name=SYNC_HINTS, statuses=_UNFINISHED)
    if instance.get_runs(unfinished, limit=1):
        return "The hints before these are still being read."
    if is_being_written(settings):
        return "A run is still writing the warehouse."
    latest = instance.get_run_records(dg.RunsFilter(job_name=SYNC_HINTS), limit=1)
    if latest and latest[0].dagster_run.status is dg.DagsterRunStatus.FAILURE:
        since = (now or datetime.now(UTC)) - PAUSE_AFTER_FAILURE
        if latest[0].update_timestamp > since:
            return "The last run failed; its hints are tried again in five minutes."
    return None
