"""The stories of money can be measured from the records, as the manifest tells them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)
APPROVED = {"ApprovedByTierTwo", "ReadyToBill"}


@pytest.fixture(params=["tiny", "small"])
def ledger(request):
    return request.getfixturevalue(f"{request.param}_ledger")


@pytest.fixture
def stories(ledger):
    return ledger["manifest"]["stories"]


def moment(text):
    return datetime.fromisoformat(text)


def by_id(rows):
    return {row["id"]: row for row in rows}


def test_block_hours_run_out_in_three_weeks(ledger, stories):
    story = stories["8"]
    number, told = story["who"]["agreement"], story["how_much"]
    agreement = by_id(ledger["/finance/agreements"])[number]
    assert agreement["applicationUnits"] == "Hours"
    adjusted = sum(
        row["amount"]
        for row in ledger["/finance/agreements/{parent_id}/adjustments"]
        if row["agreementId"] == number
    )
    entries = [
        row
        for row in ledger["/time/entries"]
        if row.get("agreement", {}).get("id") == number
    ]
    since = NOW - timedelta(weeks=told["use_is_of_weeks"])
    used = sum(row["agreementHours"] for row in entries)
    lately = sum(
        row["agreementHours"] for row in entries if moment(row["timeStart"]) >= since
    )
    balance = agreement["applicationLimit"] + adjusted - used
    assert balance == pytest.approx(told["balance_hours"])
    assert lately > 0
    weekly = lately / told["use_is_of_weeks"]
    assert weekly == pytest.approx(told["weekly_use_hours"], abs=0.001)
    assert balance / weekly == pytest.approx(3, abs=0.3)


def test_approved_time_stands_unbilled_at_one_client_only(ledger, stories):
    story = stories["9"]
    unbilled = defaultdict(list)
    for row in ledger["/time/entries"]:
        if row["status"] in APPROVED and row["extendedInvoiceAmount"]:
            age = (NOW - moment(row["timeStart"])).days
            if "invoice" not in row and 40 <= age <= 60:
                unbilled[row["company"]["id"]].append(row)
    rows = unbilled.pop(story["who"]["company"])
    assert len(rows) == story["how_much"]["entries"]
    amount = sum(row["extendedInvoiceAmount"] for row in rows)
    assert amount == pytest.approx(story["how_much"]["amount"])
    assert sum(row["hoursBilled"] for row in rows) == story["how_much"]["hours"]
    assert not any("agreement" in row for row in rows)
    assert not unbilled


def test_one_addition_is_sold_below_cost(ledger, stories):
    story = stories["12"]
    lines = ledger["/finance/agreements/{parent_id}/additions"]
    losing = [
        row
        for row in lines
        if row["unitPrice"] < row["unitCost"] and row["agreementStatus"] == "Active"
    ]
    assert [row["id"] for row in losing] == [story["who"]["addition"]]
    (line,) = losing
    assert line["margin"] == pytest.approx(-story["how_much"]["loss_per_month"])
    assert line["effectiveDate"] == story["when"]
    before = [
        row
        for row in lines
        if row["agreementId"] == line["agreementId"]
        and row["product"] == line["product"]
        and row.get("cancelledDate") == line["effectiveDate"]
    ]
    assert [row["unitPrice"] for row in before] == [line["unitPrice"]]
    assert before[0]["unitCost"] < line["unitPrice"]


def test_two_opportunities_are_a_quarter_past_due(ledger, stories):
    late = [
        row["id"]
        for row in ledger["/sales/opportunities"]
        if row["status"]["name"] == "Open" and moment(row["expectedCloseDate"]) < NOW
    ]
    assert late == stories["13"]["who"]["opportunities"]
    assert len(late) == 2
    dates = by_id(ledger["/sales/opportunities"])
    for number in late:
        age = NOW - moment(dates[number]["expectedCloseDate"])
        assert age > timedelta(days=90)


def test_one_reps_forecast_is_twice_the_result(ledger, stories):
    forecasts = by_id(ledger["/sales/opportunities/{parent_id}/forecast"])
    sales = by_id(ledger["/sales/opportunities"])
    ratios = defaultdict(set)
    for order in ledger["/sales/orders"]:
        sale = sales[order["opportunity"]["id"]]
        revenue = forecasts[sale["id"]]["forecastRevenueTotals"]["revenue"]
        ratios[sale["primarySalesRep"]["id"]].add(revenue / order["subTotal"])
    assert ratios.pop(stories["13"]["who"]["rep"]) == {2.0}
    assert set().union(*ratios.values()) <= {1.0}


def test_billed_hours_of_last_month_changed_after_invoicing(ledger, stories):
    story = stories["14"]
    told, who = story["how_much"], story["who"]
    entries = by_id(ledger["/time/entries"])
    invoice = by_id(ledger["/finance/invoices"])[who["invoice"]]
    edited = [entries[number] for number in who["time_entries"]]
    assert sum(row["invoiceHours"] for row in edited) == told["billed_hours_before"]
    assert sum(row["hoursBilled"] for row in edited) == told["billed_hours_after"]
    assert told["billed_hours_after"] < told["billed_hours_before"]
    month = story["when"]["month"][:7]
    for row in edited:
        assert row["timeStart"][:7] == month
        assert row["invoice"]["id"] == invoice["id"]
        assert row["_info"]["lastUpdated"] == story["when"]["edited"]
        assert row["_info"]["lastUpdated"] > invoice["date"]
        assert row["_info"]["lastUpdated"][:7] > month
    now = sum(
        row["extendedInvoiceAmount"]
        for row in entries.values()
        if row.get("invoice", {}).get("id") == invoice["id"]
    )
    lost = told["billed_amount_before"] - told["billed_amount_after"]
    assert invoice["serviceTotal"] - now == pytest.approx(lost)
    others = [r for r in entries.values() if r["id"] not in who["time_entries"]]
    assert not any(
        row["invoiceHours"] and row["invoiceHours"] != row["hoursBilled"]
        for row in others
    )
