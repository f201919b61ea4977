"""Records of service tickets, full size as the API gives them.

Nothing is decided here: the life, the clock's reading and the links are given, and
become some seventy-five fields.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.arrivals import Arrival
from pipelines.sandbox.generate.calendar import HOUR, MINUTE, WorkCalendar, stamp
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    ref,
    ticket_info,
)
from pipelines.sandbox.generate.sla_clock import Reading
from pipelines.sandbox.generate.streams import guid
from pipelines.sandbox.generate.teams import team_of
from pipelines.sandbox.generate.ticket_life import Life

CAUSES = ("Human error", "Hardware", "Software", "Third party", "Unknown")
_SEVERITY = ("High", "High", "Medium", "Low")
_OFF = {
    "allowAllClientsPortalView": False,
    "customerUpdatedFlag": False,
    "automaticEmailCcFlag": False,
    "automaticEmailCc": "",
    "estimatedExpenseCost": 0.0,
    "estimatedExpenseRevenue": 0.0,
    "estimatedProductCost": 0.0,
    "estimatedProductRevenue": 0.0,
    "estimatedTimeCost": 0.0,
    "estimatedTimeRevenue": 0.0,
    "billingMethod": "ActualRates",
    "subBillingMethod": "ActualRates",
    "hasChildTicket": False,
    "hasMergedChildTicketFlag": False,
    "billExpenses": "NoDefault",
    "billProducts": "Billable",
    "requestForChangeFlag": False,
}


@dataclass(slots=True)
class Ticket:
    """What a service ticket's record is made from."""

    id: int
    arrival: Arrival
    life: Life
    agreement: Agreement | None
    reading: Reading | None
    updated: int
    updated_by: str
    merged_into: Json | None = None

    @property
    def status(self) -> firm.Status:
        """The status it is in now."""
        return self.arrival.board.statuses[self.life.moves[-1][1]]

    @property
    def team(self) -> Json:
        """Reference to the team that has it."""
        return team_of(self.arrival.board, self.arrival.company.location)

    @property
    def closed_at(self) -> int | None:
        """When it was closed, if it is."""
        return self.life.moves[-1][0] if self.status.is_closed else None

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return {"id": self.id, "summary": self.arrival.summary}


