"""Money adds up to the cent: lines, invoices, payments, agreements, reports, orders.

Read from the store alone, of a tiny world and of the one that a first run shows.
"""

from calendar import monthrange
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

ADDITIONS = "/finance/agreements/{parent_id}/additions"
PAYMENTS = "/finance/invoices/{parent_id}/payments"
LINES = "/procurement/purchaseorders/{parent_id}/lineitems"
CENT = Decimal("0.01")
STEPS = {"Monthly": 1, "Quarterly": 3, "Yearly": 12}


@pytest.fixture(params=["tiny", "small"])
def ledger(request):
    return request.getfixturevalue(f"{request.param}_ledger")


def cents(amount):
    return Decimal(str(amount)).quantize(CENT)


def summed(rows, key, amount):
    """Sums of ``amount`` by ``key``, which gives None for rows that do not count."""
    result = defaultdict(Decimal)
    for row in rows:
        number = key(row)
        if number is not None:
            result[number] += cents(amount(row))
    return result


def invoice_of(row):
    return row.get("invoice", {}).get("id")


def test_an_invoice_is_its_parts_and_its_balance_what_is_left(ledger):
    kinds = set()
    for invoice in ledger["/finance/invoices"]:
        money = {k: cents(v) for k, v in invoice.items() if isinstance(v, float)}
        lines = money["serviceTotal"] + money["expenseTotal"]
        lines += money["productTotal"] + money["agreementAmount"]
        assert lines == money["subtotal"], invoice["id"]
        assert money["subtotal"] + money["salesTax"] == money["total"]
        left = money["total"] - money["payments"] - money["credits"]
        assert left == money["balance"], invoice["id"]
        closed = invoice["status"]["isClosed"]
        assert not closed or money["balance"] == 0
        kinds.add(invoice["type"])
    assert {"Agreement", "Standard", "Progress", "DownPayment"} <= kinds


def test_an_invoice_is_the_sum_of_its_time_expenses_and_products(ledger):
    entries = ledger["/time/entries"]
    time = summed(entries, invoice_of, lambda row: row["extendedInvoiceAmount"])
    expenses = summed(
        ledger["/expense/entries"], invoice_of, lambda row: row["invoiceAmount"]
    )
    products = summed(
        ledger["/procurement/products"], invoice_of, lambda row: row["extPrice"]
    )
    edited = ledger["manifest"]["stories"]["14"]["who"]["invoice"]
    fixed = {p["id"] for p in ledger["/project/projects"] if p["billingAmount"]}
    for invoice in ledger["/finance/invoices"]:
        number = invoice["id"]
        assert cents(invoice["expenseTotal"]) == expenses[number]
        assert cents(invoice["productTotal"]) == products[number]
        is_fixed = invoice.get("project", {}).get("id") in fixed
        if number != edited and not is_fixed:
            assert cents(invoice["serviceTotal"]) == time[number], number
    assert sum(expenses.values()) > 0
    assert sum(products.values()) > 0


def test_payments_and_credits_are_those_of_the_invoice(ledger):
    rows = ledger[PAYMENTS]
    paid, credited = (
        summed(
            [row for row in rows if row["type"] == kind],
            invoice_of,
            lambda row: row["amount"],
        )
        for kind in ("Payment", "Credit")
    )
    last = {row["invoice"]["id"]: row["invoiceBalance"] for row in rows}
    memos = set()
    for invoice in ledger["/finance/invoices"]:
        number = invoice["id"]
        assert cents(invoice["payments"]) == paid[number]
        if invoice["type"] == "CreditMemo":
            memos.add(number)
            continue
        assert cents(invoice["credits"]) == credited[number]
        if number in last:
            assert cents(invoice["balance"]) == cents(last[number])
    used = {row["credit"]["id"] for row in rows if "credit" in row}
    assert used <= memos


