"""What belongs to opportunities: forecasts, notes, activities, sales orders.

Written at the end, one opportunity after the other. A won one becomes a sales order
whose lines are those of its forecast; one rep's forecasts are twice that (story 13).
"""

from collections.abc import Iterator
from itertools import count

from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, stamp
from pipelines.sandbox.generate.catalog import Item, lines_for
from pipelines.sandbox.generate.finance_setup import TAX_RATE, tax_ref, terms_ref
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.orders import OrderDesk
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.sales import (
    Opportunity,
    campaign_of,
    opportunity_record,
)
from pipelines.sandbox.generate.sales_setup import (
    ACTIVITY_CLOSED,
    ACTIVITY_OPEN,
    ACTIVITY_TYPES,
    LOST,
    OPEN,
    WON,
)
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import guid

_NOTES = (
    "Met the management; they want a fixed price.",
    "Asked for references of a similar size.",
    "Competitor offers a lower price without support.",
    "Decision is expected after the board's meeting.",
)
_TYPES = {
    "Agreement": "Agreement", "Inventory": "Product", "NonInventory": "Product",
    "Service": "Service",
}  # fmt: skip
_OPTIMISM = 2
_UNASSIGNED_EVERY = 61
_REVENUES = (
    "timeRevenue", "expenseRevenue", "otherRevenue1", "otherRevenue2",
)  # fmt: skip


