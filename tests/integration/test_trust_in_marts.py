"""What the published copy says of its own figures: reconciled, ready, restated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.support.small_run import Ask


def story(manifest: Mapping[str, Any], number: int) -> Any:
    return manifest["stories"][str(number)]


def test_every_countable_list_holds_what_the_api_counts(ask: Ask) -> None:
    (rows,) = ask(
        "select count(*) as lists, sum(theirs) as theirs, "
        "sum(abs(difference)) as apart "
        "from marts.fct_reconciliation where subject = 'rows'"
    )
    assert (rows["lists"] > 50, rows["theirs"] > 50_000, rows["apart"]) == (
        True,
        True,
        0,
    )


def test_the_invoice_edited_after_it_went_out_is_found(
    ask: Ask, small_manifest: Mapping[str, Any]
) -> None:
    """Story 14: which invoice no longer equals its records, by how much, and why?"""
    told = story(small_manifest, 14)
    before, after = (
        told["how_much"][f"billed_amount_{when}"] for when in ("before", "after")
    )
    found = ask(
        "select invoice_id, company_id, difference, cause "
        "from marts.fct_reconciliation "
        "where not is_reconciled and subject = 'invoice total'"
    )
    assert [
        (one["invoice_id"], one["company_id"], float(one["difference"]), one["cause"])
        for one in found
    ] == [
        (
            told["who"]["invoice"],
            told["who"]["company"],
            after - before,
            "time edited after invoicing",
        )
    ]


def test_fixed_fees_and_down_payments_are_no_fault(ask: Ask) -> None:
    causes = ask(
        "select cause, bool_and(is_reconciled) as fine, sum(difference) as apart "
        "from marts.fct_reconciliation where subject = 'invoice total' group by cause"
    )
    found = {one["cause"]: (one["fine"], one["apart"] == 0) for one in causes}
    assert found["fixed fee"] == found["down payment"] == (True, False)
    assert found["none"] == (True, True)


def test_hours_equal_the_changelog_where_it_is_granted(ask: Ask) -> None:
    (hours,) = ask(
        "select sum(compared_count) as compared, sum(ours) as ours, "
        "sum(abs(difference)) as apart "
        "from marts.fct_reconciliation where subject = 'time hours'"
    )
    assert hours["compared"] > 100
    assert (hours["ours"] > 0, hours["apart"]) == (True, 0)


def test_every_readiness_rule_is_judged_once(ask: Ask) -> None:
    found = ask("select * from marts.fct_data_quality order by rule_name")
    assert len(found) == len({one["rule_name"] for one in found}) > 15
    assert {one["snapshot_date"] for one in found} == {date(2026, 3, 31)}
    broken = {one["rule_name"] for one in found if not one["is_passed"]}
    assert {"time_has_a_cost", "members_have_a_cost", "work_types_count_costs"} <= (
        broken
    )


def test_planted_dirt_is_counted_by_the_rules(
    ask: Ask, small_manifest: Mapping[str, Any]
) -> None:
    rows = ask("select rule_name, failed_count from marts.fct_data_quality")
    counts = {one["rule_name"]: one["failed_count"] for one in rows}
    dirt = {name: one["count"] for name, one in small_manifest["dirt"].items()}
    expected = {
        "agreements_have_possible_dates": dirt["agreement_ends_before_start"],
        "invoices_have_a_currency": dirt["invoice_currency_missing"],
        "members_have_a_cost": dirt["member_cost_missing"] + dirt["member_cost_zero"],
        "time_has_possible_hours": dirt["time_25_hours"] + dirt["time_negative_hours"],
    }
    assert {rule: counts[rule] for rule in expected} == expected


def test_a_first_run_restates_nothing_and_remembers_closed_months(ask: Ask) -> None:
    (count,) = ask("select count(*) as n from marts.fct_restatement")
    assert count["n"] == 0
