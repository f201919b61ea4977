"""``sync_hints``: the job that reads again what callbacks have told.

It loads raw tables and stops there: the next ``sync_hot`` finds the new load, builds
and publishes. The sensor of ``sensors.py`` starts it with a batch of hints.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Inbox
from pipelines.ingest.hints import Batch, reread
from pipelines.ingest.run import SyncRun
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import raw_key
from pipelines.orchestration.session import Session
from pipelines.settings import Settings

SYNC_HINTS = "sync_hints"
_OP = "reread_hints"


class HintsConfig(dg.Config):
    """A batch, as it travels in a run's configuration."""

    spans: list[list[int]]
    changed: dict[str, list[int]]
    deleted: dict[str, list[int]]


def run_config(batch: Batch) -> dict[str, Any]:
    """The configuration of a run that deals with ``batch``."""
    config = {
        "spans": batch.spans,
        "changed": dict(batch.changed),
        "deleted": dict(batch.deleted),
    }
    return {"ops": {_OP: {"config": config}}}


def hints_job() -> dg.JobDefinition:
    """The job, of one step in the run's own process."""

    @dg.op(name=_OP, description="Reads hinted records again by id and loads them.")
    def step(
        context: dg.OpExecutionContext,
        config: HintsConfig,
        session: dg.ResourceParam[Session],
    ) -> None:
        batch = Batch(config.spans, config.changed, config.deleted)
        with readable():
            reread(session.sync, batch)
            _settle(session.settings, batch, run_id=context.run_id)
        for seen in _observations(session.sync):
            context.log_event(seen)

    @dg.job(
        name=SYNC_HINTS,
        executor_def=dg.in_process_executor,
        description="Reads again, by id, the records that callbacks have named.",
    )
    def sync_hints() -> None:
        step()

    return sync_hints


def _settle(settings: Settings, batch: Batch, *, run_id: str) -> None:
    now = datetime.now(UTC)
    kept_for = timedelta(days=settings.callbacks.retention_days)
    with opened(settings) as database:
        inbox = Inbox(database)
        inbox.settle(batch.inbox_ids, outcome=f"read again by run {run_id}", at=now)
        inbox.forget(before=now - kept_for)


def _observations(run: SyncRun) -> Iterator[dg.AssetObservation]:
    """What the run saw of each table: not its whole, so nothing is materialised."""
    for name, tally in run.tallies.items():
        yield dg.AssetObservation(
            asset_key=raw_key(name),
            metadata={
                "status": tally.status,
                "rows_read": tally.rows_read,
                "rows_new": tally.rows_new,
                "rows_changed": tally.rows_changed,
            },
        )
