"""Draws a ``RunSummary`` for a person: what was read, made and found, what next.

Only layout: every figure comes from the record.
"""

from pathlib import Path

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.observability.outcomes import CheckOutcome
from pipelines.observability.summary import EntitySummary, RunSummary, TableSummary

NOTHING_NEW = (
    "Nothing new: no record has changed since the last run, so the published copy "
    "is up to date and the run stopped after extraction."
)
NEXT = (
    ("make sql", "a DuckDB prompt on the published copy"),
    ("make dev", "the Dagster UI with every asset, check and schedule"),
    ("make setup-env", "point it at your own ConnectWise tenant"),
)
WARNINGS_SHOWN = 12
ENTITIES_SHOWN = 25
REFUSED_SHOWN = 8
ALL_ENTITIES = "  All of them, with their rows: `cwp entities`"
WARNED = (
    "  Warnings tell of odd records; they do not keep the rest from being published."
)


def render_summary(summary: RunSummary) -> RenderableType:
    """Tables and sentences of one run, to be printed by rich."""
    parts: list[RenderableType] = [
        _read(summary.target, summary.entities),
        *_left_out(summary.entities),
    ]
    if summary.nothing_new:
        parts += [Text(""), Text(NOTHING_NEW)]
    else:
        parts += [_marts(summary.marts)] if summary.marts else []
        parts += [Text(""), *_checks(summary)]
    parts += [Text(message) for message in _sentences(summary)]
    if summary.files:
        parts += [Text("\nFiles made"), *map(_file, summary.files)]
    return Group(*parts, Text("\nNext"), _next_steps())


def _read(target: str, entities: tuple[EntitySummary, ...]) -> RenderableType:
    if any(map(_news, entities)):
        return _entities(target, entities)
    rows = sum(entity.rows_read for entity in entities)
    return Text(f"Read from {target}: {rows:,} rows, none of them new or changed.")


def _entities(target: str, entities: tuple[EntitySummary, ...]) -> Table:
    table = Table(
        title=f"Read from {escape(target)}", title_justify="left", show_footer=True
    )
    read = [e for e in entities if e.status == "read"]
    table.add_column("entity", "total", no_wrap=True)
    for heading, total in (
        ("rows read", sum(e.rows_read for e in read)),
        ("new", sum(e.rows_new for e in read)),
        ("changed", sum(e.rows_changed for e in read)),
    ):
        table.add_column(heading, f"{total:,}", justify="right")
    cpu = sum(e.cpu_seconds for e in entities)
    table.add_column("CPU s", f"{cpu:.1f}", justify="right")
    table.add_column("note", "", overflow="fold")
    shown = _shown(entities)
    for entity in entities:
        if entity.name in shown:
            table.add_row(*_entity_cells(entity))
    return table


def _shown(entities: tuple[EntitySummary, ...]) -> set[str]:
    """Those with most news; the others are counted in a sentence."""
    news = sorted((e for e in entities if _news(e)), key=_news, reverse=True)
    return {entity.name for entity in news[:ENTITIES_SHOWN]}


def _news(entity: EntitySummary) -> int:
    return entity.rows_new + entity.rows_changed


def _left_out(entities: tuple[EntitySummary, ...]) -> list[Text]:
    """What the table does not show, a line for each reason."""
    shown = _shown(entities)
    read = [e for e in entities if e.status == "read" and e.name not in shown]
    smaller = [e for e in read if _news(e)]
    skipped = [e for e in entities if e.status == "skipped"]
    counts = (
        (len(smaller), f" with {sum(map(_news, smaller)):,} new or changed rows"),
        (len(read) - len(smaller), " without news"),
        (len(skipped), " not due yet"),
    )
    more = " more" if shown else ""
    lines = [
        Text(f"  {count}{more} {'entity' if count == 1 else 'entities'}{what}")
        for count, what in counts
        if count
    ]
    return [*lines, Text(ALL_ENTITIES), Text("")] if lines else []


def _entity_cells(entity: EntitySummary) -> tuple[str, ...]:
    counts = (entity.rows_read, entity.rows_new, entity.rows_changed)
    figures = (f"{n:,}" for n in counts)
    return (entity.name, *figures, f"{entity.cpu_seconds:.1f}", escape(entity.note))


def _marts(marts: tuple[TableSummary, ...]) -> Table:
    table = Table(title="Published", title_justify="left")
    table.add_column("table", no_wrap=True)
    table.add_column("rows", justify="right")
    for mart in marts:
        table.add_row(mart.name, f"{mart.rows:,}")
    return table


def _checks(summary: RunSummary) -> list[Text]:
    passed, warned, failed = (
        len(summary.outcomes_passed),
        len(summary.outcomes_warned),
        len(summary.outcomes_failed),
    )
    head = f"Checks: {passed:,} passed, {warned:,} warned, {failed:,} failed"
    lines = [Text(head, style="red" if failed else "yellow" if warned else "green")]
    lines += [_outcome("failed", outcome) for outcome in summary.outcomes_failed]
    shown = summary.outcomes_warned[:WARNINGS_SHOWN]
    lines += [_outcome("warned", outcome) for outcome in shown]
    if warned > len(shown):
        rest = warned - len(shown)
        lines.append(Text(f"  … and {rest:,} more, all in meta.check_outcomes"))
    if warned and not failed:
        lines.append(Text(WARNED))
    return lines


def _outcome(word: str, outcome: CheckOutcome) -> Text:
    count = outcome.failed_rows
    rows = f", {count:,} {'row' if count == 1 else 'rows'}" if count else ""
    told = f": {outcome.message}" if outcome.message else ""
    # dbt begins a test's name with its model's, which the asset has said already.
    name = outcome.name.removeprefix(f"{outcome.asset.rpartition('.')[2]}__")
    return Text(f"  {word}  {outcome.asset}  {name}{rows}{told}")


def _sentences(summary: RunSummary) -> list[str]:
    refused = [e.name for e in summary.entities if e.status == "not granted"]
    sentences = [f"\n{message}" for message in summary.messages]
    if refused:
        sentences.append(
            f"\nNot granted: the API member may not read {_listed(refused)}; its "
            "security role decides (`cwp doctor`), and rows read before stay as they "
            "were."
        )
    return sentences


def _listed(names: list[str]) -> str:
    more = len(names) - REFUSED_SHOWN
    named = ", ".join(names[:REFUSED_SHOWN])
    return f"{named} and {more} more" if more > 0 else named


def _file(path: Path) -> Text:
    return Text(f"  {_short(path)}", overflow="fold")


def _short(path: Path) -> Path:
    """Relative to where the person stands, if the file lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _next_steps() -> Table:
    table = Table.grid(padding=(0, 2))
    for command, what in NEXT:
        table.add_row(f"  {command}", what)
    return table
