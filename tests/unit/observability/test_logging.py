"""Both kinds of logger end on stderr, in one form, without secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from pipelines.observability.logging import configure
from pipelines.settings import LogSettings

SECRET = "HgFeDcBa87654321"


@pytest.fixture(autouse=True)
def keep_logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_json_lines_from_both_kinds_of_logger(capsys: pytest.CaptureFixture) -> None:
    configure(LogSettings(format="json"), secrets=[SECRET])
    structlog.get_logger("pipelines.a").info(
        "read", entity="boards", rows=3, private_key="x"
    )
    logging.getLogger("b").warning("refused: %s", SECRET)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["event"] == "read"
    assert (first["entity"], first["rows"], first["private_key"]) == (
        "boards",
        3,
        "***",
    )
    assert second["event"] == "refused: ***"
    assert (second["logger"], second["level"]) == ("b", "warning")


def test_elsewhere_than_in_a_terminal_auto_means_json(
    capsys: pytest.CaptureFixture,
) -> None:
    configure(LogSettings(format="auto"))
    structlog.get_logger("pipelines").info("hello")
    assert json.loads(capsys.readouterr().err)["event"] == "hello"


def test_a_stack_trace_is_redacted_too(capsys: pytest.CaptureFixture) -> None:
    configure(LogSettings(format="console"), secrets=[SECRET])
    try:
        int(SECRET)
    except ValueError:
        structlog.get_logger("pipelines").exception("failed")
    said = capsys.readouterr().err
    assert "ValueError: invalid literal for int() with base 10: '***'" in said
    assert SECRET not in said


def test_the_level_holds_and_libraries_speak_only_up(
    capsys: pytest.CaptureFixture,
) -> None:
    configure(LogSettings(level="INFO", format="json"))
    structlog.get_logger("pipelines.a").debug("too fine")
    talkative = logging.getLogger("dagster.builtin")
    talkative.setLevel("DEBUG")
    talkative.error("Execution of step failed, with its stack trace")
    logging.getLogger("httpx").info("HTTP Request: GET …")
    logging.getLogger("httpx").warning("kept")
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["kept"]


def test_at_debug_everything_is_heard(capsys: pytest.CaptureFixture) -> None:
    configure(LogSettings(level="DEBUG", format="json"))
    logging.getLogger("httpx").debug("fine")
    assert json.loads(capsys.readouterr().err)["event"] == "fine"


def test_configuring_twice_writes_each_line_once(capsys: pytest.CaptureFixture) -> None:
    configure(LogSettings(format="json"))
    configure(LogSettings(format="json"))
    structlog.get_logger("pipelines").info("once")
    assert len(capsys.readouterr().err.splitlines()) == 1
