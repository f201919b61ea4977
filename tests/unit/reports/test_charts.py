import xml.etree.ElementTree as ET

import pytest

from pipelines.reports.charts import burn_and_progress, performance
from pipelines.reports.projects import ProjectLine, portfolio_of
from tests.support.project_rows import (
    late_row,
    many_rows,
    over_budget_row,
    project_row,
    stalled_row,
)

SVG = "{http://www.w3.org/2000/svg}"
LINES = portfolio_of([over_budget_row(2), late_row(3), stalled_row(4)]).open


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("draw", [burn_and_progress, performance])
def test_a_chart_tells_its_figures_in_words_too(draw) -> None:
    root = ET.fromstring(draw(LINES))
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    for line in LINES:
        assert line.name in (description.text or "")


def test_bars_name_projects_and_never_cut_figures() -> None:
    rows = [over_budget_row(2) | {"budget_burn_pct": 2839.0}, late_row(3)]
    shown = texts(burn_and_progress(portfolio_of(rows).open))
    assert {"1  Server room consolidation", "2839%", "60%", "58%", "80%"} <= set(shown)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert burn_and_progress(LINES) == burn_and_progress(LINES)
    assert performance(LINES) == performance(LINES)


def test_charts_share_no_id_and_name_no_day() -> None:
    both = burn_and_progress(LINES) + performance(LINES)
    assert "<metadata" not in both
    ids = [
        element.get("id")
        for svg in (burn_and_progress(LINES), performance(LINES))
        for element in ET.fromstring(svg).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_indexes_beyond_the_axes_stand_at_the_edge() -> None:
    rows = [late_row(1) | {"cost_performance_index": 9.7}]
    ET.fromstring(performance(portfolio_of(rows).open))
    assert "CPI 9.70" in performance(portfolio_of(rows).open)


@pytest.mark.parametrize("name", ["$\\frac$", "<b>&</b>", "🚀", "a\x00b", "W" * 300])
def test_any_name_can_be_drawn(name: str) -> None:
    lines: tuple[ProjectLine, ...] = portfolio_of(
        [project_row(1, project_name=name)]
    ).open
    for draw in (burn_and_progress, performance):
        ET.fromstring(draw(lines))


def test_the_riskiest_bubbles_carry_the_rank_of_the_bars() -> None:
    lines = [line for line in portfolio_of(many_rows(250)).open if line.cpi is not None]
    numbers = {text for text in texts(performance(lines)) if text.isdigit()}
    assert numbers == {str(rank) for rank in range(1, 13)}
    named = {text for text in texts(burn_and_progress(LINES)) if text[0].isdigit()}
    assert {f"{line.rank}  {line.name}" for line in LINES} <= named
