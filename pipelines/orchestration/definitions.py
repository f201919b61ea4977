"""Everything Dagster knows of the house, built from settings.

``definitions()`` is what ``dagster dev`` loads; ``build_definitions`` is what a run
from the command line, and tests, use. Loading touches neither network nor warehouse;
it parses the dbt project when its manifest is stale.
"""

from collections.abc import Iterator

import dagster as dg
from dagster_dlt import DagsterDltResource

from pipelines.observability import logging, telemetry
from pipelines.observability.progress import LineProgress, Progress
from pipelines.orchestration.assets.clock import clock_asset
from pipelines.orchestration.assets.marts import (
    dbt_resource,
    mart_assets,
    published_tables,
)
from pipelines.orchestration.assets.published import published_asset
from pipelines.orchestration.assets.raw import endpoints, raw_assets
from pipelines.orchestration.assets.reports import report_assets
from pipelines.orchestration.assets.sweep import sweep_asset
from pipelines.orchestration.checks import mart_checks
from pipelines.orchestration.hints import hints_job
from pipelines.orchestration.history import prune
from pipelines.orchestration.jobs import jobs
from pipelines.orchestration.reconciling import reconcile_job, reconcile_schedule
from pipelines.orchestration.schedules import schedules
from pipelines.orchestration.sensors import failure_sensor, hint_sensor
from pipelines.orchestration.session import Ledger, Session, opened
from pipelines.quality.specs import suites
from pipelines.settings import Settings, load_settings
from pipelines.transform.descent import mart_columns


def build_definitions(
    settings: Settings,
    *,
    progress: Progress | None = None,
    ledger: Ledger | None = None,
) -> dg.Definitions:
    """All assets, checks, jobs, schedules and sensors of one warehouse.

    Args:
        settings: whose warehouse and tenant.
        progress: who is told of progress; log lines by default.
        ledger: filled by the run, for its summary; a new one per run by default.
    """
    transform = mart_assets(settings)
    return dg.Definitions(
        assets=[
            *endpoints(),
            *raw_assets(),
            sweep_asset(),
            clock_asset(),
            transform,
            published_asset(published_tables(transform)),
            *report_assets(),
        ],
        asset_checks=[mart_checks(suites(mart_columns(settings)))],
        jobs=[*jobs(), reconcile_job(), hints_job()],
        schedules=[*schedules(settings), reconcile_schedule(settings)],
        sensors=[failure_sensor(), hint_sensor(settings)],
        resources={
            "dbt": dbt_resource(settings),
            "dlt": DagsterDltResource(),
            "session": _session_resource(settings, progress, ledger),
        },
        executor=dg.in_process_executor,
    )


def _session_resource(
    settings: Settings, progress: Progress | None, ledger: Ledger | None
) -> dg.ResourceDefinition:
    @dg.resource(description="The run's client, tallies and writer's lock.")
    def session(context: dg.InitResourceContext) -> Iterator[Session]:
        with opened(
            settings,
            progress=progress or LineProgress(),
            ledger=ledger or Ledger(),
        ) as one:
            if context.instance:
                prune(context.instance)
            yield one

    return session


@dg.definitions
def definitions() -> dg.Definitions:
    """The definitions of the warehouse that the environment names."""
    telemetry.disable()
    settings = load_settings()
    tenant = settings.tenant
    secrets = (tenant.public_key, tenant.private_key, tenant.client_id)
    logging.configure(settings.log, secrets=secrets)
    return build_definitions(settings)
