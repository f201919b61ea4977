"""``cwp trace``: one record, from the API's answer to the marts.

How a record is followed is ``pipelines.lineage.trace``'s business; here it is drawn.
"""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.lineage.trace import Answered, Trace


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples(
        "cwp trace ticket 1234", "cwp trace company 7", "cwp trace time_entries 90210"
    )
    app.command("trace", epilog=epilog)(trace)


def trace(
    thing: Annotated[
        str, typer.Argument(help="What it is: ticket, company, service_tickets, …")
    ],
    record_id: Annotated[int, typer.Argument(help="Its id in ConnectWise.")],
) -> None:
    """Follow one record from the API's answer to its mart rows.

    Shows the record as ConnectWise gave it, the page and load that brought it, its raw
    row and every mart row made of it. Asks nobody: it reads the kept pages, the build
    file and the published copy.
    """
    from pipelines.cli.console import output
    from pipelines.cli.context import settings_with_logs
    from pipelines.lineage.trace import trace as follow

    settings = settings_with_logs()
    for found in follow(settings, thing, record_id):
        _show(found, output())


def _show(found: "Trace", console: "Console") -> None:
    console.rule(f"{found.entity.name} {found.record_id}", align="left")
    if found.answered is None:
        console.print("No page is kept of it any more.")
    else:
        _show_answer(found.answered, console)
    if found.raw is None:
        console.print("It has no row in the raw table.")
    else:
        _show_row(f"connectwise_raw.{found.entity.name}", found.raw, console)
    for row in found.deletions:
        _show_row("connectwise_raw._deletions", row, console)
    for rows in found.marts:
        for number, row in enumerate(rows.rows, start=1):
            told = f"{rows.table}, row {number} of {rows.count:,}"
            _show_row(f"{told} with this {rows.column}", row, console)
    if not found.marts:
        console.print("No published mart has a row of it.")


def _show_answer(answered: "Answered", console: "Console") -> None:
    page = answered.page
    facts = {
        "GET": page.path,
        "page": page.number,
        "request": page.request_id,
        "answered at": page.server_date,
        "run": page.run_id,
        "load": answered.load_id,
        "file": f"{answered.file} (bytes {page.offset:,} to "
        f"{page.offset + page.length:,})",
    }
    _show_row("API", facts, console)
    text = json.dumps(answered.record, indent=2, ensure_ascii=False)
    console.print(text, markup=False)


def _show_row(title: str, row: dict[str, Any], console: "Console") -> None:
    """One row as lines; what is empty is left out."""
    from rich.table import Table
    from rich.text import Text

    console.print(Text(title, style="bold"))
    grid = Table.grid(padding=(0, 2))
    for name, value in row.items():
        if value is not None:
            grid.add_row(f"  {name}", Text(str(value), overflow="fold"))
    console.print(grid)
