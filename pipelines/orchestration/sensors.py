"""What is noticed between runs: a run that failed.

The log line is for whatever watches the logs; it carries the sentence for people and
no stack trace.
"""

import dagster as dg
import structlog


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