class SalesWork:
    """Writes every opportunity with all that hangs on it."""

    def __init__(self, scene: Scene, orders: OrderDesk) -> None:
        self._scene = scene
        self._orders = orders
        self._rng = scene.stream("sales work")
        self._items, self._notes = count(21_001), count(31_001)
        self._activities = count(41_001)
        reps = [m for m in scene.members if m.role == "sales"]
        self._reps = reps or [m for m in scene.members if m.role == "owner"]
        self._optimist = scene.money.optimist

    def write(self, sale: Opportunity) -> None:
        """Write one opportunity, its forecast, notes, activities and order."""
        scene = self._scene
        second = self._reps[-1] if sale.id % 6 == 0 else None
        lines = lines_for(sale.subject, sale.company.seats)
        items = self._forecast_items(sale, lines)
        total = money(sum(item["revenue"] for item in items))
        tax = money(total * TAX_RATE) if sale.company.is_taxable else 0.0
        record = opportunity_record(sale, tax=tax, second=second)
        scene.writer.add("/sales/opportunities", record)
        forecast = self._forecast(sale, items, tax=tax)
        path = "/sales/opportunities/{parent_id}/forecast"
        scene.writer.add(path, forecast, sale.id)
        for note in self._note_records(sale):
            path = "/sales/opportunities/{parent_id}/notes"
            scene.writer.add(path, note, sale.id)
        scene.writer.add_all("/sales/activities", self._activity_records(sale))
        self._tally(sale, total)
        if sale.outcome == WON:
            won = self._orders.fulfil(sale, lines, [item["id"] for item in items])
            if sale.rep is self._optimist:
                scene.money.forecast[1] += won

    def _tally(self, sale: Opportunity, total: float) -> None:
        plan = self._scene.money
        if sale.outcome == OPEN and sale.expected < self._scene.now:
            plan.stale.append(sale.id)
        if sale.outcome == WON and sale.rep is self._optimist:
            plan.forecast[0] += total

    def _forecast_items(
        self, sale: Opportunity, lines: list[tuple[Item, int]]
    ) -> list[Json]:
        factor = _OPTIMISM if sale.rep is self._optimist else 1
        return [
            self._forecast_item(sale, item, quantity * factor, number)
            for number, (item, quantity) in enumerate(lines, 1)
        ]

    def _forecast_item(
        self, sale: Opportunity, item: Item, quantity: int, number: int
    ) -> Json:
        revenue, cost = money(quantity * item.price), money(quantity * item.cost)
        is_recurring = item.kind == "Agreement"
        record: Json = {
            "id": next(self._items),
            "forecastDescription": item.name,
            "opportunity": sale.ref,
            "quantity": float(quantity),
            "bill": "Billable",
            "quantityCancelled": 0.0,
            "teStatusID": 0,
            "billingLogRecID": 0,
            "convertedRecID": 0,
            "convertedAGRDetailRecID": 0,
            "status": sale.status,
            "catalogItem": item.stock_ref,
            "productDescription": item.name,
            "productClass": item.kind,
            "revenue": revenue,
            "cost": cost,
            "margin": money(revenue - cost),
            "percentage": sale.percent,
            "includeFlag": True,
            "quoteWerksDocNo": f"Q{sale.id}",
            "quoteWerksDocName": f"Quote {sale.id}",
            "quoteWerksQuantity": quantity,
            "forecastType": _TYPES[item.kind],
            "linkFlag": False,
            "recurringFlag": is_recurring,
            "sequenceNumber": float(number),
            "subNumber": 0,
            "taxableFlag": sale.company.is_taxable,
        }
        if is_recurring:
            record["recurringRevenue"], record["recurringCost"] = revenue, cost
            record["recurringDateStart"] = stamp(sale.expected - sale.expected % DAY)
            record["recurringDateEnd"] = stamp(
                sale.expected - sale.expected % DAY + 365 * DAY
            )
            record["billCycle"] = ref(2, "Monthly")
            record["cycleBasis"], record["cycles"] = "CalendarYear", 12
        return record

    def _forecast(self, sale: Opportunity, items: list[Json], *, tax: float) -> Json:
        company = sale.company

        def of(*kinds: str) -> Json:
            chosen = [i for i in items if i["forecastType"] in kinds]
            return _revenue(sale, chosen)

        totals = of("Agreement", "Product", "Service")
        nothing = _revenue(sale, [])
        recurring = [i for i in items if i["recurringFlag"]]
        return {
            "id": sale.id,
            "forecastItems": items,
            "productRevenue": of("Product"),
            "serviceRevenue": of("Service"),
            "agreementRevenue": of("Agreement"),
            **dict.fromkeys(_REVENUES, nothing),
            "forecastRevenueTotals": totals,
            "inclusiveRevenueTotals": totals,
            "recurringTotal": money(sum(i["revenue"] for i in recurring)),
            "wonRevenue": totals if sale.outcome == WON else nothing,
            "lostRevenue": totals if sale.outcome == LOST else nothing,
            "openRevenue": totals if sale.outcome == OPEN else nothing,
            "salesTaxRevenue": tax,
            "forecastTotalWithTaxes": money(totals["revenue"] + tax),
            "expectedProbability": sale.percent,
            "taxCode": tax_ref(is_taxable=company.is_taxable),
            "billingTerms": terms_ref(1),
            "currency": currency(company.currency_code),
            "_info": info(sale.changed, sale.rep.identifier),
        }

    def _note_records(self, sale: Opportunity) -> Iterator[Json]:
        rng = self._rng
        span = max(HOUR, sale.changed - sale.begin)
        for text in rng.sample(_NOTES, rng.randrange(3)):
            at = sale.begin + int(span * rng.random())
            yield {
                "id": next(self._notes),
                "opportunityId": sale.id,
                "type": ref(2, "Sales"),
                "text": text,
                "flagged": text.startswith("Competitor"),
                "enteredBy": sale.rep.identifier,
                "mobileGuid": guid(rng),
                "_info": {"lastUpdated": stamp(at)},
            }

    def _activity_records(self, sale: Opportunity) -> Iterator[Json]:
        rng, now = self._rng, self._scene.now
        at = sale.begin + 2 * HOUR
        for _ in range(1 + rng.randrange(4)):
            at += rng.randrange(3, 14) * DAY + rng.randrange(0, 5 * HOUR)
            planned = at + rng.randrange(1, 5) * DAY
            if at > now:
                return
            if at > sale.changed and sale.outcome != OPEN:
                return
            yield self._activity(sale, at, planned)

    def _activity(self, sale: Opportunity, at: int, planned: int) -> Json:
        rng, scene = self._rng, self._scene
        number, company = next(self._activities), sale.company
        kind = ACTIVITY_TYPES[rng.randrange(len(ACTIVITY_TYPES))]
        start = planned - planned % (15 * MINUTE)
        end = start + 30 * MINUTE
        is_done = end <= scene.now and number % 17 != 0
        contact, rep = company.contacts[0], sale.rep
        record: Json = {
            "id": number,
            "name": f"{kind[1]}: {sale.subject}",
            "type": ref(kind[0], kind[1]),
            "company": company.reference,
            "contact": contact.ref,
            "phoneNumber": contact.phone,
            "phoneExtension": "",
            "email": contact.email,
            "status": ACTIVITY_CLOSED if is_done else ACTIVITY_OPEN,
            "opportunity": sale.ref,
            "notes": rng.choice(_NOTES) if is_done else "",
            "dateStart": stamp(start),
            "dateEnd": stamp(end),
            "dateEndUtc": stamp(end),
            "assignedBy": rep.ref,
            "scheduleStatus": ref(2, "Firm"),
            "reminder": ref(1, "15 Minutes"),
            "where": ref(1, "On-Site") if kind[0] == 2 else ref(4, "Remote"),
            "notifyFlag": False,
            "closeFlag": is_done,
            "mobileGuid": guid(rng),
            "currency": currency(company.currency_code),
            "customFields": custom_fields("activity"),
            "_info": info(end if is_done else at, rep.identifier),
        }
        if is_done:
            record["dateClosedUtc"] = stamp(end)
        self._add_targets(record, sale, rep)
        return record

    def _add_targets(self, record: Json, sale: Opportunity, rep: Member) -> None:
        if record["id"] % _UNASSIGNED_EVERY == 12:
            path = "/sales/activities"
            self._scene.dirt.note("activity_without_assignee", path, record["id"])
        else:
            record["assignTo"] = rep.ref
        agreements = sale.company.agreements
        if agreements and record["id"] % 4 == 1:
            record["agreement"] = agreements[0].ref
        ticket = self._scene.sales_tickets.get(sale.company.id)
        if ticket is not None and record["id"] % 3 == 0:
            record["ticket"] = ticket
        campaign = campaign_of(sale.begin)
        if campaign is not None:
            record["campaign"] = campaign


def _revenue(sale: Opportunity, items: list[Json]) -> Json:
    revenue = money(sum(item["revenue"] for item in items))
    cost = money(sum(item["cost"] for item in items))
    return {
        "id": sale.id,
        "revenue": revenue,
        "cost": cost,
        "margin": money(revenue - cost),
        "percentage": float(sale.percent),
    }
