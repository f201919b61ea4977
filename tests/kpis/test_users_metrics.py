"""Metrics of the users' file: asked like built-in ones, or told why not."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.metrics.catalogue import definitions, formula
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.questions import Question, compile_question
from pipelines.metrics.users import with_users
from pipelines.warehouse.connection import Connection
from tests.support.kpis import Bench

TODAY = date(2026, 3, 31)
HEAD = "metrics:\n"


def metric(name: str, formula: str, *filters: str, unit: str = "tickets") -> str:
    text = f"  - name: {name}\n    label: {name}\n    unit: {unit}\n"
    text += f"    formula: '{formula}'\n"
    listed = "".join(f"      - {one}\n" for one in filters)
    return text + (f"    filters:\n{listed}" if listed else "")


@pytest.fixture
def users(kpi_bench: Bench, tmp_path: Path):
    def add(*metrics: str) -> tuple[Manifest, list[str]]:
        file = tmp_path / "metrics.yml"
        file.write_text(HEAD + "".join(metrics))
        manifest, problems = with_users(kpi_bench.metrics, file)
        return manifest, [problem.text for problem in problems]

    return add


def test_a_users_metric_is_asked_like_any_other(
    users, bench_connection: Connection
) -> None:
    manifest, problems = users(
        metric("desk_share_pct", "100 * on_desk / tickets_opened_count"),
        metric("on_desk", "tickets_opened_count", "board = 'Help Desk'"),
    )
    assert problems == []
    question = Question(("desk_share_pct", "kill_rate_pct"), ("month", "company"))
    compiled = compile_question(manifest, question, today=TODAY)
    assert "'Help Desk'" in compiled.sql
    assert bench_connection.execute(compiled.sql).fetchall() == []
    assert formula(manifest, "on_desk")[0] == (
        "on_desk = tickets_opened_count where board = 'Help Desk'"
    )
    assert [one.name for one in definitions(manifest) if one.is_users] == [
        "desk_share_pct",
        "on_desk",
    ]


def test_a_level_stays_a_level_in_a_users_metric(users) -> None:
    manifest, _ = users(
        metric("old_backlog", "open_backlog_count", "age_bucket = '30+ days'")
    )
    question = Question(("old_backlog",), ("month",), last_day=date(2026, 3, 15))
    sql = compile_question(manifest, question, today=TODAY).sql
    assert "date '2026-03-15'" in sql
    assert "'30+ days'" in sql


@pytest.mark.parametrize(
    ("metrics", "sentence"),
    [
        ([metric("kill_rate_pct", "net_flow_count")],
         "line 2: 'kill_rate_pct' is the name of"),
        ([metric("Bad Name", "net_flow_count")], "'Bad Name' is no name"),
        ([metric("a__b", "net_flow_count")], "'a__b' is no name"),
        ([metric("a", "net_flow_coun")], "did you mean net_flow_count"),
        ([metric("a", "a + 1")], "a are made of each other"),
        ([metric("a", "b + 1"), metric("b", "c + 1"), metric("c", "a + 1")],
         "a and b and c are made of each other"),
        ([metric("a", "net_flow_count"), metric("a", "net_flow_count")],
         "line 6: 'a' is defined in line 2 already"),
        ([metric("a", "net_flow_count", "bord = 1")],
         "(filter in line 7) These metrics"),
        ([metric("a", "net_flow_count", "board = 1 or 1 = 1")],
         "(filter in line 7) Cannot read 'or'"),
        ([metric("a", "(select 1)")], "cannot be read"),
        ([metric("a", "b"), metric("b", "nothing_there")], "no metric called"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_told(users, metrics, sentence) -> None:
    manifest, problems = users(*metrics, metric("fine", "net_flow_count * 2"))
    assert any(sentence in problem for problem in problems), problems
    assert "fine" in manifest.metrics


def test_what_stands_on_a_broken_metric_is_told_too(users) -> None:
    manifest, problems = users(
        metric("a", "b * 2"), metric("b", "net_flow_count", "zz = 1")
    )
    assert {"a", "b"}.isdisjoint(manifest.metrics)
    assert any("it needs 'b', which cannot be used" in one for one in problems)
