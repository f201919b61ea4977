"""Puts the verbs together and turns errors into one sentence.

``run()`` is what ``cwp`` and ``python -m pipelines`` call. A ``PipelinesError`` ends
as its own text on stderr and exit code 1; ``--debug``, before or after the verb,
shows where it came from. Ctrl-C ends with 130.
"""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from pipelines.cli import (
    api,
    backing_up,
    callbacks,
    dev,
    docs,
    doctor,
    entities,
    kpi,
    replaying,
    running,
    sandbox,
    setup_env,
    sql,
    tracing,
    version,
)
from pipelines.cli.examples import examples
from pipelines.errors import PipelinesError
from pipelines.observability import telemetry
from pipelines.warehouse.disk import disk_full

DEBUG = "--debug"
INTERRUPTED = 130

app = typer.Typer(
    name="cwp",
    help="ConnectWise PSA to checked, published DuckDB marts.",
    epilog=examples("cwp run", "cwp sandbox --port 8080", "cwp sql -c 'select 1'"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def main(
    *,
    debug: Annotated[
        bool, typer.Option(DEBUG, help="Show the stack trace of an error.")
    ] = False,
) -> None:
    """ConnectWise PSA to checked, published DuckDB marts."""
    # ``run()`` has taken the flag already; here it is only made known.


for group in (
    running,
    doctor,
    entities,
    setup_env,
    sql,
    kpi,
    replaying,
    backing_up,
    tracing,
    dev,
    api,
    callbacks,
    sandbox,
    docs,
    version,
):
    group.register(app)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    telemetry.disable()
    try:
        app([argument for argument in given if argument != DEBUG], prog_name="cwp")
    except PipelinesError as error:
        if debug:
            raise
        sys.exit(_told(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has had enough (``cwp sql --csv … | head``).
        _close_stdout()
        sys.exit(0)
    except Exception as error:
        ours = disk_full(error) or _unusable(error)
        if debug or ours is None:
            raise
        sys.exit(_told(ours))


def _told(error: PipelinesError) -> int:
    typer.secho(f"Error: {error}", err=True, fg="red")
    return 1


def _unusable(error: Exception) -> PipelinesError | None:
    if not isinstance(error, OSError) or not error.filename:
        return None
    return PipelinesError(
        f"{error.filename} cannot be used ({error.strerror}): mend the path or its "
        "rights, and run the command again."
    )


def _close_stdout() -> None:
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
