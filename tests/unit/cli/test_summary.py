"""The summary says everything that its record holds."""

import dataclasses
import io
from pathlib import Path

from rich.console import Console

from pipelines.cli.summary import render_summary
from pipelines.observability.outcomes import CheckOutcome
from pipelines.observability.summary import EntitySummary, RunSummary, TableSummary


def warned(number: int) -> CheckOutcome:
    return CheckOutcome(
        "marts.fct_ticket", f"rule_{number}", "warned", "warn", 1200, "odd ones"
    )


SUMMARY = RunSummary(
    target="built-in sandbox, profile small",
    entities=(
        EntitySummary("companies", "read", 60, 60, 0, 0.21),
        EntitySummary("service_tickets", "read", 15_000, 14_000, 7, 3.0),
        EntitySummary("invoices", "not granted", 0, 0, 0, 0.0),
        EntitySummary("slas", "skipped", 0, 0, 0, 0.0, "sync_hot"),
        EntitySummary("notes", "read", 90, 90, 0, 1.0, "40 of 812 [tickets] read"),
    ),
    marts=(TableSummary("marts.fct_ticket", 15_000),),
    outcomes_passed=(
        CheckOutcome("marts.fct_ticket", "unique_id", "passed", "error", 0, ""),
    ),
    outcomes_warned=(warned(1),),
    files=(Path("/elsewhere/report.html"),),
    messages=("2 records are in meta.quarantine.",),
)


def drawn(summary: RunSummary, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(render_summary(summary))
    return console.file.getvalue()


def row(text: str, name: str) -> list[str]:
    line = next(line for line in text.splitlines() if name in line)
    return [cell.strip() for cell in line[1:-1].split("│")]


def test_each_entity_has_its_figures() -> None:
    text = drawn(SUMMARY)
    assert row(text, "service_tickets") == [
        "service_tickets", "15,000", "14,000", "7", "3.0", "",
    ]  # fmt: skip
    assert row(text, "companies") == ["companies", "60", "60", "0", "0.2", ""]
    assert row(text, "│ notes")[-1] == "40 of 812 [tickets] read"
    assert row(text, "total") == ["total", "15,150", "14,150", "7", "4.2", ""]


def test_what_was_not_read_is_told_below_the_table() -> None:
    text = drawn(SUMMARY)
    assert "│ invoices" not in text
    assert "may not read invoices; its security role" in text
    assert "│ slas" not in text
    assert "1 more entity not due yet" in text
    assert "without news" not in text
    assert "`cwp entities`" in text


def entity(number: int, *, new: int) -> EntitySummary:
    return EntitySummary(f"entity_{number:02}", "read", 100, new, 0, 0.1)


def test_only_entities_with_news_are_listed() -> None:
    quiet = tuple(entity(number, new=0) for number in range(90))
    text = drawn(dataclasses.replace(SUMMARY, entities=(*quiet, entity(90, new=3))))
    assert row(text, "entity_90") == ["entity_90", "100", "3", "0", "0.1", ""]
    assert "│ entity_00" not in text
    assert "90 more entities without news" in text
    assert row(text, "total")[1:3] == ["9,100", "3"]


def test_without_news_there_is_no_table() -> None:
    text = drawn(dataclasses.replace(SUMMARY, entities=(entity(1, new=0),)))
    said = "Read from built-in sandbox, profile small: 100 rows, none of them new"
    assert said in text
    assert "│ entity" not in text
    assert "1 entity without news" in text


def test_of_many_with_news_the_largest_are_listed() -> None:
    many = tuple(entity(number, new=number + 1) for number in range(40))
    text = drawn(dataclasses.replace(SUMMARY, entities=many))
    assert row(text, "entity_39")[2] == "40"
    assert row(text, "entity_15")[2] == "16"
    assert "│ entity_14" not in text
    assert "15 more entities with 120 new or changed rows" in text


def test_of_many_refused_the_first_are_named() -> None:
    refused = tuple(
        EntitySummary(f"entity_{number:02}", "not granted", 0, 0, 0, 0.0)
        for number in range(91)
    )
    text = " ".join(drawn(dataclasses.replace(SUMMARY, entities=refused)).split())
    assert "entity_07 and 83 more; its security role" in text
    assert "entity_08" not in text


def test_marts_checks_files_messages_and_next_steps() -> None:
    text = drawn(SUMMARY)
    assert row(text, "marts.fct_ticket") == ["marts.fct_ticket", "15,000"]
    assert "Checks: 1 passed, 1 warned, 0 failed" in text
    assert "warned  marts.fct_ticket  rule_1, 1,200 rows: odd ones" in text
    assert "/elsewhere/report.html" in text
    assert "2 records are in meta.quarantine." in text
    for command in ("make sql", "make dev", "make setup-env"):
        assert command in text
    assert "Nothing new" not in text


def test_many_warnings_are_counted_and_the_first_named() -> None:
    many = tuple(warned(number) for number in range(20))
    text = drawn(dataclasses.replace(SUMMARY, outcomes_warned=many))
    assert "20 warned" in text
    assert "rule_11," in text
    assert "rule_12," not in text
    assert "and 8 more" in text


def test_failed_checks_are_named() -> None:
    name = "dim_date__unique"
    failed = CheckOutcome("marts.dim_date", name, "failed", "error", 3, "")
    text = drawn(dataclasses.replace(SUMMARY, outcomes_failed=(failed,)))
    assert "1 failed" in text
    assert "failed  marts.dim_date  unique, 3 rows" in text


def test_nothing_new_is_said_instead_of_marts_and_checks() -> None:
    text = drawn(
        dataclasses.replace(
            SUMMARY, nothing_new=True, marts=(), outcomes_passed=(), outcomes_warned=()
        )
    )
    assert "Nothing new" in text
    assert "Checks:" not in text
    assert "Published" not in text


def test_a_narrow_terminal_still_shows_every_name_and_count() -> None:
    text = drawn(SUMMARY, width=80)
    assert "service_tickets" in text
    assert "15,000" in text
    assert all(len(line) <= 80 for line in text.splitlines())
