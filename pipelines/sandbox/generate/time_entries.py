"""Time entries: from work done to records, entered late by individual habit.

Work is pushed when it is known and comes out in order of entry, so that ids follow
``dateEntered`` and memory stays flat. Billing is decided in ``money``; here its result
becomes status, hours and amounts of the record.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import ceil
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.invoices import Invoice
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, custom_fields, info, money, ref
from pipelines.sandbox.generate.scene import FORGOTTEN, Charge, Scene
from pipelines.sandbox.generate.streams import guid
from pipelines.sandbox.generate.time_sheets import sheet_ref

_REJECTED_EVERY = 331
_CORRECTED_EVERY = 97
_WRITTEN_OFF_EVERY = 211
_SENT_BACK_EVERY = 11
_VALUED = {"tm", "project", FORGOTTEN}


@dataclass(slots=True)
class Work:
    """A piece of work that becomes one time entry."""

    start: int
    end: int
    entered: int
    member: Member
    work_type: str
    charge: Charge
    notes: str
    invoice: Invoice | None = None
    edited: tuple[int, float] | None = None  # When, and billed hours since (story 14).

    @property
    def hours(self) -> float:
        """Actual hours, two decimals."""
        return round((self.end - self.start) / HOUR, 2)

    @property
    def billed_hours(self) -> float:
        """Hours rounded up to quarters, as they are billed."""
        return ceil(self.hours * 4 - 1e-9) / 4

    @property
    def is_billable(self) -> bool:
        """Whether its type and cover let it be billed."""
        return (
            self.charge.cover != "none"
            and firm.WORK_TYPES[self.work_type].bill_time == "Billable"
        )

    @property
    def amount(self) -> float:
        """What it adds to an invoice; nothing when an agreement covers it."""
        if not self.is_billable or self.charge.cover not in _VALUED:
            return 0.0
        return money(self.billed_hours * self.rate)

    @property
    def rate(self) -> float:
        """Hourly rate of the member's role, times the work type's."""
        return money(self.member.rate * firm.WORK_TYPES[self.work_type].rate)


class TimeBook:
    """Work not yet entered, by time of entry."""

    def __init__(self, scene: Scene) -> None:
        self.pushed = 0
        self._now = scene.now
        self._order = count()
        self._heap: list[tuple[int, int, Work]] = []

    def push(self, work: Work) -> None:
        """Keep work for later; what is not entered until now never is."""
        if work.entered <= self._now:
            heappush(self._heap, (work.entered, next(self._order), work))
            self.pushed += 1

    def pop_until(self, at: int) -> list[Work]:
        """Work entered until then, in order."""
        result = []
        while self._heap and self._heap[0][0] <= at:
            result.append(heappop(self._heap)[2])
        return result


def _status(number: int, work: Work, now: int) -> tuple[str, int]:
    """Approval status and when it came about."""
    monday = work.entered - (work.entered // DAY + 3) % 7 * DAY
    first = monday - monday % DAY + 8 * DAY + 15 * HOUR
    if work.invoice is not None:
        covered = work.charge.cover in {"agreement", "fixed"}
        at = work.edited[0] if work.edited else work.invoice.at
        return ("BilledAgreement" if covered else "Billed"), at
    if now < first:
        return _not_yet_approved(number, work, now), work.entered
    if now < first + 3 * DAY:
        is_back = number % _SENT_BACK_EVERY == 0
        return ("RejectBySecondTier" if is_back else "ApprovedByTierOne"), first
    return _approved(number, work), first + 3 * DAY


def _not_yet_approved(number: int, work: Work, now: int) -> str:
    if now - work.entered < DAY:
        return "Open"
    is_project = work.charge.type == "ProjectTicket" and number % 2
    return "PendingProjectApproval" if is_project else "PendingApproval"


def _approved(number: int, work: Work) -> str:
    """What became of time that no invoice has."""
    if work.charge.type == "ChargeCode":
        if number % _REJECTED_EVERY == 0:
            return "Rejected"
        if number % _CORRECTED_EVERY == 0:
            return "ErrorsCorrected"
    if work.charge.cover == "fixed" and number % _WRITTEN_OFF_EVERY == 0:
        return "WrittenOff"
    return "ReadyToBill" if work.amount else "ApprovedByTierTwo"


def time_record(number: int, work: Work, *, now: int, rng: Random) -> Json:
    """The record of ``/time/entries``."""
    member, charge = work.member, work.charge
    status, changed = _status(number, work, now)
    role, role_name, _ = firm.WORK_ROLES[member.role]
    cost = member.cost_at(work.start)
    updater = member if changed == work.entered else charge.company.manager
    record: Json = {
        "id": number,
        "company": charge.company.reference,
        "companyType": "Client" if charge.company.is_client else "Internal",
        "chargeToId": charge.id,
        "chargeToType": charge.type,
        "member": member.ref,
        "locationId": member.location.id,
        "businessUnitId": firm.DEPARTMENTS[charge.department]["id"],
        "businessGroupDesc": "Corporate",
        "location": member.location.ref,
        "department": ref(firm.DEPARTMENTS[charge.department]["id"], charge.department),
        "workType": firm.WORK_TYPES[work.work_type].ref,
        "workRole": ref(role, role_name),
        "territory": charge.company.location.name,
        "timeStart": stamp(work.start),
        "timeEnd": stamp(work.end),
        "hoursDeduct": 0.0,
        "actualHours": work.hours,
        "billableOption": firm.WORK_TYPES[work.work_type].bill_time
        if charge.cover != "none"
        else "DoNotBill",
        "notes": work.notes,
        "internalNotes": "",
        "addToDetailDescriptionFlag": charge.ticket is not None,
        "addToInternalAnalysisFlag": False,
        "addToResolutionFlag": False,
        "emailResourceFlag": False,
        "emailContactFlag": False,
        "emailCcFlag": False,
        "emailCc": "",
        "enteredBy": member.identifier,
        "dateEntered": stamp(work.entered),
        "mobileGuid": guid(rng),
        "hourlyRate": work.rate,
        "timeSheet": sheet_ref(member, work.start),
        "status": status,
        "locationName": member.location.name,
        "customFields": custom_fields("time"),
        "_info": info(min(changed, now), updater.identifier),
    }
    if cost is not None:
        record["hourlyCost"] = f"{cost:.2f}"
    _add_billing(record, work)
    _add_charge(record, charge)
    return record


def _add_billing(record: Json, work: Work) -> None:
    billed = work.billed_hours if work.is_billable else 0.0
    sold = billed
    if work.edited:
        billed = work.edited[1]
        record["internalNotes"] = "Billed hours corrected after invoicing."
    covered = work.charge.cover in {"agreement", "fixed"} and work.is_billable
    record["hoursBilled"] = billed
    record["invoiceHours"] = sold if work.invoice else 0.0
    record["overageRate"] = 0.0
    record["agreementHours"] = billed if covered else 0.0
    record["agreementAmount"] = money(billed * work.rate) if covered else 0.0
    record["agreementAdjustment"] = 0.0
    record["adjustment"] = 0.0
    record["invoiceReady"] = 1 if work.is_billable else 0
    record["invoiceFlag"] = work.is_billable
    amount = work.amount if billed == sold else money(billed * work.rate)
    record["extendedInvoiceAmount"] = amount if work.amount else 0.0
    if work.invoice is not None:
        record["invoice"] = work.invoice.ref


def _add_charge(record: Json, charge: Charge) -> None:
    if charge.agreement is not None:
        record["agreement"] = charge.agreement.ref
        record["agreementType"] = charge.agreement.type_name
    if charge.ticket is not None:
        record["ticket"] = charge.ticket
        record["ticketBoard"] = charge.board
        record["ticketStatus"] = charge.status
        record["ticketType"] = charge.kind
        record["ticketSubType"] = charge.subtype
    if charge.project is not None:
        record["project"] = charge.project
        record["projectActivity"] = charge.project["name"]
    if charge.phase is not None:
        record["phase"] = charge.phase
