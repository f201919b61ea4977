"""How much of Dagster's history is kept.

Each run leaves a file of up to some MB, and Dagster itself never removes one: a sync
every five minutes would fill a disk. So the newest runs of each job are kept.
"""

import shutil
from pathlib import Path

import dagster as dg

from pipelines.orchestration.hints import SYNC_HINTS
from pipelines.orchestration.jobs import JOBS
from pipelines.orchestration.reconciling import RECONCILE

KEPT_RUNS = 200
# What the UI calls a run of assets that somebody picked there.
_PICKED = "__ASSET_JOB"
_AT_ONCE = 50
_FINISHED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]


def prune(instance: dg.DagsterInstance, *, keep: int = KEPT_RUNS) -> list[str]:
    """Remove all but the newest ``keep`` finished runs of each job; their ids.

    At most 50 runs of a job go at once, so that no run pays for a long past.
    """
    removed = [
        run.run_id
        for job in (*JOBS, SYNC_HINTS, RECONCILE, _PICKED)
        for run in instance.get_runs(
            dg.RunsFilter(job_name=job, statuses=_FINISHED), limit=keep + _AT_ONCE
        )[keep:]
    ]
    for run_id in removed:
        instance.delete_run(run_id)
        _remove_files(Path(instance.root_directory), run_id)
    return removed


def _remove_files(home: Path, run_id: str) -> None:
    """Dagster empties a run's event file, but neither shrinks nor removes it."""
    for path in (home / "history" / "runs").glob(f"{run_id}.db*"):
        path.unlink(missing_ok=True)
    shutil.rmtree(home / "storage" / run_id, ignore_errors=True)
