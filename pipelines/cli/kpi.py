"""``cwp kpi``: what KPIs there are, what each one means, and what it says.

Definitions and figures come from the published copy; compiling and asking is
``pipelines.metrics``' business.
"""

import sys
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.metrics.catalogue import Definition
    from pipelines.metrics.questions import Question
    from pipelines.warehouse.answers import Answer

Format = Literal["table", "csv", "json"]
DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(
        help="KPIs: list them, read what they mean, ask for figures.",
        no_args_is_help=True,
        epilog=examples("cwp kpi list", "cwp kpi query kill_rate_pct --by month"),
    )
    group.command("list", epilog=examples("cwp kpi list", "cwp kpi list backlog"))(
        list_
    )
    group.command("show", epilog=examples("cwp kpi show kill_rate_pct"))(show)
    asked = examples(
        "cwp kpi query kill_rate_pct --by month",
        "cwp kpi query tickets_opened_count tickets_closed_count --by company,month",
        "cwp kpi query open_backlog_count --by week --where \"board = 'Help Desk'\"",
        "cwp kpi query kill_rate_pct --by board --from 2026-01-01 --format csv",
    )
    group.command("query", epilog=asked)(query)
    app.add_typer(group, name="kpi")


def list_(
    word: Annotated[
        str, typer.Argument(help="Only those with this in name, label or alias.")
    ] = "",
    *,
    helpers: Annotated[
        bool, typer.Option("--helpers", help="Metrics that only feed others, too.")
    ] = False,
) -> None:
    """List the KPIs of the published copy, and your own metrics."""
    from pipelines.cli.console import output
    from pipelines.metrics.catalogue import definitions, found
    from pipelines.metrics.published import published
    from pipelines.settings import load_settings

    copy = published(load_settings())
    known = definitions(copy.manifest)
    for problem in copy.problems:
        typer.secho(problem.text, err=True, fg="yellow")
    shown = [one for one in found(known, word) if helpers or not one.is_helper]
    if not shown:
        typer.echo(f"No KPI has {word!r} in its name, label or aliases.")
        return
    output().print(_listing(shown))
    typer.echo(f"{len(shown)} {'KPI' if len(shown) == 1 else 'KPIs'}.")


def show(
    name: Annotated[str, typer.Argument(help="The metric.")],
) -> None:
    """Show a KPI: meaning, formula, source, what it may be cut by, and its SQL."""
    from pipelines.metrics.description import describe
    from pipelines.metrics.published import published
    from pipelines.settings import load_settings

    typer.echo(describe(published(load_settings()), name))


def query(
    metrics: Annotated[list[str], typer.Argument(help="One metric or more.")],
    *,
    by: Annotated[
        str, typer.Option("--by", help="Cut by these, such as company,month.")
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="A filter, such as \"board = 'Help Desk'\"."),
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="The first day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, help="The last day.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Most rows.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="How the answer is written.")
    ] = "table",
) -> None:
    """Ask the published copy for figures.

    Dimensions have short names, which `cwp kpi show` lists. A filter is a dimension,
    an operator and a value, joined by `and`; it is taken apart, never passed on.
    """
    from pipelines.cli.answers import write_csv, write_json, write_table
    from pipelines.cli.console import output
    from pipelines.metrics.published import published
    from pipelines.settings import load_settings

    question = _question(metrics, by, where or [], (first, last), limit)
    with published(load_settings()).answering(question) as answer:
        if form == "csv":
            write_csv(answer, sys.stdout)
        elif form == "json":
            write_json(answer, sys.stdout)
        else:
            write_table(_rounded(answer), output())


def _question(
    metrics: list[str],
    by: str,
    where: list[str],
    days: tuple[datetime | None, datetime | None],
    limit: int | None,
) -> "Question":
    from pipelines.metrics.conditions import parse_conditions
    from pipelines.metrics.questions import Question

    first, last = days
    return Question(
        metrics=tuple(name for word in metrics for name in word.split(",") if name),
        by=tuple(word.strip() for word in by.split(",") if word.strip()),
        where=tuple(one for text in where for one in parse_conditions(text)),
        first_day=first.date() if first else None,
        last_day=last.date() if last else None,
        limit=limit,
    )


def _rounded(answer: "Answer") -> "Answer":
    """For the eye: two decimals are enough."""
    from pipelines.warehouse.answers import Answer

    rows = (
        tuple(round(v, 2) if isinstance(v, float | Decimal) else v for v in row)
        for row in answer.rows
    )
    return Answer(answer.columns, rows)


def _listing(shown: "list[Definition]") -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table("no.", "KPI", "label", "unit", "owner")
    table.columns[0].justify = "right"
    table.columns[1].overflow = "fold"
    for one in shown:
        number = str(one.kpi or ("yours" if one.is_users else "-"))
        table.add_row(number, *map(Text, (one.name, one.label, one.unit, one.owner)))
    return table
