"""What an owner would ask the published copy about money, and the planted answer.

Each question names no client, agreement or month: the marts must point at the planted
one by themselves.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from pipelines.settings import PROJECT_DIR
from tests.support.small_run import Ask, day

QUESTIONS = PROJECT_DIR / "warehouse" / "sql"


def test_one_agreement_earns_less_every_month_until_it_loses(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    (found,) = ask("""
        with months as (
            select * from marts.fct_agreement_month
            where is_money_population
            qualify row_number() over (
                partition by agreement_id order by month_start_date desc
            ) <= 5
        )
        select agreement_id, company_id,
            list(strftime(month_start_date, '%Y-%m-%d') order by month_start_date)
                as months,
            list(revenue_amount order by month_start_date) as revenue,
            list(labour_actual_hours order by month_start_date) as hours,
            list(labour_cost_amount order by month_start_date) as labour,
            list(margin_pct order by month_start_date) as margins
        from months group by all
        having list(margin_pct order by month_start_date)
                = list_reverse_sort(list(margin_pct))
            and max_by(gross_profit_amount, month_start_date) < 0
    """)
    story = stories["1"]
    told = story["how_much"]
    assert found["agreement_id"] == story["who"]["agreement"]
    assert found["company_id"] == story["who"]["company"]
    assert found["months"] == story["when"]
    assert set(map(float, found["revenue"])) == {told["monthly_fee"]}
    # A few minutes of time on the last evening may fall into the next UTC month.
    assert list(map(float, found["hours"])) == pytest.approx(
        told["labour_hours"], abs=0.5
    )
    assert list(map(float, found["labour"])) == pytest.approx(
        told["labour_cost"], rel=0.02
    )


def test_the_question_who_lost_us_money_names_the_loser_first(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    question = (QUESTIONS / "clients_that_lost_us_money.sql").read_text("utf-8")
    first, *others = ask(question)
    story = stories["1"]
    costs = sum(story["how_much"]["labour_cost"][2:])
    fees = 3 * story["how_much"]["monthly_fee"]
    assert first["company_name"] == story["who"]["name"]
    assert float(first["contribution_amount"]) == pytest.approx(fees - costs, rel=0.02)
    assert first["contribution_before_amount"] > 0
    assert first["why"] == "labour of 166 % of revenue"
    # What is filed under nobody costs a little, and is billed to nobody.
    assert [one["why"] for one in others] == ["worked for, and not billed"]


def test_the_client_that_paid_most_for_least_has_left(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        select gone.company_id, gone.month_start_date,
            sum(year.agreement_fee_amount) / sum(year.labour_actual_hours) as hourly,
            sum(year.labour_actual_hours) as hours,
            any_value(gone.amount) as amount,
            max(year.shadow_revenue_delta_amount) as shadow
        from marts.fct_mrr_movement as gone
        join marts.fct_company_month as year
            on year.company_id = gone.company_id
            and year.month_start_date <= gone.month_start_date
            and year.month_start_date > gone.month_start_date - interval 12 months
        where gone.period = 'month' and gone.movement_kind = 'churned'
            and gone.month_start_date > (select as_of from meta.as_of) - interval 1 year
        group by all order by hourly desc
    """)
    story = stories["2"]
    told = story["how_much"]
    assert first["company_id"] == story["who"]["company"]
    assert first["month_start_date"] == day(story["when"]["left"]).replace(day=1)
    assert first["hourly"] > 2 * second["hourly"]
    assert float(first["hours"]) == pytest.approx(told["hours_of_last_year"], rel=0.1)
    # Additions recur beside the fee.
    assert -first["amount"] > told["monthly_fee"]
    assert first["shadow"] > 3 * told["monthly_fee"]


