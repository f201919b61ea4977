"""What the documentation says is there: links, commands, paths, settings, columns."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.cli.reference import commands, settings_page
from pipelines.cli.reference.pages import NOTE
from pipelines.settings import PROJECT_DIR

REFERENCE = PROJECT_DIR / "docs" / "reference"
PAGES = [
    *PROJECT_DIR.glob("*.md"),
    *sorted((PROJECT_DIR / "docs").rglob("*.md")),
    PROJECT_DIR / "warehouse" / "README.md",
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
# A command begins a line, follows another, a path or a variable.
BEFORE = r"(?:^|&& |/|=\S+ )"
ROOT_FOLDERS = (
    "pipelines",
    "dbt_project",
    "warehouse",
    "docs",
    "tests",
    "dagster_home",
)
# Made by a run or by git's ignorance, so absent from a fresh clone.
MADE = re.compile(r"warehouse/(app|build|landing|published|backups)/|dagster_home/$")
META = {
    "as_of": "as_of timestamptz, reporting_time_zone varchar",
    "check_outcomes": (
        "run_id varchar, checked_at timestamptz, asset varchar, name varchar, "
        "status varchar, severity varchar, failed_rows bigint, message varchar"
    ),
    "sweeps": (
        "recorded_at timestamptz, entity varchar, status varchar, missing bigint, "
        "deleted bigint, moved bigint, restored bigint, read_again bigint, "
        "late bigint, overlap_minutes bigint, lists_asked bigint, note varchar"
    ),
}


def name_of(page: Path) -> str:
    return page.relative_to(PROJECT_DIR).as_posix()


def commands_in(page: Path) -> Iterator[str]:
    """Each line of a shell block, and each code span."""
    text = page.read_text("utf-8")
    for _, language, body in FENCE.findall(text):
        if language in {"bash", "text"}:
            yield from (line.strip() for line in body.splitlines())
    yield from CODE.findall(FENCE.sub("", text))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {text.strip().replace(" ", "-") for text in plain}


def make_targets() -> set[str]:
    text = (PROJECT_DIR / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z-]+):.*##", text, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        if path.startswith(("http://", "https://", "mailto:")):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    lines = "\n".join(commands_in(page))
    verbs = re.findall(rf"{BEFORE}cwp (?:--debug )?([a-z][a-z-]*)", lines, re.MULTILINE)
    targets = re.findall(rf"{BEFORE}make ([a-z][a-z-]*)", lines, re.MULTILINE)
    assert set(verbs) <= set(commands.verbs())
    assert set(targets) <= make_targets()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_exist(page: Path) -> None:
    named = (
        text
        for text in CODE.findall(FENCE.sub("", page.read_text("utf-8")))
        if text.startswith(ROOT_FOLDERS) and "/" in text and " " not in text
    )
    missing = [
        text
        for text in named
        if not re.search(r"[<>*{…]", text)
        and not MADE.match(text)
        and not (PROJECT_DIR / text).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_settings_exist(page: Path) -> None:
    known = settings_page.render()
    named = re.findall(r"\b(CWP?_[A-Z_]*[A-Z])\b", page.read_text("utf-8"))
    assert [name for name in named if f"`{name}`" not in known] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [("settings.md", settings_page.render), ("cli.md", commands.render)],
)
def test_generated_pages_are_current(path: str, text) -> None:
    assert (REFERENCE / path).read_text("utf-8") == f"{NOTE}{text().rstrip()}\n"


@pytest.fixture(scope="module")
def empty_copy() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every published table, without rows, as the data dictionary describes it."""
    text = (REFERENCE / "data_dictionary.md").read_text("utf-8")
    with duckdb.connect() as connection:
        for schema in ("marts", "reports", "meta"):
            connection.execute(f"create schema {schema}")
        for section in text.split("\n## ")[1:]:
            columns = re.findall(r"^\| `(\w+)` \| (\S+) \|", section, re.MULTILINE)
            table = section.split("`")[1]
            body = ", ".join(f'"{name}" {kind}' for name, kind in columns)
            connection.execute(f"create table {table} ({body})")
        for table, body in META.items():
            connection.execute(f"create table meta.{table} ({body})")
        yield connection


def sql_blocks() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for _, language, body in FENCE.findall(page.read_text("utf-8")):
            if language == "sql":
                yield name_of(page), body


@pytest.mark.parametrize(("page", "sql"), list(sql_blocks()))
def test_queries_name_what_is_there(
    page: str, sql: str, empty_copy: duckdb.DuckDBPyConnection
) -> None:
    empty_copy.execute(sql).fetchall()


def test_make_help_lists_every_verb() -> None:
    text = (PROJECT_DIR / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*?)(?<!\\)$", text, re.MULTILINE | re.DOTALL)
    assert phony is not None
    assert make_targets() == set(phony[1].replace("\\", "").split())
