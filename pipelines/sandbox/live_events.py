"""What can happen in live mode: tickets come, move, are worked on and go.

Every event is cut from the world's own records, so that what is new looks like what
is there: a new ticket repeats an older one of its board, time that of its engineer.
Changes go through ``changes`` as those of HTTP do. When is ``live``'s business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.changes import (
    SERVICE_TICKETS,
    TIME_ENTRIES,
    Editor,
)
from pipelines.sandbox.clock import STAMP
from pipelines.sandbox.consequences import NOTES, STATUSES, Consequences
from pipelines.sandbox.references import References
from pipelines.sandbox.seeds import draw
from pipelines.sandbox.ticket_moves import convert, merge

_OPEN_AT_START = 500
_COVER = ("agreement", "agreementType")
_LEAST_OPEN = 2
_PHASES = "/project/projects/{parent_id}/phases"
_COMPANIES = "/company/companies"
_DEFINITIONS = "/system/userDefinedFields"
_MEMBERS = "/system/members"
_TICKET_KEPT = [
    "summary",
    "recordType",
    "board",
    "company",
    "site",
    "siteName",
    "addressLine1",
    "addressLine2",
    "city",
    "stateIdentifier",
    "zip",
    "country",
    "contact",
    "contactName",
    "contactPhoneNumber",
    "contactEmailAddress",
    "type",
    "subType",
    "item",
    "team",
    "priority",
    "serviceLocation",
    "source",
    "severity",
    "impact",
    "agreement",
    "agreementType",
    "sla",
    "location",
    "department",
    "currency",
    "billTime",
    "billExpenses",
    "billProducts",
    "billingMethod",
    "subBillingMethod",
]
_TIME_DROPPED = [
    "id",
    "ticket",
    "project",
    "phase",
    "invoice",
    "activity",
    "agreement",
    "agreementType",
    "agreementHours",
    "agreementAmount",
    "hoursBilled",
    "invoiceHours",
    "extendedInvoiceAmount",
    "mobileGuid",
]

Record = dict[str, Any]


class Events:
    """Makes events; the same seed and number make the same one in the same world."""

    def __init__(self, editor: Editor, *, seed: int) -> None:
        self._editor = editor
        self._store = editor.store
        self._seed = seed
        self._open = self._open_tickets()
        self._fields_added = 0
        self._makers: Mapping[str, Callable[[_Chance], None]] = {
            "note": self._note,
            "status": self._status,
            "time": self._time,
            "ticket": self._ticket,
            "close": self._close,
            "merge": self._merge,
            "delete": self._delete,
            "conversion": self._conversion,
            "custom_field": self._custom_field,
            "role": self._role,
        }

    def make(self, kind: str, number: int) -> None:
        """Make one event; nothing happens where the world has nothing to do it to."""
        self._makers[kind](_Chance(self._seed, number))

    def _ticket(self, chance: "_Chance") -> None:
        like = self._some(SERVICE_TICKETS, chance)
        if like is None:
            return
        kept = {name: like[name] for name in _TICKET_KEPT if name in like}
        record = self._rules().begun(SERVICE_TICKETS, kept, None)
        record = self._whole(record, {**record, "status": None})
        made = self._editor.create(SERVICE_TICKETS, record, by="portal")
        self._open.append(made["id"])

    def _status(self, chance: "_Chance") -> None:
        self._move(chance, is_closed=False)

    def _close(self, chance: "_Chance") -> None:
        if len(self._open) > _LEAST_OPEN:
            self._move(chance, is_closed=True)

    def _move(self, chance: "_Chance", *, is_closed: bool) -> None:
        ticket = self._open_ticket(chance)
        if ticket is None:
            return
        statuses = [
            status
            for status in self._store.records(STATUSES, ticket["board"]["id"])
            if status.get("closedStatus", False) == is_closed
            and status["id"] != ticket["status"]["id"]
        ]
        if not statuses:
            return
        status = {"id": chance.one_of(statuses, "status")["id"]}
        changed = self._whole({**ticket, "status": status}, ticket)
        changed = self._rules().settled(SERVICE_TICKETS, changed, ticket)
        self._editor.replace(SERVICE_TICKETS, changed, by=_worker(ticket))
        if is_closed:
            self._open.remove(ticket["id"])

    def _note(self, chance: "_Chance") -> None:
        ticket = self._open_ticket(chance)
        like = self._some(SERVICE_TICKETS + NOTES, chance)
        if ticket is None or like is None:
            return
        flags = {name: v for name, v in like.items() if name.endswith("Flag")}
        note = {**flags, "text": like.get("text", "")}
        if "owner" in ticket:
            note["member"] = ticket["owner"]
        begun = self._rules().begun(SERVICE_TICKETS + NOTES, note, ticket["id"])
        self._editor.create(
            SERVICE_TICKETS + NOTES, begun, parent_id=ticket["id"], by=_worker(ticket)
        )

    def _time(self, chance: "_Chance") -> None:
        ticket = self._open_ticket(chance)
        like = self._some(TIME_ENTRIES, chance)
        if ticket is None or like is None:
            return
        kept = {name: v for name, v in like.items() if name not in _TIME_DROPPED}
        quarters = 1 + int(chance.of("quarters") * 8)
        now = self._editor.control.clock.now()
        entry = {
            **kept,
            "chargeToId": ticket["id"],
            "chargeToType": "ServiceTicket",
            "ticket": {"id": ticket["id"], "summary": ticket["summary"]},
            "company": ticket["company"],
            "ticketBoard": ticket["board"]["name"],
            "ticketStatus": ticket["status"]["name"],
            "timeStart": (now - timedelta(minutes=15 * quarters)).strftime(STAMP),
            "timeEnd": now.strftime(STAMP),
            "dateEntered": now.strftime(STAMP),
            "hoursDeduct": 0.0,
            "actualHours": quarters / 4,
            "status": "Open",
            **{name: ticket[name] for name in _COVER if name in ticket},
        }
        by = (like.get("member") or {}).get("identifier", "sandbox")
        self._editor.create(TIME_ENTRIES, {**entry, "enteredBy": by}, by=by)

    def _merge(self, chance: "_Chance") -> None:
        if len(self._open) < _LEAST_OPEN:
            return
        parent = self._open_ticket(chance)
        child = self._open_ticket(chance, "child")
        if parent is None or child is None or parent["id"] == child["id"]:
            return
        closed = self._closed_status(child["board"]["id"])
        if closed is not None:
            body = {"mergeTicketIds": [child["id"]], "status": {"id": closed}}
            merge(self._editor, parent["id"], msgspec.json.encode(body))
            self._open.remove(child["id"])

    def _delete(self, chance: "_Chance") -> None:
        """A ticket without time, as ConnectWise asks, or a time entry."""
        ticket = self._open_ticket(chance)
        if ticket and not ticket.get("actualHours") and len(self._open) > _LEAST_OPEN:
            self._editor.delete(SERVICE_TICKETS, ticket["id"])
            self._open.remove(ticket["id"])
            return
        entry = self._some(TIME_ENTRIES, chance)
        if entry is not None and "invoice" not in entry:
            self._editor.delete(TIME_ENTRIES, entry["id"])

    def _conversion(self, chance: "_Chance") -> None:
        ticket, phase = self._open_ticket(chance), self._some(_PHASES, chance)
        if ticket and phase and "projectId" in phase:
            wanted = {
                "recordType": "ProjectTicket",
                "project": {"id": phase["projectId"]},
                "phase": {"id": phase["id"]},
                "wbsCode": phase.get("wbsCode", "1"),
            }
            content = msgspec.json.encode(wanted)
            convert(self._editor, SERVICE_TICKETS, ticket["id"], content)
            self._open.remove(ticket["id"])

    def _custom_field(self, chance: "_Chance") -> None:
        """Companies get one more custom field, which moves no ``lastUpdated``."""
        del chance
        companies = list(self._store.records(_COMPANIES))
        defined = companies[0].get("customFields") if companies else None
        if not defined:
            return
        self._fields_added += 1
        known = [d["id"] for d in self._store.records(_DEFINITIONS)]
        number = max([*known, *(field["id"] for field in defined)]) + 1
        caption = f"Live field {self._fields_added}"
        field = {**defined[0], "id": number, "caption": caption, "value": None}
        field |= {"type": "Text", "entryMethod": "EntryField"}
        field |= {"userDefinedFieldRecId": number, "rowNum": len(defined) + 1}
        for company in companies:
            fields = [*company.get("customFields", ()), field]
            self._store.put(_COMPANIES, {**company, "customFields": fields})
        self._define(number, caption)

    def _define(self, number: int, caption: str) -> None:
        definitions = list(self._store.records(_DEFINITIONS))
        if definitions:
            like = {**definitions[0], "id": number, "caption": caption}
            self._editor.store.write(_DEFINITIONS, [like])

    def _role(self, chance: "_Chance") -> None:
        """The API member loses sight of what members cost, or gets it back."""
        del chance
        control = self._editor.control
        role = control.options.role
        hidden = dict(role.hidden_fields)
        if hidden.pop(_MEMBERS, None) is None:
            hidden[_MEMBERS] = ("hourlyCost",)
        control.change(role=replace(role, hidden_fields=hidden))

    def _rules(self) -> Consequences:
        return Consequences(self._store, self._editor.control.clock.stamp())

    def _whole(self, record: Record, before: Mapping[str, Any]) -> Record:
        schema = schema_of(SERVICE_TICKETS)
        return References(self._store, "ticket", schema).completed(record, before)

    def _open_tickets(self) -> list[int]:
        rows = self._store.query(
            "select id from records where path = ? "
            "and json_extract(body, '$.closedFlag') = 0 order by id desc limit ?",
            (SERVICE_TICKETS, _OPEN_AT_START),
        )
        return [row[0] for row in rows]

    def _open_ticket(self, chance: "_Chance", salt: str = "open") -> Record | None:
        """One of the open tickets; what others have closed meanwhile is let go."""
        while self._open:
            number = chance.one_of(self._open, salt)
            ticket = self._store.find(SERVICE_TICKETS, number)
            if ticket is not None and not ticket.get("closedFlag", False):
                return ticket
            self._open.remove(number)
        return None

    def _some(self, path: str, chance: "_Chance") -> Record | None:
        """A record of a list, anywhere in it."""
        ends = "select min(id), max(id) from records where path = ?"
        lowest, highest = self._store.query(ends, (path,))[0]
        if lowest is None:
            return None
        wanted = lowest + int(chance.of(path) * (highest - lowest + 1))
        nearest = "select min(id) from records where path = ? and id >= ?"
        found = self._store.query(nearest, (path, wanted))[0][0]
        return self._store.find(path, highest if found is None else found)

    def _closed_status(self, board_id: int) -> int | None:
        statuses = self._store.records(STATUSES, board_id)
        closed = (s["id"] for s in statuses if s.get("closedStatus", False))
        return next(closed, None)


class _Chance:
    """The numbers that one event draws."""

    def __init__(self, seed: int, number: int) -> None:
        self._parts = (seed, number)

    def of(self, name: str) -> float:
        """The number drawn under a name."""
        return draw(*self._parts, name)

    def one_of(self, choices: Sequence[Any], name: str) -> Any:
        """One of several."""
        return choices[int(self.of(name) * len(choices))]


def _worker(ticket: Record) -> str:
    """Who works on the ticket."""
    return str((ticket.get("owner") or {}).get("identifier", "dispatch"))