def ticket_record(
    ticket: Ticket, *, rng: Random, calendars: dict[int, WorkCalendar]
) -> Json:
    """The record of ``/service/tickets``."""
    arrival, life = ticket.arrival, ticket.life
    company, board = arrival.company, arrival.board
    record: Json = {
        "id": ticket.id,
        "summary": arrival.summary,
        "recordType": "ServiceTicket",
        "board": board.ref,
        "status": ticket.status.ref,
        "company": company.reference,
        **company.address,
        "contact": arrival.contact.ref,
        "contactName": f"{arrival.contact.first} {arrival.contact.last}",
        "contactPhoneNumber": arrival.contact.phone,
        "contactEmailAddress": arrival.contact.email,
        "type": ref(arrival.type.id, arrival.type.name),
        "subType": arrival.type.subtypes[ticket.id % 3],
        "item": arrival.type.items[ticket.id // 3 % 3],
        "team": ticket.team,
        "priority": arrival.priority.ref,
        "serviceLocation": _service_location(arrival),
        "source": firm.SOURCES[arrival.source],
        "severity": _SEVERITY[arrival.priority.id - 1],
        "impact": ("High", "Medium", "Medium", "Low")[arrival.priority.id - 1],
        **_OFF,
        "automaticEmailContactFlag": arrival.source != "alert",
        "automaticEmailResourceFlag": True,
        "approved": True,
        "closedFlag": ticket.closed_at is not None,
        "actualHours": round(sum(s.hours for s in life.sessions), 2),
        "billTime": "DoNotBill" if board.id == firm.INTERNAL else "NoDefault",
        "location": company.location.ref,
        "department": firm.DEPARTMENTS[board.department],
        "mobileGuid": guid(rng),
        "currency": currency(company.currency_code),
        "integratorTags": [],
        "escalationLevel": len(life.owners) - 1 if life.owners else 0,
    }
    _add_people(record, ticket)
    _add_clock(record, ticket, calendars=calendars)
    _add_fields(record, ticket, rng=rng)
    record["_info"] = ticket_info(
        entered=arrival.at,
        by=_entered_by(arrival),
        updated=ticket.updated,
        updater=ticket.updated_by,
    )
    return record


def _service_location(arrival: Arrival) -> Json:
    place = "onsite" if arrival.board.id == firm.ONSITE else "remote"
    return firm.SERVICE_LOCATIONS[place]


def _entered_by(arrival: Arrival) -> str:
    return "dispatch" if arrival.source in {"phone", "walk_in"} else "zadmin"


def _add_people(record: Json, ticket: Ticket) -> None:
    owners = ticket.life.owners
    if owners:
        owner = owners[-1][1]
        role, name, _ = firm.WORK_ROLES[owner.role]
        names = dict.fromkeys(member.identifier for _, member in owners)
        record["owner"] = owner.ref
        record["resources"] = ", ".join(names)
        record["workRole"] = ref(role, name)
        record["workType"] = firm.WORK_TYPES["remote"].ref
    if ticket.agreement:
        record["agreement"] = ticket.agreement.ref
        record["agreementType"] = ticket.agreement.type_name
    if ticket.closed_at is not None:
        mover = ticket.life.moves[-1][2]
        record["closedDate"] = stamp(ticket.closed_at)
        record["closedBy"] = mover.identifier if mover else "zadmin"
    if ticket.merged_into:
        record["mergedParentTicket"] = ticket.merged_into


def _add_clock(
    record: Json, ticket: Ticket, *, calendars: dict[int, WorkCalendar]
) -> None:
    reading, company = ticket.reading, ticket.arrival.company
    if reading is None or company.sla is None:
        record["isInSla"] = False
        return
    sla = firm.SLAS[company.sla]
    targets = sla.targets[ticket.arrival.priority.id]
    calendar = calendars[sla.calendar_id]
    extra = reading.waiting * MINUTE
    goals = [
        calendar.after(reading.started, int(hours * HOUR) + (extra if k else 0))
        for k, hours in enumerate(targets)
    ]
    record["sla"] = sla.ref
    record["slaStatus"] = _sla_status(reading, goals)
    record["isInSla"] = all(reading.meets(targets))
    record["respondMinutes"] = reading.respond
    record["resPlanMinutes"] = reading.plan
    record["resolveMinutes"] = reading.resolve
    record["minutesWaiting"] = reading.waiting
    record["minutesBeforeWaiting"] = reading.before_waiting
    record["respondedSkippedMinutes"] = reading.respond_skipped
    record["resplanSkippedMinutes"] = reading.plan_skipped
    record["respondedHours"] = float(targets[0])
    record["resplanHours"] = float(targets[1])
    record["resolutionHours"] = float(targets[2])
    record["escalationStartDateUTC"] = stamp(reading.started)
    record["respondByGoalUTC"] = stamp(goals[0])
    record["resplanGoalUTC"] = stamp(goals[1])
    record["resolutionGoalUTC"] = stamp(goals[2])
    _add_steps(record, reading)


def _add_steps(record: Json, reading: Reading) -> None:
    if reading.responded_at is not None:
        record["dateResponded"] = stamp(reading.responded_at)
        record["respondedBy"] = reading.responded_by
    if reading.planned_at is not None:
        record["dateResplan"] = stamp(reading.planned_at)
        record["resplanBy"] = reading.planned_by
    if reading.resolved_at is not None:
        record["dateResolved"] = stamp(reading.resolved_at)
        record["resolvedBy"] = reading.resolved_by


def _sla_status(reading: Reading, goals: list[int]) -> str:
    if reading.is_waiting:
        return "Waiting"
    if reading.stage == firm.RESOLVED:
        return "Resolved"
    word = ("Respond", "Plan", "Resolve")[reading.stage]
    goal = datetime.fromtimestamp(goals[reading.stage], firm.ZONE)
    offset = goal.strftime("%z")[:3]
    hour = goal.hour % 12 or 12
    return f"{word} by {goal:%a %m/%d} {hour}:{goal:%M %p} UTC{offset}"


def _add_fields(record: Json, ticket: Ticket, *, rng: Random) -> None:
    values: dict[int, object] = {}
    if ticket.closed_at is not None and rng.random() < 0.35:
        values[20] = rng.choice(CAUSES)
    if rng.random() < 0.15:
        values[22] = rng.randrange(1, 30)
    record["customFields"] = custom_fields("ticket", values)
