"""``cwp replay``: raw tables again, from the pages that were kept.

What is rebuilt, and what is refused, is ``pipelines.ingest.replay``'s business.
"""

from datetime import datetime
from typing import Annotated

import typer

from pipelines.cli.examples import examples


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples(
        "cwp replay",
        "cwp replay --load-id 1774990812.4711",
        "cwp replay --entity service_tickets --entity time_entries",
        "cwp replay --since 2026-03-01 --keep-older",
    )
    app.command("replay", epilog=epilog)(replay)


def replay(
    *,
    load_id: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="Rows that this load brought; may be repeated."
        ),
    ] = None,
    entity: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Tables of this entity; may be repeated."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="Rows that loads of this day or later brought.",
        ),
    ] = None,
    keep_older: Annotated[
        bool,
        typer.Option(
            "--keep-older",
            help="Leave rows as they are whose pages are gone, and go on.",
        ),
    ] = False,
) -> None:
    """Rebuild raw tables from kept pages, without asking the API.

    Without options it rebuilds everything. It changes nothing if a row would be lost.
    `cwp trace` names the load of a record, `cwp entities` all entities.
    """
    from pipelines.cli.context import settings_with_logs
    from pipelines.ingest import replay as replaying
    from pipelines.orchestration.session import writer_lock

    settings = settings_with_logs()
    selection = replaying.Selection(
        load_ids=frozenset(load_id or ()),
        entities=frozenset(entity or ()),
        since=since.date() if since else None,
        keep_older=keep_older,
    )
    with writer_lock(settings):
        done = replaying.replay(settings, selection)
    for sentence in replaying.sentences(done):
        typer.echo(sentence)
