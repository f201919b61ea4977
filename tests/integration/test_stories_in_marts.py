"""What a manager would ask the published copy, and the planted answer.

Each question names no client, person or month: the marts must point at the planted
one by themselves.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.small_run import Ask, day


def test_one_client_costs_more_every_month_for_the_same_fee(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    rows = ask("""
        with costs as (
            select company_id, date_trunc('month', work_date) as month_start,
                sum(actual_hours) as hours, sum(labour_cost_amount) as labour
            from marts.fct_time_entry where is_client_work group by all
        ), fees as (
            select company_id, date_trunc('month', invoice_date) as month_start,
                sum(agreement_amount) as fee
            from marts.fct_invoice group by all
        ), latest as (
            select * from costs join fees using (company_id, month_start)
            where month_start > (select as_of from meta.as_of) - interval 5 months
        )
        select company_id, min(fee) as fee,
            list(strftime(month_start, '%Y-%m-%d') order by month_start) as months,
            list(hours order by month_start) as hours,
            list(labour order by month_start) as labour
        from latest group by company_id
        having count(*) = 5 and min(fee) = max(fee)
            and max_by(labour, month_start) > min(fee)
            and list(labour order by month_start) = list_sort(list(labour))
    """)
    story = stories["1"]
    (found,) = rows
    assert found["company_id"] == story["who"]["company"]
    assert found["months"] == story["when"]
    told = story["how_much"]
    assert found["fee"] == told["monthly_fee"]
    # A few minutes of time on the last evening may fall into the next UTC month.
    assert list(map(float, found["hours"])) == pytest.approx(
        told["labour_hours"], abs=0.5
    )
    assert list(map(float, found["labour"])) == pytest.approx(
        told["labour_cost"], rel=0.02
    )


def test_the_project_that_burnt_its_budget_is_first_in_line(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first = ask("""
        select * from reports.rpt_project_status where not is_closed
        order by budget_burn_pct desc nulls last limit 1
    """)[0]
    told = stories["3"]["how_much"]["over_budget"]
    assert (first["project_id"], first["project_name"]) == (told["id"], told["name"])
    assert float(first["budget_hours"]) == told["budget_hours"]
    assert float(first["actual_hours"]) == told["actual_hours"]
    assert float(first["budget_burn_pct"]) == 140
    assert float(first["complete_reported_pct"]) == 60
    assert (first["health"], first["health_rule"]) == ("red", "budget")


def test_one_project_is_late_though_it_is_cheap(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    (found,) = ask("""
        select * from reports.rpt_project_status
        where not is_closed and late_days > 0
            and budget_burn_pct < complete_reported_pct
    """)
    told = stories["3"]["how_much"]["late_but_cheap"]
    assert found["project_id"] == told["id"]
    assert found["planned_end_date"] == day(told["due"])
    assert found["late_days"] == (found["as_of_date"] - day(told["due"])).days
    assert float(found["budget_burn_pct"]) == 100 * told["burn"]
    assert (found["health"], found["health_rule"]) == ("red", "late")


def test_one_project_has_stood_still_since_a_day(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        select * from reports.rpt_project_status where not is_closed
        order by idle_weekdays desc
    """)
    told = stories["3"]["how_much"]["stalled"]
    assert first["project_id"] == told["id"]
    assert first["last_activity_date"] == day(told["last_work"])
    assert first["idle_weekdays"] > 2 * second["idle_weekdays"]
    assert "no activity for" in first["health_reasons"]


def backlog(ask: Ask, board: int, first: date, last: date) -> float:
    (row,) = ask(
        """
        select count(*) / count(distinct snapshot_date) as open_tickets
        from marts.fct_ticket_daily
        where board_id = $board and snapshot_date between $first and $last
        """,
        board=board,
        first=first,
        last=last,
    )
    return float(row["open_tickets"])