def test_clients_pay_by_habit(small_ledger):
    waits = defaultdict(list)
    due = {i["id"]: i["dueDate"] for i in small_ledger["/finance/invoices"]}
    company = {i["id"]: i["company"]["id"] for i in small_ledger["/finance/invoices"]}
    for row in small_ledger[PAYMENTS]:
        if row["type"] == "Payment":
            number = row["invoice"]["id"]
            late = datetime.fromisoformat(row["paymentDate"]) - datetime.fromisoformat(
                due[number]
            )
            waits[company[number]].append(late.days)
    usual = {
        who: sorted(days)[len(days) // 2]
        for who, days in waits.items()
        if len(days) > 9
    }
    near = dict.fromkeys((0, 10, 40, 90), 0)
    for days in usual.values():
        near[min(near, key=lambda habit: abs(habit - days))] += 1
    assert all(near.values()), near


def days_in_force(line, month):
    """Days of the month on which an addition was in force; the first day counts."""
    days = monthrange(month.year, month.month)[1]
    begin, end = month, month + timedelta(days=days)
    first = date.fromisoformat(line["effectiveDate"][:10])
    last = date.fromisoformat(line.get("cancelledDate", "2999-01-01")[:10])
    return max(0, (min(end, last) - max(begin, first)).days), days


def fee_of(agreement, month, raises):
    start = date.fromisoformat(agreement["startDate"][:10])
    months = (month.year - start.year) * 12 + month.month - start.month
    step = STEPS.get(agreement["billingCycle"]["name"])
    if months % step if step else months:
        return Decimal(0)
    for until, before in raises.get(str(agreement["id"]), []):
        if month < date.fromisoformat(until[:10]):
            return cents(before)
    return cents(agreement["billAmount"])


def test_agreement_amounts_are_the_fee_and_prorated_additions(ledger):
    agreements = {row["id"]: row for row in ledger["/finance/agreements"]}
    lines = defaultdict(list)
    for line in ledger[ADDITIONS]:
        lines[line["agreementId"]].append(line)
    raises, prorated = ledger["manifest"]["raises"], 0
    for invoice in ledger["/finance/invoices"]:
        if "agreement" not in invoice or invoice["type"] != "Agreement":
            continue
        agreement = agreements[invoice["agreement"]["id"]]
        run = datetime.fromisoformat(invoice["date"]).date()
        month = (run - timedelta(days=1)).replace(day=1)
        expected = fee_of(agreement, month, raises)
        for line in lines[agreement["id"]]:
            active, days = days_in_force(line, month)
            part = line["quantity"] * line["unitPrice"] * active / days
            expected += cents(round(part, 2))
            prorated += 0 < active < days
        assert cents(invoice["agreementAmount"]) == expected, invoice["id"]
    assert prorated


def test_agreement_hours_are_the_time_that_agreements_cover(ledger):
    covered = 0
    for entry in ledger["/time/entries"]:
        is_covered = "agreement" in entry and entry["billableOption"] == "Billable"
        if is_covered:
            covered += 1
            assert entry["agreementHours"] == entry["hoursBilled"]
        elif "project" not in entry:
            assert entry["agreementHours"] == 0
    assert covered


def test_expense_reports_are_the_sum_of_their_entries(ledger):
    totals = summed(
        ledger["/expense/entries"],
        lambda row: row["expenseReport"]["id"],
        lambda row: row["amount"],
    )
    reports = {row["id"]: row for row in ledger["/expense/reports"]}
    assert set(totals) == set(reports)
    for number, total in totals.items():
        assert cents(reports[number]["total"]) == total
    for entry in ledger["/expense/entries"]:
        report = reports[entry["expenseReport"]["id"]]
        assert entry["member"]["id"] == report["member"]["id"]
        assert report["dateStart"] <= entry["date"] <= report["dateEnd"]


def test_purchase_orders_are_their_lines_and_freight(ledger):
    lines = defaultdict(list)
    for line in ledger[LINES]:
        lines[line["purchaseOrderId"]].append(line)
        quantity = 0 if line["canceledFlag"] else line["quantity"]
        assert cents(line["extCost"]) == cents(quantity * line["unitCost"])
        assert line["receivedQuantity"] <= line["quantity"]
    for order in ledger["/procurement/purchaseorders"]:
        total = sum(cents(line["extCost"]) for line in lines.pop(order["id"]))
        assert cents(order["subTotal"]) == total
        assert cents(order["total"]) == total + cents(order["freightCost"])
    assert not lines


def test_products_are_quantity_times_price(ledger):
    for row in ledger["/procurement/products"]:
        assert cents(row["extPrice"]) == cents(row["quantity"] * row["price"])
        assert cents(row["extCost"]) == cents(row["quantity"] * row["cost"])
        assert cents(row["margin"]) == cents(row["extPrice"]) - cents(row["extCost"])
        is_serial = row["productClass"] == "Inventory"
        assert len(row["serialNumbers"]) == (row["quantity"] if is_serial else 0)


def test_sales_orders_are_their_products_and_what_their_invoices_ask(ledger):
    products = {row["id"]: row for row in ledger["/procurement/products"]}
    invoices = {row["id"]: row for row in ledger["/finance/invoices"]}
    won = {
        row["id"]
        for row in ledger["/sales/opportunities"]
        if row["status"]["name"] == "Won"
    }
    orders = ledger["/sales/orders"]
    assert {order["opportunity"]["id"] for order in orders} == won
    for order in orders:
        total = sum(cents(products[n]["extPrice"]) for n in order["productIds"])
        assert cents(order["subTotal"]) == total
        assert cents(order["total"]) == total + cents(order["taxTotal"])
        for number in order["invoiceIds"]:
            assert cents(invoices[number]["productTotal"]) == total
            assert invoices[number]["applyToId"] == order["id"]


def test_forecasts_are_the_sum_of_their_items(ledger):
    outcome = {
        row["id"]: row["status"]["name"] for row in ledger["/sales/opportunities"]
    }
    for forecast in ledger["/sales/opportunities/{parent_id}/forecast"]:
        items = forecast["forecastItems"]
        total = sum(cents(item["revenue"]) for item in items)
        kinds = ("product", "service", "agreement")
        parts = sum(cents(forecast[f"{kind}Revenue"]["revenue"]) for kind in kinds)
        assert cents(forecast["forecastRevenueTotals"]["revenue"]) == total == parts
        by_end = {
            name: cents(forecast[f"{name.lower()}Revenue"]["revenue"])
            for name in ("Won", "Lost", "Open")
        }
        assert by_end.pop(outcome[forecast["id"]]) == total
        assert not any(by_end.values())


def test_two_clients_are_billed_in_another_currency(ledger):
    codes = defaultdict(set)
    for invoice in ledger["/finance/invoices"]:
        if "currency" in invoice:
            code = invoice["currency"]["currencyCode"]
            codes[code].add(invoice["company"]["id"])
    assert len(codes["CAD"]) in {1, 2}
    assert not codes["CAD"] & codes["USD"]
