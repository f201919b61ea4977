"""What was planted in the simulated MSP is what the marts and reports tell."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.sandbox.store import Store
from tests.support.mart_world import tiny_warehouse
from tests.support.marts import RawWarehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, world: Path) -> RawWarehouse:
    return tiny_warehouse(tmp_path_factory, world)


@pytest.fixture(scope="module")
def manifest(world: Path) -> Mapping[str, Any]:
    with Store(world) as store:
        return store.manifest()


def project(built: RawWarehouse, story: Mapping[str, Any]) -> dict[str, Any]:
    return built.row(
        f"SELECT * FROM reports.rpt_project_status WHERE project_id = {story['id']}"
    )


def test_labour_of_a_losing_client_rises_under_a_flat_fee(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["1"]
    first = min(story["when"])
    rows = built.query(
        "SELECT date_trunc('month', work_date), sum(actual_hours) "
        f"FROM marts.fct_time_entry WHERE agreement_id = {story['who']['agreement']} "
        f"AND work_date >= '{first}' GROUP BY 1 ORDER BY 1"
    )
    told = story["how_much"]["labour_hours"]
    assert [float(hours) for _, hours in rows] == pytest.approx(told, abs=0.5)
    fee = built.row(
        "SELECT bill_amount FROM marts.dim_agreement "
        f"WHERE agreement_id = {story['who']['agreement']}"
    )
    assert float(fee["bill_amount"]) == story["how_much"]["monthly_fee"]


def test_a_project_that_burnt_its_budget_is_red_for_that(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["3"]["how_much"]["over_budget"]
    row = project(built, story)
    assert float(row["budget_burn_pct"]) == 100 * story["burn"]
    assert float(row["complete_tickets_pct"]) == 100 * story["percent_complete"]
    assert (row["health"], row["health_rule"]) == ("red", "budget")


def test_a_project_that_is_late_but_cheap_is_red_for_its_date(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["3"]["how_much"]["late_but_cheap"]
    row = project(built, story)
    due = datetime.fromisoformat(story["due"]).date()
    assert (row["health"], row["health_rule"]) == ("red", "late")
    assert row["late_days"] == (date(2026, 3, 31) - due).days
    assert row["cost_performance_index"] > 1


def test_a_project_that_stalled_says_since_when(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["3"]["how_much"]["stalled"]
    row = project(built, story)
    assert (
        row["last_activity_date"] == datetime.fromisoformat(story["last_work"]).date()
    )
    assert "no activity for" in row["health_reasons"]
    assert row["last_4_weeks_hours"] == 0


def test_the_backlog_doubles_after_a_leaver_and_recovers(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["4"]
    when = {name: text[:10] for name, text in story["when"].items()}
    board = story["who"]["board"]

    def average(first: str, last: str) -> float:
        row = built.row(
            "SELECT count(snapshot_date) / count(DISTINCT date_day) AS backlog "
            "FROM marts.dim_date LEFT JOIN marts.fct_ticket_daily "
            f"ON date_day = snapshot_date AND board_id = {board} "
            f"WHERE date_day BETWEEN '{first}' AND '{last}'"
        )
        return float(row["backlog"])

    before = average("2025-05-01", when["leaves"])
    worst = average(when["joins"], when["trained"])
    after = average(when["recovered"], "2026-03-31")
    assert worst > 2 * before
    assert after < worst / 1.5


def test_who_logs_late_and_who_logs_too_much_stand_out(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["5"]
    lags = built.query(
        "SELECT member_id, median(entry_lag_minutes) / 1440 FROM marts.fct_time_entry "
        "WHERE NOT has_doubtful_times GROUP BY 1 HAVING count(*) > 20 ORDER BY 2 DESC"
    )
    latest, median_days = lags[0]
    assert latest == story["who"]["late"]
    assert median_days == pytest.approx(story["how_much"]["late_median_days"], abs=0.2)
    since = story["when"]["over_capacity"][:10]
    loads = built.query(
        "SELECT member_id, sum(logged_hours) / sum(available_hours) "
        f"FROM marts.fct_member_day WHERE work_date > '{since}' AND is_active_day "
        "GROUP BY 1 ORDER BY 2 DESC"
    )
    assert loads[0][0] == story["who"]["over_capacity"]
    assert float(loads[0][1]) == pytest.approx(1.3, abs=0.1)


def test_response_sla_falls_in_the_month_that_was_planted(
    built: RawWarehouse, manifest: Mapping[str, Any]
) -> None:
    story = manifest["stories"]["6"]
    rows = built.query(
        "SELECT date_trunc('month', opened_date) = CAST('"
        f"{story['when']}' AS DATE), avg(CAST(is_response_sla_met AS INTEGER)) "
        f"FROM marts.fct_ticket WHERE board_id = {story['who']['board']} "
        f"AND priority_id = {story['who']['priority']} GROUP BY 1"
    )
    met = dict(rows)
    told = story["how_much"]
    assert met[True] == pytest.approx(told["response_met_in_month"], abs=0.05)
    assert met[False] == pytest.approx(told["response_met_otherwise"], abs=0.05)


def test_the_clock_is_the_worlds(built: RawWarehouse) -> None:
    row = built.row("SELECT max(as_of) AS as_of FROM meta.as_of")
    assert row["as_of"].astimezone(UTC).date() == date(2026, 3, 31)
