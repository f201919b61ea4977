"""Merging and bundling tickets, and converting them between service and project.

A merged ticket is closed and names its new parent; a bundled one stays open below it.
The parent says that it has children. A converted ticket keeps its id, notes and tasks
and moves to the other list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.sandbox.bodies import Body
from pipelines.sandbox.catalogue import Field, Schema, schema_of
from pipelines.sandbox.changes import (
    PROJECT_TICKETS,
    SERVICE_TICKETS,
    Editor,
)
from pipelines.sandbox.consequences import Consequences
from pipelines.sandbox.errors import invalid_object, not_found
from pipelines.sandbox.references import References

_MERGE = Schema(
    "TicketMerge",
    {
        "mergeticketids": Field("mergeTicketIds", "integer", is_list=True),
        "status": Field(
            "status",
            "ServiceStatusReference",
            schema=Schema(
                "ServiceStatusReference",
                {
                    "id": Field("id", "integer"),
                    "name": Field("name", "string"),
                    "sort": Field("Sort", "integer"),
                },
            ),
        ),
    },
)

_BUNDLE = Schema(
    "TicketBundle",
    {"childticketids": Field("childTicketIds", "integer", is_list=True)},
)

Record = dict[str, Any]


def merge(editor: Editor, ticket_id: int, content: bytes) -> None:
    """Carry out ``POST /service/tickets/{id}/merge``.

    Raises:
        Refusal: the body is wrong, or a ticket is not there.
    """
    wanted = Body("ticketMerge", _MERGE).read(content)
    for name in ("mergeTicketIds", "status"):
        if not wanted.get(name):
            message = f"The {name} field is required."
            raise invalid_object(
                "ticketMerge", "MissingRequiredField", message, field=name
            )
    parent = _ticket(editor, SERVICE_TICKETS, ticket_id)
    children = [
        _ticket(editor, SERVICE_TICKETS, number) for number in wanted["mergeTicketIds"]
    ]
    references = References(editor.store, "ticket", schema_of(SERVICE_TICKETS))
    rules = Consequences(editor.store, editor.control.clock.stamp())
    merged = {"id": parent["id"], "summary": parent.get("summary", "")}
    for child in children:
        changed = {**child, "status": wanted["status"], "mergedParentTicket": merged}
        changed = references.completed(changed, child)
        editor.replace(SERVICE_TICKETS, rules.settled(SERVICE_TICKETS, changed, child))
    editor.replace(SERVICE_TICKETS, {**parent, "hasMergedChildTicketFlag": True})


def attach_children(editor: Editor, ticket_id: int, content: bytes) -> None:
    """Carry out ``POST /service/tickets/{id}/attachChildren``: bundle tickets.

    Raises:
        Refusal: the body is wrong, or a ticket is not there.
    """
    wanted = Body("ticketBundle", _BUNDLE).read(content)
    parent = _ticket(editor, SERVICE_TICKETS, ticket_id)
    numbers = wanted.get("childTicketIds") or []
    for child in [_ticket(editor, SERVICE_TICKETS, number) for number in numbers]:
        editor.replace(SERVICE_TICKETS, {**child, "parentTicketId": ticket_id})
    editor.replace(SERVICE_TICKETS, {**parent, "hasChildTicket": True})


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a converted ticket goes and what it needs there."""

    path: str
    adapt: Callable[[Editor, Record, Mapping[str, Any]], Record]


def convert(editor: Editor, path: str, ticket_id: int, content: bytes) -> None:
    """Carry out ``POST …/tickets/{id}/convert``, from either list to the other.

    Raises:
        Refusal: the body is wrong, or a record that it names is not there.
    """
    wanted = Body("convertItem", _CONVERT).read(content)
    ticket = _ticket(editor, path, ticket_id)
    target = _TARGETS[path]
    schema = schema_of(target.path)
    kept = {name: v for name, v in ticket.items() if name.lower() in schema.fields}
    moved = {**kept, **target.adapt(editor, ticket, wanted)}
    references = References(editor.store, "ticket", schema)
    moved = references.completed(moved, ticket)
    rules = Consequences(editor.store, editor.control.clock.stamp())
    moved = rules.settled(target.path, moved, ticket)
    editor.move({**moved, "_info": ticket["_info"]}, source=path, target=target.path)


def _to_project(editor: Editor, ticket: Record, wanted: Mapping[str, Any]) -> Record:
    del ticket
    phase = wanted.get("phase") or {}
    if "id" not in phase:
        message = "The phase field is required."
        raise invalid_object(
            "convertToProject", "MissingRequiredField", message, field="phase"
        )
    rules = Consequences(editor.store, editor.control.clock.stamp())
    placed = {name: wanted[name] for name in ("project", "phase") if name in wanted}
    begun = rules.begun(PROJECT_TICKETS, placed, None)
    names = ("board", "status", "project", "phase", "isIssueFlag", "tasks")
    added = {name: begun[name] for name in names if name in begun}
    return {**added, "wbsCode": wanted.get("wbsCode", "1"), **_NO_TYPES}


def _to_service(editor: Editor, ticket: Record, wanted: Mapping[str, Any]) -> Record:
    del ticket, wanted
    rules = Consequences(editor.store, editor.control.clock.stamp())
    begun = rules.begun(SERVICE_TICKETS, {}, None)
    names = ("board", "status", "recordType", "hasChildTicket", "isInSla")
    added = {name: begun[name] for name in names if name in begun}
    return {**added, "hasMergedChildTicketFlag": False, **_NO_TYPES}


def _ticket(editor: Editor, path: str, number: int) -> Record:
    found = editor.store.find(path, number)
    if found is None:
        raise not_found("Ticket", number)
    return found


# Types, subtypes, items and teams belong to the board that the ticket leaves.
_NO_TYPES = dict.fromkeys(("type", "subType", "item", "team"))
_REFERENCE = {"id": Field("id", "integer"), "name": Field("name", "string")}
_CONVERT = Schema(
    "ConvertItem",
    {
        "id": Field("id", "integer"),
        "recordtype": Field("recordType", "string"),
        "project": Field(
            "project", "ProjectReference", schema=Schema("ProjectReference", _REFERENCE)
        ),
        "phase": Field(
            "phase",
            "ProjectPhaseReference",
            schema=Schema("ProjectPhaseReference", _REFERENCE),
        ),
        "wbscode": Field("wbsCode", "string"),
    },
)
_TARGETS = {
    SERVICE_TICKETS: _Target(PROJECT_TICKETS, _to_project),
    PROJECT_TICKETS: _Target(SERVICE_TICKETS, _to_service),
}
