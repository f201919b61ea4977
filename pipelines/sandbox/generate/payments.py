"""How invoices are settled: payments by the client's habit, credits, disputes.

Most clients pay at once and in full, some in two parts; some dispute, some never pay.
What is settled adds up to the cent: payments and credits of the records are those of
the invoice, and what is left is its balance.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.records import Json, info, money
from pipelines.sandbox.generate.streams import guid

if TYPE_CHECKING:
    from pipelines.sandbox.generate.invoices import Invoice

PATH = "/finance/invoices/{parent_id}/payments"
_ACCOUNTS = ("Cheque", "Bank transfer", "Card")
_SPLIT = 1_500.0


@dataclass(slots=True)
class Settlement:
    """What was paid and credited until now, by instant; and when it last changed."""

    payments: list[tuple[int, float]] = field(default_factory=list)
    credited: float = 0.0
    changed: int = 0
    is_disputed: bool = False

    @property
    def paid(self) -> float:
        """Sum of the payments."""
        return money(sum(amount for _, amount in self.payments))


def settle(invoice: "Invoice", *, now: int, rng: Random) -> Settlement:
    """Decide how the invoice was settled until now."""
    if invoice.credit_of is not None:
        return Settlement(credited=invoice.total, changed=invoice.at)
    result = Settlement(credited=money(invoice.credited), changed=invoice.at)
    if result.credited:
        result.changed += 3 * DAY
    habit = invoice.due + invoice.company.pays_after * DAY + rng.randrange(-2, 6) * DAY
    left = money(invoice.total - result.credited)
    draw = rng.random()
    if draw < 0.01:
        result.is_disputed = True
    elif habit <= now and left > 0:
        result.payments = _parts(left, habit, draw=draw, now=now)
        result.changed = result.payments[-1][0]
    return result


def _parts(left: float, at: int, *, draw: float, now: int) -> list[tuple[int, float]]:
    """A payment in full, half of it, or two parts of which the second may be due."""
    half = money(left / 2)
    if draw < 0.03:
        return [(at, half)]
    second = at + 21 * DAY
    if draw < 0.08 and left > _SPLIT:
        parts = [(at, half)]
        if second <= now:
            parts.append((second, money(left - half)))
        return parts
    return [(at, left)]


class Cashier:
    """Makes the records of payments and credits, in ids of its own."""

    def __init__(self) -> None:
        self._numbers = count(9_001)

    def records(
        self, invoice: "Invoice", settlement: Settlement, *, now: int, rng: Random
    ) -> Iterator[Json]:
        """Records of ``/finance/invoices/{parent_id}/payments``."""
        left = invoice.total
        memo = invoice.credit_memo
        if settlement.credited and memo is not None:
            left = money(left - settlement.credited)
            yield {
                **self._head(invoice, memo.at, now=now),
                "type": "Credit",
                "amount": settlement.credited,
                "credit": memo.ref,
                "balance": 0.0,
                "invoiceBalance": left,
                "source": "Credit memo",
            }
        for at, amount in settlement.payments:
            left = money(left - amount)
            account = _ACCOUNTS[(invoice.id + at // DAY) % len(_ACCOUNTS)]
            record = {
                **self._head(invoice, at, now=now),
                "type": "Payment",
                "amount": amount,
                "balance": 0.0,
                "invoiceBalance": left,
                "paymentAccount": account,
                "source": "Accounting",
            }
            if account == "Card":
                record["wisePayPayment"] = _card_payment(at, amount, rng)
            yield record

    def _head(self, invoice: "Invoice", at: int, *, now: int) -> Json:
        return {
            "id": next(self._numbers),
            "invoice": invoice.ref,
            "invoiceTotal": invoice.total,
            "paymentDate": stamp(utc_midnight(at)),
            "appliedBy": "finance",
            "aRPaymentAccount": "1100 Receivables",
            "paymentSyncStatus": "Synced",
            "paymentSyncDate": stamp(min(at + 5 * HOUR, now)),
            "glBatchID": f"GL{at // (7 * DAY)}",
            "_info": info(min(at + 5 * HOUR, now), "finance"),
        }


def _card_payment(at: int, amount: float, rng: Random) -> Json:
    return {
        "wisePayReference": guid(rng),
        "paymentDateUtc": stamp(at),
        "batchPayment": {"amount": amount, "wisePayHref": f"batch/{at // DAY}"},
        "feeInvoice": {
            "amount": money(amount * 0.02),
            "id": at // DAY,
            "invoiceNumber": f"FEE{at // DAY}",
            "invoiceHref": f"fee/{at // DAY}",
        },
    }
