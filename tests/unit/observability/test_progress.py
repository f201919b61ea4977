"""Progress shows what was told, in a terminal and elsewhere."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from rich.console import Console

from pipelines.observability.progress import (
    LineProgress,
    Progress,
    SilentProgress,
    TerminalProgress,
    as_callback,
    showing,
)


@pytest.fixture
def lines() -> Iterator[list[dict]]:
    with structlog.testing.capture_logs() as logs:
        yield logs


def tell(progress: Progress) -> None:
    progress.start("boards", 3)
    progress.advance("boards", 3)
    progress.finish("boards", "")
    progress.start("tickets", None)
    progress.advance("tickets", 9_000)
    progress.advance("tickets", 2_000)
    progress.advance("tickets", 500)
    progress.finish("tickets", "of 12,000")


def test_lines_at_the_start_each_ten_thousand_rows_and_the_end(
    lines: list[dict],
) -> None:
    tell(LineProgress())
    said = [{k: v for k, v in line.items() if k != "log_level"} for line in lines]
    assert said == [
        {"event": "started", "entity": "boards", "total": 3},
        {"event": "finished", "entity": "boards", "rows": 3},
        {"event": "started", "entity": "tickets"},
        {"event": "advanced", "entity": "tickets", "rows": 11_000},
        {"event": "finished", "entity": "tickets", "rows": 11_500, "note": "of 12,000"},
    ]


def test_rows_that_take_long_are_told_of_each_half_a_minute(lines) -> None:
    moments = iter([0, 10, 31, 45, 62])
    progress = LineProgress(clock=lambda: next(moments))
    progress.start("months", 36)
    for _ in range(4):
        progress.advance("months", 1)
    assert [line["rows"] for line in lines if line["event"] == "advanced"] == [2, 4]


def test_bars_end_full_with_their_counts_and_notes() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100)
    with TerminalProgress(console) as progress:
        tell(progress)
        progress.finish("slas", "not granted")
    shown = stream.getvalue()
    assert "11,500" in shown
    last_picture = shown[shown.rindex(" boards") :]
    assert last_picture.count("✓") == 2
    assert "not granted" in last_picture


def test_where_there_is_no_terminal_lines_are_chosen() -> None:
    with showing() as progress:
        assert isinstance(progress, LineProgress)


def test_silence(
    capsys: pytest.CaptureFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tell(SilentProgress())
    assert capsys.readouterr() == ("", "")
    assert caplog.records == []


def test_counts_so_far_become_steps(lines: list[dict]) -> None:
    callback = as_callback(LineProgress(), "world")
    for stage, done in (("a", 5_000), ("b", 10_000), ("c", 20_000)):
        callback(stage, done, 20_000)
    assert [line["event"] for line in lines] == [
        "started",
        "advanced",
        "advanced",
        "finished",
    ]
    assert (lines[-1]["entity"], lines[-1]["rows"]) == ("world", 20_000)