def test_the_backlog_doubles_after_a_leaver_and_recovers_with_a_joiner(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    # The board and month with the largest backlog; who came and went around it.
    (worst,) = ask("""
        select board_id, max_by(month_start, open_tickets) as month_start
        from (
            select board_id, date_trunc('month', snapshot_date) as month_start,
                count(*) / count(distinct snapshot_date) as open_tickets
            from marts.fct_ticket_daily where is_service_population group by all
        ) group by board_id order by max(open_tickets) desc limit 1
    """)
    story = stories["4"]
    when = {name: day(text) for name, text in story["when"].items()}
    assert worst["board_id"] == story["who"]["board"]
    assert when["leaves"] < worst["month_start"].date() < when["trained"]
    leavers = ask("select member_id, inactive_date from marts.dim_member "
                  "where inactive_date is not null")  # fmt: skip
    assert leavers == [
        {"member_id": story["who"]["leaver"], "inactive_date": when["leaves"]}
    ]
    (joiner,) = ask("select member_id, hire_date from marts.dim_member "
                    "order by hire_date desc nulls last limit 1")  # fmt: skip
    assert joiner == {"member_id": story["who"]["joiner"], "hire_date": when["joins"]}
    board, told, days = worst["board_id"], story["how_much"], timedelta(days=1)
    before = backlog(ask, board, when["leaves"] - 60 * days, when["leaves"])
    peak = backlog(ask, board, when["leaves"] + 45 * days, when["trained"])
    after = backlog(ask, board, when["recovered"], when["recovered"] + 60 * days)
    # The manifest counts by UTC day, the mart by reporting day.
    assert before == pytest.approx(told["open_before"], rel=0.1)
    assert peak == pytest.approx(told["open_at_worst"], rel=0.1)
    assert after == pytest.approx(told["open_after"], rel=0.1)
    assert peak > 1.8 * before
    assert after < 1.1 * before


def test_one_engineer_logs_time_days_late(ask: Ask, stories: Mapping[str, Any]) -> None:
    first, second, *_ = ask("""
        select member_id, median(entry_lag_minutes) / 1440 as days
        from marts.fct_time_entry where not has_doubtful_times
        group by member_id having count(*) > 20 order by days desc
    """)
    story = stories["5"]
    assert first["member_id"] == story["who"]["late"]
    assert first["days"] == pytest.approx(
        story["how_much"]["late_median_days"], abs=0.1
    )
    assert second["days"] < 1


def test_one_engineer_works_well_over_capacity(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        select member_id, median(logged_pct) as typical_pct,
            min(week_start_date) filter (where logged_pct > 128) as since
        from reports.rpt_member_utilisation
        where week_start_date > (select as_of from meta.as_of) - interval 1 year
        group by member_id
        order by quantile_cont(logged_pct, 0.75) desc
    """)
    story = stories["5"]
    assert first["member_id"] == story["who"]["over_capacity"]
    since = day(story["when"]["over_capacity"])
    assert abs(first["since"] - since) <= timedelta(days=7)
    hours = ask(
        "select sum(logged_hours) as hours, sum(available_hours) as capacity "
        "from marts.fct_member_day where member_id = $member and work_date > $since",
        member=first["member_id"],
        since=since,
    )[0]
    told = story["how_much"]
    assert float(hours["hours"]) == pytest.approx(told["over_capacity_hours"], rel=0.02)
    # Holidays and leave are in the capacity but not in the plan.
    assert float(hours["hours"] / hours["capacity"]) == pytest.approx(
        told["over_capacity_ratio"], abs=0.06
    )
    assert second["typical_pct"] < 100


def test_one_engineer_rarely_keeps_onsite_bookings(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, *others = ask("""
        select member_id, count(*) as bookings,
            count(*) filter (where is_done) as kept,
            sum(kept_hours) / sum(scheduled_hours) as adherence
        from marts.fct_schedule_entry
        where is_past and service_location_name = 'On-Site'
        group by member_id order by adherence
    """)
    story = stories["5"]
    told = story["how_much"]
    assert first["member_id"] == story["who"]["unkept"]
    assert first["bookings"] == told["unkept_bookings"]
    assert first["kept"] == told["unkept_kept"]
    assert first["adherence"] < 0.3
    assert others
    assert min(one["adherence"] for one in others) > 0.75


def test_response_sla_falls_in_one_month_for_one_priority(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    shares = ask("""
        select board_id, priority_id, date_trunc('month', opened_date) as month_start,
            count(is_response_sla_met) as judged,
            avg(cast(is_response_sla_met as integer)) as met
        from marts.fct_ticket where is_service_population
        group by all having judged >= 20 order by met
    """)
    story = stories["6"]
    told = story["how_much"]
    worst, *others = shares
    assert worst["board_id"] == story["who"]["board"]
    assert worst["priority_id"] == story["who"]["priority"]
    assert worst["month_start"].date() == day(story["when"])
    # Bundles and the month's first and last evening are cut differently.
    assert worst["judged"] == pytest.approx(told["tickets"], rel=0.1)
    assert worst["met"] == pytest.approx(told["response_met_in_month"], abs=0.05)
    same = [
        one["met"]
        for one in others
        if (one["board_id"], one["priority_id"])
        == (worst["board_id"], worst["priority_id"])
    ]
    assert sum(same) / len(same) == pytest.approx(
        told["response_met_otherwise"], abs=0.03
    )
    assert min(same) > 0.85
