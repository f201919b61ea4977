"""The marts give the answers that were worked out on paper, dirt included."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.transform.project import manifest_path
from pipelines.warehouse.connection import connect
from tests.support.compiled_models import CompiledModels
from tests.support.mart_world import (
    ACME,
    ADA,
    BOB,
    GONE_COMPANY,
    GONE_MEMBER,
    ROBOT,
    worked_warehouse,
)
from tests.support.marts import RawWarehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    return worked_warehouse(tmp_path_factory)


def test_a_deleted_record_is_hidden_until_it_is_restored(built: RawWarehouse) -> None:
    tickets = built.query("SELECT ticket_id FROM marts.fct_ticket ORDER BY 1")
    assert [ticket for (ticket,) in tickets] == [1, 2, 4, 5, 6, 7, 8, 101, 102, 103]


def test_the_backlog_of_a_day_is_what_was_open_at_its_end(built: RawWarehouse) -> None:
    backlog = built.query(
        "SELECT snapshot_date, count(*) FROM marts.fct_ticket_daily "
        "WHERE is_service_population AND snapshot_date >= '2026-03-22' GROUP BY 1 "
        "ORDER BY 1"
    )
    # 23rd: 1, 2, 5, 8. 24th: 2 closed in the evening (02:00 UTC), 4 came.
    # 30th: 5 closed without a date, so at its last change; 6 opened and closed there.
    assert dict(backlog) == {
        date(2026, 3, day): count
        for day, count in zip(range(23, 32), [4] * 7 + [3] * 2, strict=True)
    }


def test_a_close_without_a_date_is_estimated_and_said_so(built: RawWarehouse) -> None:
    row = built.row("SELECT * FROM marts.fct_ticket WHERE ticket_id = 5")
    assert row["recorded_closed_at"] is None
    assert str(row["closed_at"]) == "2026-03-30 12:00:00"  # UTC, without a zone.
    assert row["is_closed_at_estimated"] is True


def test_1900_and_2099_stretch_no_calendar(built: RawWarehouse) -> None:
    span = "SELECT min(date_day), max(date_day) FROM marts.dim_date"
    assert built.query(span) == [(date(2025, 12, 29), date(2027, 12, 31))]


def test_who_is_gone_is_still_named(built: RawWarehouse) -> None:
    member = built.row(
        f"SELECT * FROM marts.dim_member WHERE member_id = {GONE_MEMBER}"
    )
    assert (member["member_name"], member["is_inferred"]) == ("Gil Gone", True)
    company = built.row(
        f"SELECT * FROM marts.dim_company WHERE company_id = {GONE_COMPANY}"
    )
    assert (company["company_name"], company["is_inferred"]) == ("Gone Ltd", True)


def test_a_company_knows_its_types_and_whose_it_is(built: RawWarehouse) -> None:
    rows = built.query(
        "SELECT company_name, company_type_names, is_internal FROM marts.dim_company "
        "WHERE NOT is_inferred ORDER BY company_id"
    )
    assert rows[:2] == [
        ("Your Company", None, True),
        ("Acme", "Client, Managed", False),
    ]


def test_hours_keep_four_digits_and_cost_falls_back(built: RawWarehouse) -> None:
    rows = built.query(
        "SELECT time_entry_id, actual_hours, labour_cost_amount, is_cost_missing "
        "FROM marts.fct_time_entry ORDER BY 1"
    )
    assert rows == [
        (1, Decimal("1.5000"), Decimal("60.0000"), False),
        (2, Decimal("14.0000"), Decimal("700.0000"), False),
        (3, Decimal("0.0833"), None, True),
        (4, Decimal("1.0000"), Decimal("40.0000"), False),
        (5, Decimal("8.0000"), Decimal("320.0000"), False),
        (6, Decimal("25.0000"), None, True),
    ]


def test_every_day_of_a_member_is_a_row(built: RawWarehouse) -> None:
    rows = built.query(
        "SELECT work_date, available_hours, logged_hours, net_available_hours "
        f"FROM marts.fct_member_day WHERE member_id = {ADA} ORDER BY 1"
    )
    days = [day for day, *_ in rows]
    assert days[:9] == [date(2026, 3, day) for day in range(23, 32)]
    assert days[9:] == [date(2099, 1, 1)]
    by_day = {day: figures for day, *figures in rows}
    assert by_day[date(2026, 3, 24)] == [8, Decimal("15.5"), 8]
    assert by_day[date(2026, 3, 26)] == [8, 8, 0]  # Sick.
    assert by_day[date(2026, 3, 28)] == [0, 0, 0]  # A Saturday.
    assert by_day[date(2099, 1, 1)] == [0, 1, 0]


def test_a_leaver_has_no_days_and_a_robot_none_at_all(built: RawWarehouse) -> None:
    rows = built.query(
        "SELECT member_id, max(work_date) FILTER (WHERE is_active_day) "
        f"FROM marts.fct_member_day WHERE member_id IN ({BOB}, {ROBOT}) GROUP BY 1"
    )
    assert rows == [(BOB, date(2026, 3, 24))]


def test_a_project_over_its_cost_is_red_and_says_why(built: RawWarehouse) -> None:
    row = built.row("SELECT * FROM reports.rpt_project_status WHERE project_id = 1")
    assert row["health"] == "red"
    assert row["health_reason"] == "cost performance index is 0.71"
    assert row["health_reasons"].split("; ")[1:] == [
        "schedule performance index is 0.5",
        "4 days past the planned end",
    ]
    assert (row["budget_hours"], row["actual_hours"]) == (20, 14)
    assert (row["budget_burn_pct"], row["complete_tickets_pct"]) == (70, 50)
    assert row["complete_reported_pct"] == 25
    assert row["cost_performance_index"] == Decimal("0.7143")
    assert row["schedule_performance_index"] == Decimal("0.5")
    assert row["timeline_elapsed_pct"] == 100
    assert (row["late_days"], row["open_tickets_count"]) == (4, 1)
    assert row["last_activity_date"] == date(2026, 3, 24)
    assert row["last_4_weeks_hours"] == 14
    assert (row["manager_name"], row["company_name"]) == ("Gil Gone", "Acme")


def test_a_deleted_project_is_no_open_project(built: RawWarehouse) -> None:
    gone = "SELECT is_closed, is_inferred FROM marts.dim_project WHERE project_id = 9"
    assert built.query(gone) == [(False, True)]
    listed = "SELECT count(*) FROM reports.rpt_project_status WHERE project_id = 9"
    assert built.query(listed) == [(0,)]


def test_a_client_called_internal_is_not_the_msp(built: RawWarehouse) -> None:
    rule = "SELECT is_internal FROM marts.dim_company WHERE company_id = 20"
    assert built.query(rule) == [(False,)]


def test_without_a_budget_nothing_is_burnt(built: RawWarehouse) -> None:
    row = built.row("SELECT * FROM reports.rpt_project_status WHERE project_id = 2")
    assert row["actual_hours"] == 25
    assert (row["budget_hours"], row["budget_burn_pct"]) == (None, None)
    assert (row["cost_performance_index"], row["late_days"]) == (None, None)


def test_long_closed_projects_are_not_reported(built: RawWarehouse) -> None:
    rows = built.query("SELECT project_id FROM reports.rpt_project_status ORDER BY 1")
    assert rows == [(1,), (2,)]


def test_a_week_of_service_adds_up(built: RawWarehouse) -> None:
    rows = built.query(
        "SELECT week_start_date, opened_count, closed_count, backlog_count, "
        "kill_rate_pct FROM reports.rpt_service_weekly "
        "WHERE opened_count + closed_count > 0 ORDER BY 1"
    )
    assert rows == [
        (date(2026, 3, 23), 5, 1, 4, Decimal("20.00")),
        (date(2026, 3, 30), 1, 2, 3, Decimal("200.00")),
    ]


def test_a_week_of_a_member_adds_up(built: RawWarehouse) -> None:
    row = built.row(
        "SELECT * FROM reports.rpt_member_utilisation "
        f"WHERE member_id = {ADA} AND week_start_date = '2026-03-23'"
    )
    assert (row["available_hours"], row["absence_hours"]) == (40, 8)
    assert (row["net_available_hours"], row["utilised_hours"]) == (32, Decimal("15.5"))
    assert row["utilisation_pct"] == Decimal("48.44")
    assert row["days_without_time_count"] == 3


def test_an_invoice_ages_from_its_due_date(built: RawWarehouse) -> None:
    row = built.row("SELECT * FROM marts.fct_invoice")
    assert (row["past_due_days"], row["ageing_bucket"]) == (7, "1-30 days")
    assert row["balance_amount"] == Decimal("110.1000")
    assert (row["company_id"], row["is_currency_missing"]) == (ACME, True)


def test_dirt_warns_and_blocks_nothing(built: RawWarehouse) -> None:
    with connect(built.settings.warehouse.build_file) as connection:
        models = CompiledModels(manifest_path(built.settings))
        failing = models.failing_tests(connection)
    assert {severity for severity, _ in failing.values()} == {"warn"}
    assert {name: rows for name, (_, rows) in failing.items()} == {
        "dim_agreement__agreement_dates_are_in_order": 1,
        "fct_invoice__currency_is_known": 1,
        "fct_member_day__a_day_has_24_hours": 1,
        "fct_ticket__closed_tickets_have_a_close": 1,
        "fct_time_entry__cost_is_known": 2,
        "fct_time_entry__hours_are_between_0_and_24": 1,
        "fct_time_entry__times_are_in_order": 2,
        "relationships_fct_time_entry_work_date__date_day__ref_dim_date_": 1,
    }
