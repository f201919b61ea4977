"""Lists that no record is kept for: they are made from others when they are asked.

Below a ticket there are its references (time, schedule, activities, products,
configurations, documents) and ``allNotes``, the union of what was written about it;
``/system/audittrail`` tells a ticket's history. All of them page, none of them knows
forward-only paging: a request for it gets no Link at all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pipelines.sandbox.changes import (
    PROJECT_TICKETS,
    SERVICE_TICKETS,
    TICKET_LISTS,
    TIME_ENTRIES,
)
from pipelines.sandbox.consequences import NOTES
from pipelines.sandbox.links import ADDRESS, without_links
from pipelines.sandbox.parameters import ListRequest
from pipelines.sandbox.routes import Match, Route, record_id, route_of
from pipelines.sandbox.store import Store

AUDIT_TRAIL = "/system/audittrail"
_ALL_NOTES = "allnotes"
_CHARGED = (
    "json_extract(body, '$.chargeToId') = ? "
    "and json_extract(body, '$.chargeToType') in "
)
_TICKET_TYPES = {"ticket": SERVICE_TICKETS, "projectticket": PROJECT_TICKETS}
_NOTE_FLAGS = ("detailDescriptionFlag", "internalAnalysisFlag", "resolutionFlag")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _References:
    """A list of references: where the records are and what a reference says."""

    path: str
    condition: str
    text: str
    link: str


_BELOW_TICKETS: Mapping[str, _References | None] = {
    "timeentries": _References(
        TIME_ENTRIES, _CHARGED + "('ServiceTicket', 'ProjectTicket')", "", "time_href"
    ),
    "scheduleentries": _References(
        "/schedule/entries",
        "json_extract(body, '$.objectId') = ? and json_extract(body, '$.type.id') = 4",
        "name",
        "schedule_href",
    ),
    "activities": _References(
        "/sales/activities",
        "json_extract(body, '$.ticket.id') = ?",
        "name",
        "activity_href",
    ),
    "products": _References(
        "/procurement/products", _CHARGED + "('Ticket')", "description", "product_href"
    ),
    "configurations": None,
    "documents": None,
}


@dataclass(frozen=True, slots=True)
class UnkeptList:
    """One such list as a path asks for it.

    Attributes:
        rows: makes its rows.
        parent: the ticket that it hangs on, as the list of its notes.
        is_count: the path asks for the count.
    """

    rows: Callable[[], Iterator[Record]]
    parent: Match | None
    is_count: bool

    def answer(self, request: ListRequest) -> bytes:
        """The asked page, or the count."""
        rows = list(self.rows())
        if self.is_count:
            return b'{"count":%d}' % len(rows)
        first = (request.page - 1) * request.page_size
        return msgspec.json.encode(rows[first : first + request.page_size])


def find_unkept(store: Store, path: str, query: Mapping[str, str]) -> UnkeptList | None:
    """The list that ``path`` (below ``/apis/3.0``) and its query ask for, if any."""
    names = path.lower().strip("/").split("/")
    is_count = names[-1] == "count"
    names = names[:-1] if is_count else names
    if "/" + "/".join(names) == AUDIT_TRAIL:
        return UnkeptList(lambda: _audit_trail(store, query), None, is_count)
    if len(names) != 4 or not names[2].isdecimal():
        return None
    tickets, name, number = f"/{names[0]}/{names[1]}", names[3], record_id(names[2])
    if tickets not in TICKET_LISTS or (name == _ALL_NOTES and is_count):
        return None
    if name != _ALL_NOTES and name not in _BELOW_TICKETS:
        return None
    notes: Route | None = route_of(tickets + NOTES)
    parent = Match(notes, "list", number) if notes else None
    if name == _ALL_NOTES:
        return UnkeptList(lambda: _all_notes(store, tickets, number), parent, is_count)
    return UnkeptList(lambda: _referenced(store, name, number), parent, is_count)


def _referenced(store: Store, name: str, ticket_id: int) -> Iterator[Record]:
    kind = _BELOW_TICKETS[name]
    if kind is None:
        return
    for record in _where(store, kind.path, kind.condition, ticket_id):
        text = {kind.text: record[kind.text]} if kind.text in record else {}
        if name == "scheduleentries" and text:
            text = {"description": record["name"]}
        info = {kind.link: f"{ADDRESS}{kind.path}/{record['id']}"}
        if name == "timeentries":
            info = {"notes": record.get("notes", ""), **info}
        yield {"id": record["id"], **text, "_info": info}


def _all_notes(store: Store, tickets: str, ticket_id: int) -> Iterator[Record]:
    ticket = store.find(tickets, ticket_id)
    if ticket is None:
        return
    yield from _notes_of(store, tickets, ticket, {})
    yield from _time_notes(store, ticket)
    if ticket.get("hasMergedChildTicketFlag", False):
        merged = "json_extract(body, '$.mergedParentTicket.id') = ?"
        for child in _where(store, tickets, merged, ticket_id):
            yield from _notes_of(store, tickets, child, {"mergedFlag": True})
    if ticket.get("hasChildTicket", False):
        bundled = "json_extract(body, '$.parentTicketId') = ?"
        for child in _where(store, tickets, bundled, ticket_id):
            yield from _notes_of(store, tickets, child, {"bundledFlag": True})


def _notes_of(
    store: Store, tickets: str, ticket: Record, flags: Mapping[str, bool]
) -> Iterator[Record]:
    for note in store.records(tickets + NOTES, ticket["id"]):
        kept = (*_NOTE_FLAGS, "text", "issueFlag", "member", "contact", "_info")
        yield {
            "id": note["id"],
            "noteType": "TicketNote",
            "ticket": {"id": ticket["id"], "summary": ticket.get("summary", "")},
            **_own_flags(tickets),
            **flags,
            **{name: note[name] for name in kept if name in note},
        }


def _time_notes(store: Store, ticket: Record) -> Iterator[Record]:
    """The notes of time entries; their ids are the time entries' own."""
    condition = "json_extract(body, '$.ticket.id') = ?"
    for entry in _where(store, TIME_ENTRIES, condition, ticket["id"]):
        if entry.get("notes"):
            kept = ("timeStart", "timeEnd", "member", "_info")
            yield {
                "id": entry["id"],
                "noteType": "TimeEntryNote",
                "ticket": {"id": ticket["id"], "summary": ticket.get("summary", "")},
                "text": entry["notes"],
                **{name: entry[name] for name in kept if name in entry},
            }


