"""``cwp kpi`` on the published copy of the small world, and before there is one."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli.app import app
from pipelines.errors import PipelinesError
from tests.support.small_run import Ask, SmallRun


@pytest.fixture
def kpi(small: SmallRun, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(small.settings.warehouse.dir))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["kpi", *arguments])

    return run


def told(result: Result) -> str:
    """The sentence of an error."""
    assert isinstance(result.exception, PipelinesError), result.output
    return str(result.exception)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.output)))


def test_figures_by_board_and_month_are_those_of_the_mart(kpi, ask: Ask) -> None:
    found = rows(
        kpi("query", "tickets_opened_count", "--by", "board,month",
            "--from", "2026-01-01", "--to", "2026-02-28",
            "--where", "board = 'Help Desk' and priority in ('Priority 1 - Critical', "
            "'Priority 2 - High')", "--format", "csv")
    )  # fmt: skip
    expected = ask("""
        select count(*) as n, cast(date_trunc('month', opened_date) as date) as month
        from marts.fct_ticket join marts.dim_board using (board_id)
        where is_service_population and board_name = 'Help Desk'
            and opened_date between '2026-01-01' and '2026-02-28'
            and priority_name in ('Priority 1 - Critical', 'Priority 2 - High')
        group by all order by month
    """)
    assert [(r["month"], int(r["tickets_opened_count"])) for r in found] == [
        (str(one["month"]), one["n"]) for one in expected
    ]
    assert {r["board"] for r in found} <= {"Help Desk"}


def test_what_is_known_by_week_is_asked_for_the_weeks_of_the_days(kpi) -> None:
    asked = ("query", "project_actual_hours", "--by", "week", "--format", "csv")
    some = rows(kpi(*asked, "--from", "2026-02-04", "--to", "2026-02-18"))
    weeks = ["2026-02-02", "2026-02-09", "2026-02-16"]
    assert [row["week"] for row in some] == weeks
    assert some == [row for row in rows(kpi(*asked)) if row["week"] in weeks]


def test_the_backlog_of_a_month_is_that_of_its_last_day(kpi, ask: Ask) -> None:
    result = kpi("query", "open_backlog_count", "--by", "month", "--from", "2026-02-01",
                 "--format", "json")  # fmt: skip
    found = {
        row["month"]: row["open_backlog_count"] for row in json.loads(result.output)
    }
    days = {"2026-02-01": "2026-02-28", "2026-03-01": "2026-03-31"}
    for month, day in days.items():
        (row,) = ask(
            "select count(*) as n from marts.fct_ticket_daily "
            "where is_service_population and snapshot_date = cast($day as date)",
            day=day,
        )
        assert found[month] == row["n"]


def test_a_kpi_is_shown_with_formula_source_and_sql(kpi) -> None:
    output = kpi("show", "kill_rate_pct").output
    assert output.startswith("Kill rate (kill_rate_pct)\n")
    assert "kill_rate_pct = 100.0 * tickets_closed_count /" in output
    assert "where is_service_population and is_closed" in output
    assert "marts.fct_ticket" in output
    assert "company" in output
    assert "date_trunc('month'" in output.lower()


def test_the_list_finds_aliases_and_leaves_helpers_out(kpi) -> None:
    assert "open_backlog_count" in kpi("list", "backlog").output
    assert "handle_time_hours" in kpi("list", "handle time").output
    assert "closed_with_time_count" not in kpi("list").output
    assert "closed_with_time_count" in kpi("list", "--helpers").output
    assert kpi("list", "zzz").output.startswith("No KPI has 'zzz'")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["kil_rate_pct"],
            "no metric called 'kil_rate_pct'; did you mean kill_rate_pct",
        ),
        (["kill_rate_pct", "--by", "bord"], "did you mean board"),
        (["kill_rate_pct", "--where", "board = 'a' or 1 = 1"], "Cannot read 'or'"),
        (["kill_rate_pct", "--where", "month = 3"], "--from and --to"),
        (["kill_rate_pct", "--by", "month,week"], "by one of month or week"),
        (["kill_rate_pct,kill_rate_pct"], "named twice"),
        (
            ["kill_rate_pct", "--from", "2026-02-01", "--to", "2026-01-01"],
            "after the last",
        ),
        (["proactive_to_reactive_ratio", "--by", "status_of"], "cannot be cut by"),
    ],
)
def test_a_slip_is_answered_with_a_sentence(kpi, arguments, sentence) -> None:
    assert sentence in told(kpi("query", *arguments))


def test_a_metric_of_ones_own_is_listed_shown_and_asked(
    kpi, tmp_path, monkeypatch, ask: Ask
) -> None:
    file = tmp_path / "metrics.yml"
    file.write_text("""
metrics:
  - name: desk_share_pct
    label: Share of the help desk
    unit: percent
    formula: 100 * on_desk / tickets_opened_count
  - {name: on_desk, label: On the desk, unit: tickets, formula: tickets_opened_count,
     filters: ["board = 'Help Desk'"]}
  - {name: broken, label: Broken, unit: tickets, formula: tickets_opend_count}
""")
    monkeypatch.setenv("CWP_REPORTING__METRICS_FILE", str(file))
    listed = kpi("list", "desk_share")
    assert "Share of the help desk" in listed.output
    assert "did you mean tickets_opened_count" in listed.stderr
    assert "on_desk = tickets_opened_count where" in kpi("show", "on_desk").output
    ((found),) = rows(kpi("query", "desk_share_pct", "--format", "csv"))
    (expected,) = ask("""
        select 100.0 * count(*) filter (where board_name = 'Help Desk') / count(*) as n
        from marts.fct_ticket left join marts.dim_board using (board_id)
        where is_service_population
    """)
    assert float(found["desk_share_pct"]) == pytest.approx(expected["n"])
    assert "line 9" in told(kpi("query", "broken"))


def test_before_the_first_run_it_says_what_to_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["kpi", "list"])
    assert told(result) == "Nothing is published yet; `cwp run` does it."
