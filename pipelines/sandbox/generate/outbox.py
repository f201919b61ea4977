"""The changelogs: a recent outbox of ticket and time changes, oldest first.

A row repeats what the record looked like, and says what was done to it; only the last
days are kept, as another consumer would have drained the rest. The facts come from
the tickets' event log and from the time entries as they are written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.records import Json
from pipelines.sandbox.generate.time_entries import Work
from pipelines.sandbox.generate.writer import Event, Writer

KEPT = 10 * DAY
_PARTNER = {
    "partnerId": "0c0ffee0-0016-4000-a000-000000000001",
    "productInstanceId": "0c0ffee0-0016-4000-a000-000000000002",
}
_READ_AFTER = HOUR
# What changes the status, in the tickets' event log.
_MOVES = frozenset({"created", "status", "reopened"})


@dataclass(slots=True)
class Outbox:
    """Collects the changes of the last days; ``write`` numbers and writes them."""

    now: int
    _tickets: list[tuple[str, int, Json]] = field(default_factory=list)
    _times: list[tuple[str, int, Json]] = field(default_factory=list)

    @property
    def since(self) -> str:
        """Older changes are not kept."""
        return stamp(self.now - KEPT)

    def add_ticket(self, record: Json, events: Iterable[Event], kind: str) -> None:
        """Note what happened to a ticket of late."""
        since = self.since
        status: str | None = None
        for number, at, event, _, to, _ in sorted(events, key=lambda each: each[1]):
            status = to if event in _MOVES else status
            if at >= since:
                row = _ticket_row(record, event=event, status=status, kind=kind)
                self._tickets.append((at, number, row))

    def add_time(self, record: Json, work: Work) -> None:
        """Note that time was entered of late, or changed after that."""
        entered, changed = record["dateEntered"], record["_info"]["lastUpdated"]
        if entered >= self.since:
            row = _time_row(record, work, action="added")
            self._times.append((entered, record["id"], row))
        if changed >= self.since and changed != entered:
            row = _time_row(record, work, action="updated")
            self._times.append((changed, record["id"], row))

    def write(self, writer: Writer) -> None:
        """Write both lists, in order of time."""
        for path, rows in (
            ("/service/tickets/changelogs", self._tickets),
            ("/time/changelogs", self._times),
        ):
            rows.sort(key=lambda row: row[:2])
            for number, (at, _, row) in enumerate(rows, 1):
                is_read = at < stamp(self.now - _READ_AFTER)
                state = "Processed" if is_read else "New"
                head = {"id": number, **_PARTNER, "processingStatus": state}
                tail = {"_info": {"lastUpdated": at, "updatedBy": "zadmin"}}
                writer.add(path, head | row | tail)


def _given(row: dict[str, Any]) -> Json:
    """The row without what is not known."""
    return {name: value for name, value in row.items() if value is not None}


def _ticket_row(record: Json, *, event: str, status: str | None, kind: str) -> Json:
    status = status or record["status"]["name"]
    board, company, contact = record["board"], record["company"], record["contact"]
    priority, owner = record["priority"], record.get("owner", {})
    return _given(
        {
            "action": "added" if event == "created" else "updated",
            "ticketNumber": record["id"],
            "recordType": kind,
            "summary": record["summary"],
            "boardId": board["id"],
            "boardName": board["name"],
            "status": status,
            "closedFlag": status.startswith(">"),
            "companyIdentifier": company["id"],
            "companyName": company["name"],
            "contactId": contact["id"],
            "contactName": contact["name"],
            "impact": record.get("impact"),
            "severity": record.get("severity"),
            "priorityId": priority["id"],
            "priorityName": priority["name"],
            "priorityLevel": priority["level"],
            "prioritySort": priority["sort"],
            "ownerIdentifier": owner.get("id"),
            "ticketOwner": owner.get("name"),
            "resourceList": record.get("resources"),
            "slaName": record.get("sla", {}).get("name"),
            "slaStatus": record.get("slaStatus"),
            "teamName": record.get("team", {}).get("name"),
            "customerUpdatedFlag": record["customerUpdatedFlag"],
            "parentTicketId": record.get("parentTicketId"),
            "mergedParentTicketId": record.get("mergedParentTicket", {}).get("id"),
        }
    )


def _time_row(record: Json, work: Work, *, action: str) -> Json:
    member, company, invoice = record["member"], record["company"], work.invoice
    hours, billed = record["actualHours"], record["hoursBilled"]
    amount = record["extendedInvoiceAmount"]
    is_used = record["workType"]["utilizationFlag"]
    return _given(
        {
            "action": action,
            "timeRecId": record["id"],
            **_time_subject(record, work),
            **_time_moments(record),
            "billableFlag": work.is_billable,
            "billableOption": record["billableOption"],
            "billableHours": billed,
            "billableAmount": amount,
            "billableUtilizedHours": billed if is_used else 0.0,
            "actualUtilizedHrs": hours if is_used else 0.0,
            "utilizationFlag": is_used,
            "nonBillableHrs": 0.0 if work.is_billable else hours,
            "nonBillableAmt": 0.0,
            "hoursActual": hours,
            "hourlyRate": record["hourlyRate"],
            "hourlyCost": record.get("hourlyCost"),
            "hourlyCostDecimal": float(record.get("hourlyCost", 0)),
            "agreementHoursCovered": record["agreementHours"],
            "agreementAmountCovered": record["agreementAmount"],
            "agreementAdjustmentFirm": 0.0,
            "agreementAdjustmentTotal": record["agreementAdjustment"],
            "invoiceAdjustmentFirm": 0.0,
            "invoiceAdjustmentTotal": record["adjustment"],
            "invoicedhours": record["invoiceHours"],
            "invoiceFlag": invoice is not None,
            "invoiceReady": bool(record["invoiceReady"]),
            "invoice": record.get("invoice"),
            "invoiceNumber": record.get("invoice", {}).get("identifier"),
            "dateInvoice": stamp(invoice.at) if invoice else None,
            "billingStatus": record["status"],
            "timeStatus": record["status"],
            "member": member,
            "memberId": member["identifier"],
            "firstName": work.member.first,
            "lastName": work.member.last,
            "memberDailyCapacity": work.member.capacity,
            "company": company,
            "companyName": company["name"],
            "companyType": record["companyType"],
        }
    )


def _time_subject(record: Json, work: Work) -> Json:
    """What the time is for, as the changelog tells it."""
    agreement, ticket = record.get("agreement"), record.get("ticket")
    is_code = record["chargeToType"] == "ChargeCode"
    company = record["company"]["name"]
    return {
        "chargeTo": work.notes if is_code else record.get("ticket", {}).get("summary"),
        "chargeToRecId": record["chargeToId"],
        "chargeToType": record["chargeToType"],
        "chargeCode": work.notes if is_code else None,
        "agreement": agreement,
        "agreementType": record.get("agreementType"),
        "companyAndAgreement": f"{company} / {agreement['name']}"
        if agreement
        else None,
        "ticket": ticket,
        "serviceRequestSummary": ticket["summary"] if ticket else None,
        "serviceRequestStatus": record.get("ticketStatus"),
        "ticketCurrentBoard": record.get("ticketBoard"),
        "ticketType": record.get("ticketType"),
        "ticketSubtype": record.get("ticketSubType"),
        "project": record.get("project"),
        "projectName": record.get("project", {}).get("name"),
        "projectActivity": record.get("projectActivity"),
        "phase": record.get("phase"),
        "projectPhase": record.get("phase", {}).get("name"),
        "businessGroup": record["businessGroupDesc"],
        "locationName": record["locationName"],
        "territory": record["territory"],
        "workRole": record["workRole"],
        "workType": record["workType"],
        "notes": record["notes"],
        "internalNote": record["internalNotes"],
        "optionId": record["billableOption"],
    }


def _time_moments(record: Json) -> Json:
    start, end = record["timeStart"], record.get("timeEnd")
    return {
        "dateStart": start[:10],
        "timeStart": start,
        "timeStartUtc": start,
        "timeEnd": end,
        "timeEndUtc": end,
    }