def _own_flags(tickets: str) -> Mapping[str, bool]:
    """A project ticket's notes do not know parents that create them."""
    flags = {"bundledFlag": False, "mergedFlag": False}
    is_service = tickets == SERVICE_TICKETS
    return {**flags, "createdByParentFlag": False} if is_service else flags


def _audit_trail(store: Store, query: Mapping[str, str]) -> Iterator[Record]:
    """What happened to one ticket; other types have an empty trail here."""
    number = query.get("id", "")
    tickets = _TICKET_TYPES.get(query.get("type", "").lower())
    if tickets is None or not number.isdecimal():
        return
    rows = store.query(
        "select at, kind, from_value, to_value, member_id from ticket_events "
        "where ticket_id = ? order by at, rowid",
        (record_id(number),),
    )
    names = {m["id"]: m.get("identifier", "") for m in store.records("/system/members")}
    for at, kind, before, after, member_id in rows:
        yield {
            "text": _sentence(kind, before, after),
            "enteredDate": at,
            "enteredBy": names.get(member_id, "zadmin"),
            "auditType": "Ticket",
            "auditSubType": kind,
            "auditSource": "Sandbox",
        }


def _sentence(kind: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"{kind}: {after}" if after else kind
    return f'{kind} changed from "{before}" to "{after or ""}"'


def _where(store: Store, path: str, condition: str, parameter: int) -> Iterator[Record]:
    rows = store.query(
        f"select body from records where path = ? and {condition} order by id",  # noqa: S608
        (path, parameter),
    )
    return (without_links(msgspec.json.decode(row[0])) for row in rows)
