"""``cwp entities``: what is read from ConnectWise, how, and how much is there.

What it tells is ``pipelines.ingest.overview``'s business.
"""

from typing import Annotated

import typer

from pipelines.cli.examples import examples


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples("cwp entities", "cwp entities ticket", "cwp entities agreement")
    app.command("entities", epilog=epilog)(entities)


def entities(
    word: Annotated[
        str, typer.Argument(help="Only entities whose name or path has this in it.")
    ] = "",
) -> None:
    """List every entity with path, key, policy, last sync and rows.

    Asks the warehouse only, not the tenant. A policy names the tier, whether changes
    or the whole list are read, and how often; children are read of parents that
    changed.
    """
    from rich.markup import escape
    from rich.table import Table

    from pipelines.cli.console import output
    from pipelines.cli.context import settings_with_logs
    from pipelines.ingest.overview import overview

    settings = settings_with_logs()
    table = Table("entity", "path", "key", "policy", "last sync (UTC)", "rows")
    table.columns[1].overflow = "fold"
    table.columns[-1].justify = "right"
    shown = [
        one
        for one in overview(settings)
        if word.lower() in f"{one.name} {one.path}".lower()
    ]
    for one in shown:
        read = f"{one.read_at:%Y-%m-%d %H:%M}" if one.read_at else one.status
        if one.status == "not granted":
            read += ", not granted"
        rows = "-" if one.rows is None else f"{one.rows:,}"
        table.add_row(one.name, escape(one.path), one.key, one.policy, read, rows)
    if not shown:
        typer.echo(f"No entity has {word!r} in its name or path.")
        return
    output().print(table)
    typer.echo(f"{len(shown)} {'entity' if len(shown) == 1 else 'entities'}.")
