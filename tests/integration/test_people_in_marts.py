"""The questions about people and projects in ``warehouse/sql``, and their answers.

Asked of the published copy of the small world, whose manifest says who is to be found.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from pipelines.settings import PROJECT_DIR
from tests.support.small_run import Ask, Row

QUESTIONS = PROJECT_DIR / "warehouse" / "sql"


def answers(ask: Ask, name: str) -> list[Row]:
    return ask((QUESTIONS / f"{name}.sql").read_text("utf-8"))


def test_which_projects_will_overrun(ask: Ask, stories: Mapping[str, Any]) -> None:
    rows = answers(ask, "projects_that_will_overrun")
    told = stories["3"]["how_much"]
    worst = told["over_budget"]
    first = rows[0]
    assert first["project_name"] == worst["name"]
    assert float(first["budget_burn_pct"]) == 100 * worst["burn"]
    assert float(first["complete_tickets_pct"]) == 100 * worst["percent_complete"]
    # At that pace: 80 hours of budget, 48 of them earned with 112.
    earned = worst["budget_hours"] * worst["percent_complete"]
    estimate = worst["budget_hours"] * worst["actual_hours"] / earned
    assert float(first["estimate_hours"]) == pytest.approx(estimate, abs=0.05)
    assert float(first["overrun_hours"]) == pytest.approx(
        estimate - worst["budget_hours"], abs=0.05
    )
    names = [row["project_name"] for row in rows]
    assert told["late_but_cheap"]["name"] not in names
    assert told["stalled"]["name"] in names  # 53 % of the hours for 40 % of the work.
    assert len(names) == 4


def test_who_logged_too_little_time(ask: Ask, stories: Mapping[str, Any]) -> None:
    rows = answers(ask, "who_logged_too_little_time")
    (late,) = ask(
        "select member_name from marts.dim_member where member_id = $member",
        member=stories["5"]["who"]["late"],
    )
    (busy,) = ask(
        "select member_name from marts.dim_member where member_id = $member",
        member=stories["5"]["who"]["over_capacity"],
    )
    assert rows[0]["member_name"] == late["member_name"]
    assert float(rows[0]["usual_lag_days"]) == pytest.approx(
        stories["5"]["how_much"]["late_median_days"], abs=0.1
    )
    names = [row["member_name"] for row in rows]
    assert busy["member_name"] not in names
    assert len(names) == 6
    assert all(row["logged_pct"] < 90 for row in rows)


def test_billed_hours_of_last_month_changed_after_the_invoice(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    (found,) = ask("""
        select invoice_id, entries.company_id, date_trunc('month', work_date) as month,
            list(time_entry_id order by time_entry_id) as time_entries,
            sum(invoiced_hours) as before, sum(billed_hours) as after,
            sum(invoiced_hours * hourly_rate_amount) as amount_before,
            sum(entries.invoiced_amount) as amount_after,
            max(entries.updated_at) as edited_at
        from marts.fct_time_entry as entries
        inner join marts.fct_invoice as invoices using (invoice_id)
        where billed_hours <> invoiced_hours
            and entries.updated_at > invoices.invoice_date
        group by all
    """)
    story = stories["14"]
    who, told = story["who"], story["how_much"]
    assert found["invoice_id"] == who["invoice"]
    assert found["company_id"] == who["company"]
    assert found["time_entries"] == who["time_entries"]
    assert f"{found['month']:%Y-%m-%d}" == story["when"]["month"]
    assert f"{found['edited_at']:%Y-%m-%dT%H:%M:%SZ}" == story["when"]["edited"]
    assert float(found["before"]) == told["billed_hours_before"]
    assert float(found["after"]) == told["billed_hours_after"]
    assert float(found["amount_before"]) == told["billed_amount_before"]
    assert float(found["amount_after"]) == told["billed_amount_after"]


def test_health_puts_the_three_planted_projects_first(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    rows = ask("""
        select project_id, health, health_rule, is_stalled, is_on_time
        from marts.fct_project
        where not is_closed and is_project_population
    """)
    by_id = {row["project_id"]: row for row in rows}
    over, late, stalled = (
        by_id[stories["3"]["who"][key]]
        for key in ("over_budget", "late_but_cheap", "stalled")
    )
    assert {over["health"], late["health"], stalled["health"]} == {"red"}
    assert (over["health_rule"], late["health_rule"]) == ("budget", "late")
    assert (late["is_on_time"], stalled["is_on_time"]) == (False, False)
    assert stalled["is_stalled"]


def test_hours_of_onsite_bookings_are_rarely_kept_by_one(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        select member_id, 100 * sum(kept_hours) / sum(scheduled_hours) as adherence_pct
        from marts.fct_schedule_entry
        where is_adherence_population and service_location_name = 'On-Site'
        group by member_id order by adherence_pct
    """)
    told = stories["5"]["how_much"]
    assert first["member_id"] == stories["5"]["who"]["unkept"]
    kept = 100 * told["unkept_kept"] / told["unkept_bookings"]
    assert float(first["adherence_pct"]) == pytest.approx(kept, abs=5)
    assert second["adherence_pct"] > 75


def test_shares_of_a_members_day_add_up(ask: Ask) -> None:
    # The identities of wiki.mspbots.ai (oracle U3): staff available is available less
    # time off, utilised is worked less what is not, client is worked less internal,
    # invoiceable is billable on no agreement.
    (sums,) = ask("""
        select count(*) as days,
            count(*) filter (
                where net_available_hours <> case
                    when available_hours > time_off_hours
                        then available_hours - time_off_hours else 0 end
            ) as wrong_net,
            count(*) filter (where worked_hours <> logged_hours - absence_hours)
                as wrong_worked,
            count(*) filter (where client_hours <> worked_hours - internal_hours)
                as wrong_client,
            sum(billable_hours - covered_hours) as invoiceable
        from marts.fct_member_day
    """)
    (entries,) = ask("""
        select sum(actual_hours) as invoiceable from marts.fct_time_entry
        where is_billable and agreement_id is null
            and member_id is not null and work_date is not null
    """)
    assert sums["days"] > 10_000
    assert (sums["wrong_net"], sums["wrong_worked"], sums["wrong_client"]) == (0, 0, 0)
    assert sums["invoiceable"] == entries["invoiceable"]
