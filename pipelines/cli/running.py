"""``cwp run``: the whole pipeline once, with progress and a summary.

How a run works is ``pipelines.orchestration``'s business; here it is started, watched
and told.
"""

from enum import StrEnum
from typing import Annotated

import typer

from pipelines.cli.examples import examples

STOPPED = (
    "Stopped. What was loaded and published stays; the next `cwp run` goes on from "
    "there."
)


EXAMPLES = examples(
    "cwp run",
    "cwp run --job sync_hot",
    "cwp run --job reconcile",
    "CWP_WAREHOUSE__DIR=/data/acme cwp run",
)


class Job(StrEnum):
    """Which entities a run reads."""

    SYNC_DUE = "sync_due"
    SYNC_ALL = "sync_all"
    BACKFILL = "backfill"
    SYNC_HOT = "sync_hot"
    SYNC_WARM = "sync_warm"
    SYNC_REFERENCE = "sync_reference"
    RECONCILE = "reconcile"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("run", epilog=EXAMPLES)(run_once)


def run_once(
    *,
    job: Annotated[
        Job,
        typer.Option(
            metavar="JOB",
            help="sync_due reads what is due, sync_all every entity; sync_hot, "
            "sync_warm and sync_reference read one tier; backfill goes on with "
            "history; reconcile finds what was deleted or came late.",
        ),
    ] = Job.SYNC_DUE,
) -> None:
    """Extract, load, transform, check, publish and report, once.

    Reads the tenant whose CW_* credentials stand in the environment or in .env;
    without any it starts the built-in sandbox.
    """
    from pipelines.cli.console import output
    from pipelines.cli.context import prepared_settings
    from pipelines.cli.summary import render_summary
    from pipelines.errors import CheckFailedError
    from pipelines.observability.progress import showing
    from pipelines.orchestration.run import run_once as run_pipeline

    settings = prepared_settings()
    try:
        with showing() as progress:
            summary = run_pipeline(
                settings,
                job=job.value,
                progress=progress,
                staged=lambda first: output().print(render_summary(first)),
            )
    except KeyboardInterrupt:
        typer.secho(STOPPED, err=True, fg="yellow")
        raise
    output().print(render_summary(summary))
    if summary.outcomes_failed:
        names = ", ".join(f"{o.asset}: {o.name}" for o in summary.outcomes_failed)
        raise CheckFailedError(
            f"Blocking checks failed ({names}), so nothing was published and the last "
            "published copy stays; mend the cause and run `cwp run` again."
        )
