"""Run one job once, here and now: what ``cwp run`` does.

The run is an ordinary Dagster run in this process: it stands in the instance's
history, and ``make dev`` shows it. What comes back is a summary, or one sentence.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import dagster as dg

from pipelines.ingest.preflight import open_client
from pipelines.ingest.run import Tally
from pipelines.observability import telemetry
from pipelines.observability.outcomes import CheckOutcome
from pipelines.observability.progress import Progress
from pipelines.observability.summary import RunSummary, together
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.errors import sentence_in
from pipelines.orchestration.instance import instance_home
from pipelines.orchestration.jobs import BACKFILL, SYNC_DUE
from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.session import Ledger
from pipelines.orchestration.tenant import tenant
from pipelines.settings import Settings

_QUIET: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_once(
    settings: Settings,
    *,
    progress: Progress,
    job: str = SYNC_DUE,
    staged: Callable[[RunSummary], None] | None = None,
) -> RunSummary:
    """Run ``job`` to its end.

    Args:
        settings: whose warehouse, and whose data.
        progress: told of what goes on.
        job: one of the jobs' names.
        staged: told what has been published when a large first load goes on with its
            history; what is returned then adds up both stages.

    Raises:
        PipelinesError: the run failed; the text is for people, nothing that was
            loaded or published before is lost.
        KeyboardInterrupt: somebody stopped it.
    """
    telemetry.disable()
    ledger = Ledger()
    stages = [ledger]
    target = _target(settings)
    with tenant(settings, progress=progress) as effective:
        _greet(effective)
        definitions = build_definitions(effective, progress=progress, ledger=ledger)
        _execute(definitions.resolve_job_def(job), effective)
        if ledger.history_open and job == SYNC_DUE:
            if staged:
                staged(summary_of(stages, target))
            ledger = Ledger()
            stages.append(ledger)
            definitions = build_definitions(effective, progress=progress, ledger=ledger)
            _execute(definitions.resolve_job_def(BACKFILL), effective)
    return summary_of(stages, target)


def _greet(settings: Settings) -> None:
    """Ask the tenant first: a wrong key is told before anything is prepared."""
    with open_client(settings) as client:
        client.server_now()


def _execute(job: dg.JobDefinition, settings: Settings) -> None:
    os.environ["DAGSTER_HOME"] = str(instance_home(settings))
    try:
        with dg.DagsterInstance.get() as instance:
            end_orphans(instance, settings)
            job.execute_in_process(instance=instance, run_config=_QUIET)
    except dg.DagsterExecutionInterruptedError:
        # Dagster's name for Ctrl-C and SIGTERM while a step runs.
        raise KeyboardInterrupt from None
    except Exception as error:
        ours = sentence_in(error)
        if ours is None:
            raise
        raise ours from error


def _target(settings: Settings) -> str:
    if settings.uses_sandbox:
        return f"built-in sandbox, profile {settings.sandbox.profile}"
    return f"{settings.tenant.company_id} at {settings.tenant.base_url}"


def summary_of(stages: Sequence[Ledger], target: str) -> RunSummary:
    """What all stages have read, and what the last of them has made and found."""
    ledger = stages[-1]
    synced = [stage.sync for stage in stages if stage.sync]
    tallies = [tally for sync in synced for tally in sync.tallies.values()]
    told = dict.fromkeys(said for tally in tallies for said in _messages(tally))
    return RunSummary(
        target=target,
        entities=together(tally.summary for tally in tallies),
        marts=tuple(ledger.marts),
        outcomes_passed=_those(ledger, "passed"),
        outcomes_warned=_those(ledger, "warned"),
        outcomes_failed=(*_those(ledger, "failed"), *_those(ledger, "error")),
        files=tuple(ledger.files),
        nothing_new=ledger.stopped_early,
        messages=(_calls(stages), *told, *ledger.notes),
    )


def _those(ledger: Ledger, status: str) -> tuple[CheckOutcome, ...]:
    return tuple(one for one in ledger.outcomes if one.status == status)


def _calls(stages: Iterable[Ledger]) -> str:
    events = sum((stage.calls.events for stage in stages), Counter[str]())
    return (
        f"{events['request_finished']:,} API calls, "
        f"{events['retry_scheduled']:,} of them tried again."
    )


def _messages(tally: Tally) -> Iterator[str]:
    if tally.quarantine:
        yield (
            f"{tally.name}: {len(tally.quarantine)} record(s) did not fit and are in "
            "meta.quarantine with their errors."
        )
    if tally.drift:
        names = ", ".join(sorted(tally.drift))
        yield f"{tally.name}: unknown field(s) {names} are kept in _extra."
