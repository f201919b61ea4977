"""What follows from the fields of a written record, and what a new one begins with.

The board's first status, the flags of a closed ticket, the hours between two times,
the date of a company's deletion: facts that the API sets itself and that a writer does
not have to know. Names of references are ``references``' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.sandbox.changes import (
    PROJECT_TICKETS,
    SERVICE_TICKETS,
    TICKET_LISTS,
    TIME_ENTRIES,
    WRITER,
)
from pipelines.sandbox.errors import no_time_entry
from pipelines.sandbox.store import Store

COMPANIES = "/company/companies"
CONTACTS = "/company/contacts"
PHASES = "/project/projects/{parent_id}/phases"
STATUSES = "/service/boards/{parent_id}/statuses"
NOTES = "/{parent_id}/notes"
# Given when a ticket is made, never returned: field → flag of the note that it becomes.
INITIAL_NOTES: Mapping[str, str] = {
    "initialDescription": "detailDescriptionFlag",
    "initialInternalAnalysis": "internalAnalysisFlag",
    "initialResolution": "resolutionFlag",
}
_NOT_KEPT = (
    *INITIAL_NOTES,
    "initialDescriptionFrom",
    "contactEmailLookup",
    "processNotifications",
    "skipCallback",
)
_TICKET_DEFAULTS: Mapping[str, Any] = {
    "actualHours": 0.0,
    "approved": True,
    "automaticEmailCcFlag": False,
    "automaticEmailContactFlag": False,
    "automaticEmailResourceFlag": False,
    "allowAllClientsPortalView": False,
    "billTime": "NoDefault",
    "billExpenses": "NoDefault",
    "billProducts": "Billable",
    "closedFlag": False,
    "customerUpdatedFlag": False,
}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    SERVICE_TICKETS: {
        **_TICKET_DEFAULTS,
        "recordType": "ServiceTicket",
        "hasChildTicket": False,
        "hasMergedChildTicketFlag": False,
        "severity": "Medium",
        "impact": "Medium",
        "isInSla": False,
        "requestForChangeFlag": False,
    },
    PROJECT_TICKETS: {**_TICKET_DEFAULTS, "isIssueFlag": False, "tasks": []},
    TIME_ENTRIES: {
        "chargeToType": "ServiceTicket",
        "billableOption": "Billable",
        "hoursDeduct": 0.0,
        "status": "Open",
        "enteredBy": WRITER,
        "invoiceFlag": False,
        "addToDetailDescriptionFlag": False,
        "addToInternalAnalysisFlag": False,
        "addToResolutionFlag": False,
    },
    COMPANIES: {"deletedFlag": False, "types": []},
    CONTACTS: {
        "inactiveFlag": False,
        "marriedFlag": False,
        "childrenFlag": False,
        "defaultFlag": False,
        "types": [],
    },
}
_NOTE_DEFAULTS = dict.fromkeys(
    (
        "detailDescriptionFlag",
        "internalAnalysisFlag",
        "resolutionFlag",
        "issueFlag",
        "customerUpdatedFlag",
        "internalFlag",
        "externalFlag",
    ),
    False,
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Consequences:
    """Settles records of one store at one moment (``yyyy-MM-ddTHH:mm:ssZ``)."""

    store: Store
    now: str

    def begun(self, path: str, record: Record, parent_id: int | None) -> Record:
        """A new record with what it begins with, where its writer says nothing."""
        defaults = dict(_DEFAULTS.get(path, {}))
        if path.endswith(NOTES):
            defaults |= {**_NOTE_DEFAULTS, "ticketId": parent_id}
            if path.startswith("/service"):
                defaults |= {"dateCreated": self.now, "createdBy": WRITER}
        if path == TIME_ENTRIES:
            defaults["dateEntered"] = self.now
        if path in TICKET_LISTS:
            defaults |= self._place(path, record)
        own_fields = self._custom_fields(path)
        if own_fields:
            defaults["customFields"] = own_fields
        return {**defaults, **record}

    def settled(self, path: str, record: Record, before: Mapping[str, Any]) -> Record:
        """The record with what follows from its fields."""
        settled = record
        if path in TICKET_LISTS:
            settled = self._ticket(record, before)
        elif path == TIME_ENTRIES:
            settled = self._time_entry(record, before)
        elif path == COMPANIES:
            settled = self._company(record, before)
        return {name: value for name, value in settled.items() if value is not None}

    def _place(self, path: str, record: Record) -> Record:
        """Board and status of a new ticket, and the project of its phase."""
        return {**self._project(record), **self._board(path, record)}

    def _project(self, record: Record) -> Record:
        phase_id = (record.get("phase") or {}).get("id")
        phase = self.store.find(PHASES, phase_id) if phase_id else None
        if phase is None or "projectId" not in phase:
            return {}
        project = self.store.find("/project/projects", phase["projectId"]) or {}
        company = {"company": project["company"]} if "company" in project else {}
        return {"project": {"id": phase["projectId"]}, **company}

    def _board(self, path: str, record: Record) -> Record:
        board = record.get("board")
        if board is None:
            is_project = path == PROJECT_TICKETS
            boards = self.store.records("/service/boards")
            fit = (b for b in boards if b.get("projectFlag", False) == is_project)
            first = next(fit, None)
            board = {"id": first["id"]} if first else None
        if board is None or "id" not in board or "status" in record:
            return {"board": board} if board else {}
        status = self.first_status(board["id"])
        return {"board": board, **({"status": {"id": status}} if status else {})}

    def first_status(self, board_id: int) -> int | None:
        """Id of the status that a ticket has when it comes to the board."""
        statuses = list(self.store.records(STATUSES, board_id))
        statuses.sort(key=lambda each: not each.get("defaultFlag", False))
        return statuses[0]["id"] if statuses else None

    def _custom_fields(self, path: str) -> list[Record]:
        """Every custom field that records of the list have, without values."""
        some = self.store.first(path) or {}
        return [{**field, "value": None} for field in some.get("customFields", ())]

    def _ticket(self, record: Record, before: Mapping[str, Any]) -> Record:
        kept = {name: each for name, each in record.items() if name not in _NOT_KEPT}
        status = self.store.find(STATUSES, (record.get("status") or {}).get("id", 0))
        if status is None or record.get("status") == before.get("status"):
            return kept
        if not status.get("closedStatus", False):
            return {**kept, "closedFlag": False, "closedDate": None, "closedBy": None}
        if before.get("closedFlag", False):
            return kept
        return {**kept, "closedFlag": True, "closedDate": self.now, "closedBy": WRITER}

    def _time_entry(self, record: Record, before: Mapping[str, Any]) -> Record:
        moved = any(
            record.get(name) != before.get(name)
            for name in ("timeStart", "timeEnd", "hoursDeduct")
        )
        settled = {**record, **self._charged(record, before)}
        is_told = record.get("actualHours") != before.get("actualHours")
        if moved and not is_told and record.get("timeEnd"):
            settled["actualHours"] = _hours_of(record)
        return settled

    def _charged(self, record: Record, before: Mapping[str, Any]) -> Record:
        """The ticket that the time is charged to, and its company."""
        number = record.get("chargeToId")
        if number is None or number == before.get("chargeToId"):
            return {}
        if record.get("chargeToType") not in {"ServiceTicket", "ProjectTicket"}:
            return {}
        found = (self.store.find(path, number) for path in TICKET_LISTS)
        ticket = next((each for each in found if each), None)
        if ticket is None:
            return {}
        self._check_takes_time(ticket)
        names = ("company", "project", "phase")
        taken = {name: ticket[name] for name in names if name in ticket}
        summary = {"id": ticket["id"], "summary": ticket.get("summary", "")}
        return {"ticket": summary, **taken}

    def _check_takes_time(self, ticket: Record) -> None:
        status = self.store.find(STATUSES, (ticket.get("status") or {}).get("id", 0))
        if status and status.get("timeEntryNotAllowed", False):
            raise no_time_entry()

    def _company(self, record: Record, before: Mapping[str, Any]) -> Record:
        is_deleted = record.get("deletedFlag", False)
        if is_deleted == before.get("deletedFlag", False):
            return record
        at, by = (self.now, WRITER) if is_deleted else (None, None)
        return {**record, "dateDeleted": at, "deletedBy": by}


def _hours_of(record: Record) -> float:
    start, end = (
        datetime.fromisoformat(record[name]) for name in ("timeStart", "timeEnd")
    )
    worked = (end - start).total_seconds() / 3_600
    return round(worked - (record.get("hoursDeduct") or 0), 2)