def test_block_hours_of_one_client_run_out_in_weeks(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        select agreement_id, company_id, balance_units, weekly_used_units,
            balance_units / weekly_used_units as weeks
        from marts.fct_agreement_month
        where is_active_at_period_end and application_units = 'Hours' and is_limited
            and period_end_date = (
                select max(date_day) from marts.dim_date where not is_future
            )
        order by weeks nulls last
    """)
    story = stories["8"]
    told = story["how_much"]
    assert first["agreement_id"] == story["who"]["agreement"]
    assert first["company_id"] == story["who"]["company"]
    assert float(first["balance_units"]) == told["balance_hours"]
    assert float(first["weekly_used_units"]) == told["weekly_use_hours"]
    assert first["weeks"] == pytest.approx(told["runway_weeks"], abs=0.05)
    assert second["weeks"] > 10 * first["weeks"]


def test_approved_time_of_one_client_was_never_billed(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    (found,) = ask("""
        select company_id, count(*) as entries, sum(billed_hours) as hours,
            sum(value_amount) as amount, min(age_days) as youngest,
            max(age_days) as oldest
        from marts.fct_wip
        where is_today and wip_class = 'wip' and record_type = 'time' and age_days > 30
        group by company_id
    """)
    story = stories["9"]
    told = story["how_much"]
    assert found["company_id"] == story["who"]["company"]
    assert found["entries"] == told["entries"]
    assert float(found["hours"]) == told["hours"]
    assert float(found["amount"]) == told["amount"]
    assert 40 <= found["youngest"] <= found["oldest"] <= 60


def test_one_client_buys_a_fifth_more_licences_than_it_has_devices(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, second, *_ = ask("""
        with sold as (
            select company_id, product_identifier, sum(quantity) as licences
            from marts.fct_agreement_addition
            where is_active and product_identifier like 'LIC-%' group by all
        ), used as (
            select company_id, sum(configurations_count) as workstations
            from marts.fct_configuration_month
            where endpoint_class = 'workstation' and count_source = 'as recorded'
            group by all
        )
        select *, licences / workstations - 1 as surplus
        from sold join used using (company_id) order by surplus desc
    """)
    story = stories["10"]
    told = story["how_much"]
    assert first["company_id"] == story["who"]["company"]
    assert first["product_identifier"] == story["who"]["product"]
    assert float(first["licences"]) == told["licences"]
    assert first["workstations"] == told["active_workstations"]
    assert first["surplus"] == pytest.approx(0.2, abs=0.02)
    assert second["surplus"] < 0.05


def test_one_addition_is_sold_below_its_cost(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    (found,) = ask(
        "select * from marts.fct_agreement_addition where is_active and is_below_cost"
    )
    story = stories["12"]
    told = story["how_much"]
    assert {
        key: found[f"{key}_id"] for key in ("company", "agreement", "addition")
    } == {key: story["who"][key] for key in ("company", "agreement", "addition")}
    assert found["product_identifier"] == story["who"]["product"]
    assert found["effective_date"] == day(story["when"])
    assert float(found["unit_price_amount"]) == told["unit_price"]
    assert float(found["unit_cost_amount"]) == told["unit_cost"]
    assert float(found["quantity"]) == told["quantity"]
    assert float(-found["margin_amount"]) == told["loss_per_month"]


def test_two_close_dates_are_a_quarter_past(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    late = ask(
        "select opportunity_id, past_due_days from marts.fct_opportunity "
        "where is_past_due order by 1"
    )
    story = stories["13"]
    assert [one["opportunity_id"] for one in late] == story["who"]["opportunities"]
    assert len(late) == story["how_much"]["past_due_opportunities"]
    assert min(one["past_due_days"] for one in late) > 90


def test_one_reps_forecast_is_twice_what_was_ordered(
    ask: Ask, stories: Mapping[str, Any]
) -> None:
    first, *others = ask("""
        select sales_rep_member_id, sum(forecast_amount) as forecast,
            sum(ordered_amount) as ordered,
            sum(forecast_amount) / sum(ordered_amount) as ratio
        from marts.fct_opportunity where is_won
        group by all order by ratio desc
    """)
    story = stories["13"]
    told = story["how_much"]
    assert first["sales_rep_member_id"] == story["who"]["rep"]
    assert float(first["forecast"]) == told["rep_forecast_of_won"]
    assert float(first["ordered"]) == told["rep_won"]
    assert first["ratio"] == pytest.approx(told["ratio"])
    assert max(one["ratio"] for one in others) == pytest.approx(1)
