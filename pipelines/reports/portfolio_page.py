"""The page of the project portfolio report: tiles, sentence, charts, table.

Chooses what is said first; numbers come from ``projects``, markup from the template,
drawings from ``charts``.
"""

from dataclasses import dataclass
from typing import Any, Final

from pipelines.reports.catalogue import ReportSpec
from pipelines.reports.charts import burn_and_progress, can_be_placed, performance
from pipelines.reports.page import Facts
from pipelines.reports.projects import (
    STALLED_FROM_WEEKDAYS,
    Portfolio,
    ProjectLine,
    portfolio_of,
)
from pipelines.reports.render.html import render_html, trusted

DRAWN_PROJECTS: Final = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure; ``kind`` is its colour and shape."""

    label: str
    value: str
    note: str
    kind: str = "plain"


def portfolio_page(spec: ReportSpec, rows: list[dict[str, Any]], facts: Facts) -> str:
    """The whole page as HTML text."""
    portfolio = portfolio_of(rows)
    drawn = [line for line in portfolio.open if line.burn_pct is not None]
    placed = [line for line in portfolio.open if can_be_placed(line)]
    shown = drawn[:DRAWN_PROJECTS]
    return render_html(
        spec.template,
        spec=spec,
        facts=facts,
        formats=facts.formats,
        portfolio=portfolio,
        tiles=_tiles(portfolio, facts),
        summary=_summary(portfolio),
        burn_chart=trusted(burn_and_progress(shown)) if shown else None,
        burn_shown=len(shown),
        burn_hidden=len(drawn) - len(shown),
        without_budget=len(portfolio.open) - len(drawn),
        index_chart=trusted(performance(placed)) if placed else None,
        not_placed=len(portfolio.open) - len(placed),
        stalled_from=STALLED_FROM_WEEKDAYS,
    )


def _tiles(portfolio: Portfolio, facts: Facts) -> list[Tile]:
    count = facts.formats.count
    unknown = portfolio.count("unknown")
    not_rated = Tile("Not rated", count(unknown), "nothing to go by", "unknown")
    return [
        Tile("Open projects", count(len(portfolio.open)), "in this report"),
        Tile("Red", count(portfolio.count("red")), "need a decision", "red"),
        Tile("Amber", count(portfolio.count("amber")), "need watching", "amber"),
        Tile("Green", count(portfolio.count("green")), "on course", "green"),
        *([not_rated] if unknown else []),
        Tile("Over budget", count(portfolio.over_budget), "hours above budget"),
        Tile("Late", count(portfolio.late), "past planned end"),
        Tile("Stalled", count(portfolio.stalled), "without activity"),
    ]


def _summary(portfolio: Portfolio) -> str:
    """One sentence for a reader who reads no further."""
    red, amber = portfolio.count("red"), portfolio.count("amber")
    total = len(portfolio.open)
    unknown = portfolio.count("unknown")
    if not red and not amber and unknown:
        return (
            f"{total - unknown} of {total} open projects are on course; of the rest "
            "too little is known to say."
        )
    if not red and not amber:
        return (
            f"All {total} open projects are on course."
            if total > 1
            else ("The one open project is on course.")
        )
    verb = "needs" if red + amber == 1 else "need"
    attention = f"{red + amber} of {total} open projects {verb} attention"
    return f"{attention}: {red} red and {amber} amber. {_worst(portfolio.open[0])}"


def _worst(line: ProjectLine) -> str:
    reason = line.reasons[0] if line.reasons else "no reason is given"
    client = f" for {line.client}" if line.client not in line.name else ""
    first = reason[0].lower() + reason[1:]
    return f"First in line is {line.name}{client}: {first}."
