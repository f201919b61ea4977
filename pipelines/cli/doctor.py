"""``cwp doctor``: will a run work? Asked before the first one.

What is examined, and how, is ``pipelines.ingest.preflight``'s business.
"""

import typer

from pipelines.cli.examples import examples

MARKS = {
    "ok": "[green]ok[/]",
    "warning": "[yellow]warning[/]",
    "error": "[red]error[/]",
}


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples(
        "cwp doctor", "CW_BASE_URL=https://eu.myconnectwise.net cwp doctor"
    )
    app.command("doctor", epilog=epilog)(doctor)


def doctor() -> None:
    """Check credentials, host, clock and what may be read."""
    from rich.markup import escape
    from rich.table import Table

    from pipelines.cli.console import output
    from pipelines.cli.context import prepared_settings
    from pipelines.ingest import preflight

    settings = prepared_settings()
    if settings.uses_sandbox:
        typer.echo(
            "No tenant credentials are set, so `cwp run` uses the built-in sandbox; "
            "`cwp setup-env` asks for yours."
        )
        return
    with preflight.open_client(settings) as client:
        findings = list(preflight.examine(settings, client))
    table = Table(show_header=False, box=None)
    for finding in findings:
        told = f"{finding.message} {finding.remedy}".strip()
        table.add_row(MARKS[finding.status], finding.name, escape(told))
    output().print(table)
    if any(finding.status == "error" for finding in findings):
        raise typer.Exit(1)
    typer.echo("A run will work: `cwp run`.")
