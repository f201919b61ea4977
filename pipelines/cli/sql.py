"""``cwp sql``: questions to the published copy, typed or piped.

The copy is opened read-only, so nothing typed here can harm it, and a run may publish
a new one meanwhile. How answers are drawn is in ``answers``, the dialogue in
``prompt``.
"""

import sys
from functools import partial
from typing import Annotated

import typer

from pipelines.cli.examples import examples


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples(
        "cwp sql",
        "cwp sql -c 'select * from reports.rpt_project_status limit 5'",
        "cwp sql --csv -c 'select * from marts.fct_ticket' > tickets.csv",
        "cwp sql < question.sql",
    )
    app.command("sql", epilog=epilog)(sql)


def sql(
    *,
    command: Annotated[
        str | None, typer.Option("--command", "-c", help="Answer this and leave.")
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="Write all rows as CSV instead of a table.")
    ] = False,
) -> None:
    """Ask the published copy: a DuckDB prompt, opened read-only."""
    from pipelines.cli.answers import write_csv, write_table
    from pipelines.cli.console import output
    from pipelines.cli.prompt import Prompt
    from pipelines.settings import PROJECT_DIR, load_settings
    from pipelines.warehouse.answers import answer
    from pipelines.warehouse.connection import connect

    settings = load_settings()
    with connect(settings.warehouse.published_file) as connection:
        if command is None and sys.stdin.isatty():
            history = PROJECT_DIR / ".cache" / "sql_history"
            Prompt(partial(answer, connection), output(), history).talk()
            return
        found = answer(connection, sys.stdin.read() if command is None else command)
        if csv:
            write_csv(found, sys.stdout)
        else:
            write_table(found, output())
