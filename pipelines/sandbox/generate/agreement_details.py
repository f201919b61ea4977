"""What hangs on an agreement beside its additions.

Rates of work roles, rules of work types, and adjustments of the balance: credits for
good will, and the one by which story 8 is settled.
"""

from collections.abc import Iterator
from itertools import count

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.records import Json, custom_fields, info, money, ref
from pipelines.sandbox.generate.writer import Writer

_BELOW = "/finance/agreements/{parent_id}/"
_REASONS = ("Good will after an outage", "Hours of a cancelled visit", "Correction")


class AgreementDetails:
    """Writes the rows below agreements, each kind with ids of its own."""

    def __init__(self, writer: Writer, *, now: int) -> None:
        self._writer = writer
        self._now = now
        self._roles = count(401)
        self._types = count(801)
        self._adjustments = count(101)

    def write(self, agreement: Agreement) -> None:
        """Write work roles, work types and plain adjustments of one agreement."""
        if agreement.covers_time:
            for record in self._work_roles(agreement):
                self._writer.add(_BELOW + "workroles", record, agreement.id)
            for record in self._work_types(agreement):
                self._writer.add(_BELOW + "worktypes", record, agreement.id)
        at = utc_midnight(self._now - (40 + agreement.id * 37 % 500) * DAY)
        if agreement.id % 9 == 3 and agreement.active_at(at) and agreement.amount:
            amount = -money(agreement.amount * 0.05)
            if agreement.kind == "block":
                amount = 2.0
            reason = _REASONS[agreement.id % len(_REASONS)]
            self.adjust(agreement, at, amount=amount, reason=reason)

    def adjust(
        self, agreement: Agreement, at: int, *, amount: float, reason: str
    ) -> None:
        """Write one adjustment: hours of a block, else money."""
        record: Json = {
            "id": next(self._adjustments),
            "agreementId": agreement.id,
            "amount": amount,
            "description": reason,
            "effectiveDate": stamp(at),
            "customFields": custom_fields("adjustment"),
            "_info": info(min(at + 9 * HOUR, self._now), "finance"),
        }
        self._writer.add(_BELOW + "adjustments", record, agreement.id)

    def _work_roles(self, agreement: Agreement) -> Iterator[Json]:
        for key, factor in (("tier1", 1.0), ("tier3", 0.9)):
            number, name, rate = firm.WORK_ROLES[key]
            yield {
                **self._head(next(self._roles), agreement),
                "workRole": ref(number, name),
                "rateType": "Custom",
                "rate": money(rate * factor),
                "limitTo": 0.0,
            }

    def _work_types(self, agreement: Agreement) -> Iterator[Json]:
        company = agreement.company
        for key, bill in (("after_hours", "Billable"), ("travel", "NoCharge")):
            work_type = firm.WORK_TYPES[key]
            yield {
                **self._head(next(self._types), agreement),
                "workType": work_type.ref,
                "company": company.reference,
                "site": company.site,
                "billTime": bill,
                "rateType": "Multiplier",
                "rate": work_type.rate,
                "hoursMin": 0.25,
                "hoursMax": 24.0,
                "roundBillHours": 0.25,
                "overageRate": work_type.rate,
                "overageRateType": "Multiplier",
                "agreementLimit": 0.0,
            }

    def _head(self, number: int, agreement: Agreement) -> Json:
        end = agreement.end
        location = agreement.company.location
        return {
            "id": number,
            "agreementId": agreement.id,
            "agreement": agreement.ref,
            "locationId": location.id,
            "location": location.ref,
            "effectiveDate": stamp(agreement.start),
            **({"endingDate": stamp(end)} if end is not None else {}),
            "_info": info(min(agreement.start + 9 * HOUR, self._now), "setup1"),
        }
