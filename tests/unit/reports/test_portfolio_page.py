import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from pipelines.reports.catalogue import PROJECT_PORTFOLIO
from pipelines.reports.formats import Formats
from pipelines.reports.page import Facts
from pipelines.reports.portfolio_page import DRAWN_PROJECTS, portfolio_page
from tests.support.golden import assert_golden
from tests.support.project_rows import (
    closed_row,
    late_row,
    many_rows,
    no_budget_row,
    over_budget_row,
    project_row,
    some_rows,
)

FACTS = Facts(
    as_of=datetime(2026, 3, 31, 21, tzinfo=UTC),
    formats=Formats("en", "America/Chicago"),
    not_listed=17,
    source="connectwise-20260331T210000000000Z.duckdb",
    version="0.1.0",
)
HOSTILE = '<script>alert("x")</script>\x00\x1b =HYPERLINK("e") 🚀 שלום $x$'


class Outline(HTMLParser):
    """What a reader's software sees: tags, ids, text outside style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text = " ".join(f"{self.text} {data}".split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page_of(rows: list[dict[str, object]], facts: Facts = FACTS) -> str:
    return portfolio_page(PROJECT_PORTFOLIO, rows, facts)


def test_the_page_is_what_was_agreed() -> None:
    page = page_of(some_rows())
    # Drawings change with the drawing library; they have tests of their own.
    without_charts = re.sub(r"<svg [^>]*class=\"chart\".*?</svg>", "<svg/>", page,
                            flags=re.DOTALL)  # fmt: skip
    assert_golden("project_portfolio_status.html", without_charts.encode())


def test_tiles_count_open_projects_only() -> None:
    text = Outline(page_of(some_rows())).text
    for tile in (
        "Open projects 5",
        "Red 2",
        "Amber 1",
        "Green 2",
        "Over budget 1",
        "Late 1",
        "Stalled 1",
    ):
        assert tile in text
    assert "3 of 5 open projects need attention: 2 red and 1 amber." in text


@pytest.mark.parametrize("count", [1, 5, 250])
def test_every_project_has_one_line(count: int) -> None:
    outline = Outline(page_of(many_rows(count)))
    rows = [th for th in outline.all("th") if th.get("scope") == "row"]
    assert len(rows) == count
    charts = [svg for svg in outline.all("svg") if svg.get("class") == "chart"]
    assert len(charts) == 2
    if count > DRAWN_PROJECTS:
        assert f"{DRAWN_PROJECTS} of" in outline.text


def test_no_project_is_a_sentence_not_an_empty_table() -> None:
    outline = Outline(page_of([]))
    assert "There are no open projects" in outline.text
    assert outline.all("table") == []
    assert outline.all("svg") == []


def test_only_closed_projects_show_no_charts() -> None:
    outline = Outline(page_of([closed_row(1)]))
    assert "Recently closed projects" in outline.text
    assert outline.all("figure") == []
    assert ">Closed" not in outline.text


def test_projects_without_budget_say_so_instead_of_a_ratio() -> None:
    outline = Outline(page_of([no_budget_row(1)]))
    assert "No open project has a budget in hours" in outline.text
    assert "58.5 h, no budget" in outline.text
    assert "no planned end" in outline.text


def test_the_worst_comes_first() -> None:
    text = Outline(page_of([project_row(1), late_row(2), over_budget_row(3)])).text
    table = text[text.index("Open projects, by risk") :]
    assert table.index("140%") < table.index("6 days late") < table.index("On course")


def test_a_project_of_which_nothing_is_known_is_not_on_course() -> None:
    rows = [project_row(1), project_row(2, health="unknown", late_days=None)]
    text = Outline(page_of(rows)).text
    assert "Not rated 1 nothing to go by" in text
    assert "1 of 2 open projects are on course; of the rest" in text
    assert "Not rated" not in Outline(page_of([project_row(1)])).text


def test_whatever_a_name_holds_stays_text() -> None:
    rows = [over_budget_row(1), late_row(2)]
    for column in ("project_name", "company_name", "manager_name", "status_name"):
        rows[0][column] = HOSTILE
    page = page_of(rows)
    outline = Outline(page)
    assert outline.all("script") == []
    assert "\x00" not in page
    assert "\x1b" not in page
    assert outline.text.count('<script>alert("x")</script>') >= 4
    assert "🚀 שלום $x$" in outline.text


def test_a_reader_without_eyes_mouse_or_network_is_served() -> None:
    outline = Outline(page_of(many_rows(30)))
    assert outline.all("html") == [{"lang": "en"}]
    assert len(outline.all("h1")) == 1
    assert {th.get("scope") for th in outline.all("th")} == {"row", "col"}
    ids = [tag["id"] for _, tag in outline.tags if tag.get("id")]
    assert len(ids) == len(set(ids))
    for svg in outline.all("svg"):
        assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"
    for name, tag in outline.tags:
        assert name not in {"link", "script", "img", "iframe"}
        for attribute in ("src", "href", "xlink:href"):
            assert (tag.get(attribute) or "#").startswith("#")


def test_no_cost_is_named_on_a_page_for_clients() -> None:
    assert not [c.name for c in PROJECT_PORTFOLIO.columns if "amount" in c.name]
    assert "$" not in Outline(page_of(some_rows())).text


def test_a_warehouse_that_was_never_read_completely_says_so() -> None:
    never = Facts(
        as_of=None,
        formats=FACTS.formats,
        not_listed=0,
        source=FACTS.source,
        version=FACTS.version,
    )
    text = Outline(page_of([], never)).text
    assert "No complete reading of ConnectWise yet" in text
    assert "No project is left out." in text


def test_figures_without_older_records_say_so() -> None:
    since = datetime(2026, 1, 1, 12, tzinfo=UTC)
    loading = Outline(page_of(some_rows(), replace(FACTS, history_since=since))).text
    assert "History still loading from before" in loading
    assert "2026" in loading
    assert "still loading" not in Outline(page_of(some_rows())).text
