"""Kinds of agreements, states of approval, edges of billing: what the world must have.

Read from the store of the world that a first run shows.
"""

from collections import Counter, defaultdict

from tests.unit.sandbox.generate.conftest import NOW

TODAY = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"


def by_id(rows):
    return {row["id"]: row for row in rows}


def test_agreements_are_of_every_kind(small_ledger):
    rows = small_ledger["/finance/agreements"]
    kinds = {(row["type"]["name"], row["applicationUnits"]) for row in rows}
    assert kinds == {
        ("Managed Services", "Amount"),
        ("Block Hours", "Hours"),
        ("Annual Prepaid", "Amount"),
        ("Retainer", "Amount"),
        ("Incident Pack", "Incidents"),
    }
    assert {"Active", "Cancelled", "Expired"} <= {r["agreementStatus"] for r in rows}
    blocks = [row for row in rows if row["type"]["name"] == "Block Hours"]
    monthly = [row for row in blocks if row["billingCycle"]["name"] == "Monthly"]
    assert all(row["carryOverUnused"] and row["expiredDays"] for row in monthly)
    for row in rows:
        if "parentAgreement" in row:
            parent = by_id(rows)[row["parentAgreement"]["id"]]
            assert parent["company"] == row["company"]
    assert any("parentAgreement" in row for row in rows)


def test_agreements_are_billed_in_their_cycle(small_ledger):
    months = defaultdict(list)
    for invoice in small_ledger["/finance/invoices"]:
        if invoice["type"] == "Agreement" and invoice["agreementAmount"]:
            months[invoice["agreement"]["id"]].append(invoice["date"][:7])
    cycles = {
        row["id"]: row["billingCycle"]["name"]
        for row in small_ledger["/finance/agreements"]
    }
    most = defaultdict(int)
    for number, dates in months.items():
        assert len(dates) == len(set(dates)), number
        most[cycles[number]] = max(most[cycles[number]], len(dates))
    assert most["Monthly"] > 30
    assert 8 <= most["Quarterly"] <= 12
    assert most["Yearly"] == most["One time"] == 1


def test_fees_were_raised_at_new_year(small_ledger):
    raises = small_ledger["manifest"]["raises"]
    now = {str(row["id"]): row for row in small_ledger["/finance/agreements"]}
    assert raises
    for number, steps in raises.items():
        fees = [fee for _, fee in steps] + [now[number]["billAmount"]]
        assert fees == sorted(fees)
        assert all(until[4:] == "-01-01T00:00:00Z" for until, _ in steps)


def test_an_expired_agreement_goes_on_covering_work(small_ledger):
    (number,) = small_ledger["manifest"]["dirt"]["agreement_expired_still_used"]["ids"]
    agreement = by_id(small_ledger["/finance/agreements"])[number]
    assert agreement["agreementStatus"] == "Expired"
    later = [
        row
        for row in small_ledger["/time/entries"]
        if row.get("agreement", {}).get("id") == number
        and row["timeStart"] > agreement["endDate"]
    ]
    assert later
    assert agreement["endDate"] < TODAY


def test_time_is_in_every_state_of_approval(small_ledger):
    states = Counter(row["status"] for row in small_ledger["/time/entries"])
    assert set(states) >= {
        "Open", "PendingApproval", "ApprovedByTierOne", "RejectBySecondTier",
        "ApprovedByTierTwo", "ReadyToBill", "Billed", "BilledAgreement", "Rejected",
        "ErrorsCorrected", "WrittenOff",
    }  # fmt: skip
    rare = states["WrittenOff"] + states["Rejected"] + states["ErrorsCorrected"]
    assert rare < sum(states.values()) * 0.02


def test_invoices_are_unposted_at_the_edge_and_now_and_then_disputed(small_ledger):
    states = defaultdict(list)
    for invoice in small_ledger["/finance/invoices"]:
        states[invoice["status"]["name"]].append(invoice)
    assert {"New", "Sent", "Paid", "Disputed"} <= set(states)
    for invoice in [*states["New"], *states["Reviewed"]]:
        assert (NOW.date() - NOW.fromisoformat(invoice["date"]).date()).days <= 5
    for invoice in states["Disputed"]:
        assert invoice["payments"] == 0
    partly = [row for row in states["Sent"] if 0 < row["payments"] < row["total"]]
    assert partly
    kinds = {row["type"] for row in small_ledger["/finance/invoices"]}
    assert {"CreditMemo", "DownPayment", "Progress"} <= kinds


def test_products_reach_tickets_projects_and_sales_orders(small_ledger):
    rows = small_ledger["/procurement/products"]
    for target in ("ticket", "project", "salesOrder", "agreement", "opportunity"):
        assert any(target in row for row in rows), target
    assert any(row["cancelledFlag"] for row in rows)
    assert not any(row["cancelledFlag"] and "invoice" in row for row in rows)


def test_purchases_are_received_in_whole_in_part_or_not_yet(small_ledger):
    lines = small_ledger["/procurement/purchaseorders/{parent_id}/lineitems"]
    states = Counter(line["receivedStatus"] for line in lines)
    assert {"Waiting", "FullyReceived", "PartiallyReceiveCloneRest"} <= set(states)
    orders = by_id(small_ledger["/procurement/purchaseorders"])
    for line in lines:
        is_received = line["receivedStatus"] == "FullyReceived"
        assert (line["receivedQuantity"] == line["quantity"]) == is_received
        if orders[line["purchaseOrderId"]]["closedFlag"]:
            assert line["closedFlag"]
