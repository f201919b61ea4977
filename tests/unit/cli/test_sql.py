"""Questions to the published copy: typed, piped, as tables, records and CSV."""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.cli.prompt import Prompt
from pipelines.errors import WarehouseError
from pipelines.warehouse.answers import answer, is_complete
from pipelines.warehouse.connection import connect


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path))
    path = tmp_path / "published" / "current.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_ticket as select i as ticket_id, "
            "if(i = 2, null, 'a [b]') as summary, i * 1.5::decimal(19,4) as hours "
            "from range(1, 251) t(i)"
        )
        connection.execute("comment on table marts.fct_ticket is 'One row per ticket.'")
    return path


def sql(*arguments: str, typed: str | None = None):
    return CliRunner().invoke(app, ["sql", *arguments], input=typed)


@pytest.mark.usefixtures("published")
class TestAnswers:
    def test_a_question_as_a_table(self) -> None:
        result = sql("-c", "select * from marts.fct_ticket where ticket_id <= 2")
        assert result.exit_code == 0
        assert "│         1 │ a [b]   │ 1.5000 │" in result.output
        assert "│         2 │ NULL    │ 3.0000 │" in result.output
        assert "2 rows" in result.output

    def test_a_long_answer_is_cut_and_says_so(self) -> None:
        result = sql("-c", "select * from marts.fct_ticket order by 1")
        assert "│       100 │" in result.output
        assert "│       101 │" not in result.output
        assert "The first 100 rows; `cwp sql --csv` writes all." in result.output

    def test_csv_holds_every_row_and_leaves_null_empty(self) -> None:
        result = sql("--csv", "-c", "select * from marts.fct_ticket order by 1")
        lines = result.stdout.splitlines()
        assert lines[:3] == ["ticket_id,summary,hours", "1,a [b],1.5000", "2,,3.0000"]
        assert len(lines) == 251

    def test_a_wide_row_becomes_a_record(self) -> None:
        columns = ", ".join(f"{n} as c{n}" for n in range(20))
        result = sql("-c", f"select {columns}")
        assert "row 1" in result.output
        assert [line.split() for line in result.output.splitlines()][20] == [
            "c19",
            "19",
        ]

    def test_of_many_wide_rows_a_few_are_shown(self) -> None:
        columns = ", ".join(f"ticket_id as c{n}" for n in range(20))
        result = sql("-c", f"select {columns} from marts.fct_ticket order by 1")
        assert "row 5 " in result.output
        assert "row 6 " not in result.output
        assert "The first 5 rows; name fewer columns" in result.output

    @pytest.mark.parametrize("nothing", ["", ";", "-- just a remark"])
    def test_no_statement_has_no_answer(self, nothing: str) -> None:
        result = sql("-c", nothing)
        assert (result.exit_code, result.output) == (0, "")

    def test_a_question_from_a_pipe(self) -> None:
        result = sql("--csv", typed="select count(*) as n from marts.fct_ticket;\n")
        assert result.stdout == "n\n250\n"

    def test_a_mistake_is_told(self) -> None:
        error = sql("-c", "select nothing from nowhere").exception
        assert isinstance(error, WarehouseError)
        assert "nowhere" in str(error)

    def test_nothing_can_be_changed(self) -> None:
        error = sql("-c", "delete from marts.fct_ticket").exception
        assert isinstance(error, WarehouseError)
        assert "read-only" in str(error)


def test_without_a_published_copy_one_sentence_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path))
    error = sql("-c", "select 1").exception
    assert isinstance(error, WarehouseError)
    assert "cwp run" in str(error)


@pytest.mark.parametrize(
    ("typed", "complete"),
    [
        ("select 1;", True),
        ("select 1; ", True),
        ("select ';';", True),
        ("selec 1;", True),
        ("select 1", False),
        ("select ';", False),
        ('select ";', False),
        ("select 1 /* ;", False),
        ("select $$ ;", False),
        ("", False),
    ],
)
def test_when_a_statement_is_complete(typed: str, complete: bool) -> None:
    assert is_complete(typed) is complete


def talk(path: Path, tmp_path: Path, *lines: str | type[BaseException]) -> str:
    """What the prompt says when these lines are typed, then Ctrl-D."""
    script: Iterator = iter([*lines, EOFError])

    def read_line(_prompt: str) -> str:
        line = next(script)
        if isinstance(line, str):
            return line
        raise line

    console = Console(file=io.StringIO(), width=100)
    with connect(path) as connection:
        ask = partial(answer, connection)
        Prompt(ask, console, tmp_path / "h", read_line=read_line).talk()
    return console.file.getvalue()


def test_a_statement_over_several_lines(published: Path, tmp_path: Path) -> None:
    said = talk(
        published,
        tmp_path,
        "select max(ticket_id) as",
        "last",
        "from",
        "marts.fct_ticket;",
    )
    assert "last" in said
    assert "250" in said


def test_a_mistake_does_not_end_the_dialogue(published: Path, tmp_path: Path) -> None:
    said = talk(published, tmp_path, "selec 1;", "select 41 + 1 as n;")
    assert "syntax error" in said
    assert "42" in said


def test_ctrl_c_drops_what_was_typed(published: Path, tmp_path: Path) -> None:
    said = talk(
        published, tmp_path, "select 'half", KeyboardInterrupt, "select 7 as n;"
    )
    assert "7" in said
    assert "half" not in said


def test_dot_commands(published: Path, tmp_path: Path) -> None:
    said = talk(published, tmp_path, ".tables", ".columns marts.fct_ticket", ".what")
    assert "One row per ticket" in said
    assert "decimal(" in said
    assert ".quit" in said


def test_quit_leaves(published: Path, tmp_path: Path) -> None:
    said = talk(published, tmp_path, ".quit", "select 99 as n;")
    assert "99" not in said
