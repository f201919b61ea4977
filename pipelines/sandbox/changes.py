"""Changes of the world: what a write does to the store, whoever asks for it.

A change stamps ``_info`` with the sandbox's clock, bumps the parent where the options
say so, takes the children of a deleted record along and tells the listeners. What a
body may hold is ``bodies``' business, what follows from a ticket's or a time entry's
fields is ``consequences``', and the verbs of HTTP are in ``writing``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.sandbox.clock import STAMP
from pipelines.sandbox.control import Action, SandboxControl
from pipelines.sandbox.disturbances import late_stamp
from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import Store, TicketEvent
from pipelines.sandbox.ticket_log import events_of

SERVICE_TICKETS = "/service/tickets"
PROJECT_TICKETS = "/project/tickets"
TICKET_LISTS = (SERVICE_TICKETS, PROJECT_TICKETS)
TIME_ENTRIES = "/time/entries"

# Lists that share one sequence of ids.
_SEQUENCES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(TICKET_LISTS, TICKET_LISTS),
    **dict.fromkeys(
        [f"{path}/{{parent_id}}/notes" for path in TICKET_LISTS],
        tuple(f"{path}/{{parent_id}}/notes" for path in TICKET_LISTS),
    ),
}
_ENTITY_TYPES: Mapping[str, str] = {
    "/company/companies": "company",
    "/company/companies/{parent_id}/sites": "site",
    "/company/configurations": "configuration",
    "/company/contacts": "contact",
    "/expense/entries": "expense",
    "/finance/agreements": "agreement",
    "/finance/invoices": "invoice",
    "/procurement/catalog": "productcatalog",
    "/procurement/purchaseorders": "purchaseorder",
    "/project/projects": "project",
    "/project/tickets": "ticket",
    "/project/tickets/{parent_id}/notes": "ticketnote",
    "/sales/activities": "activity",
    "/sales/opportunities": "opportunity",
    "/schedule/entries": "schedule",
    "/service/tickets": "ticket",
    "/service/tickets/{parent_id}/notes": "ticketnote",
    "/system/members": "member",
    "/time/entries": "time",
}
WRITER = "sandbox"
_MEMBERS = "/system/members"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Editor:
    """Changes the records of one store by one control's clock and options."""

    store: Store
    control: SandboxControl

    def create(
        self,
        path: str,
        record: Record,
        *,
        parent_id: int | None = None,
        by: str = WRITER,
    ) -> Record:
        """Add a record under the next id of its list; the stored form comes back."""
        made = {
            "id": self.store.next_id(_SEQUENCES.get(path, (path,))),
            **_without_id(record),
        }
        info = self._info(path, made, by)
        if path in TICKET_LISTS:
            info |= {"dateEntered": info["lastUpdated"], "enteredBy": by}
        made["_info"] = info
        self.store.write(path, [made], parent_id=parent_id)
        self._log(path, None, made, by)
        self._tell(path, made, "added")
        self._bump_parent(path, made, parent_id, hours=_hours(made))
        return made

    def replace(
        self,
        path: str,
        record: Record,
        *,
        parent_id: int | None = None,
        by: str = WRITER,
    ) -> Record:
        """Put a new form of a record in the place of the old one."""
        before = self.store.find(path, record["id"]) or {}
        info = self._info(path, before, by)
        changed = {**record, "_info": {**before.get("_info", {}), **info}}
        self.store.put(path, changed)
        self._log(path, before, changed, by)
        self._tell(path, changed, "updated")
        hours = _hours(changed) - _hours(before)
        self._bump_parent(path, changed, parent_id, hours=hours)
        return changed

    def delete(
        self, path: str, record_id: int, *, parent_id: int | None = None
    ) -> None:
        """Remove a record for good, with what hangs on it."""
        record = self.store.find(path, record_id)
        if record is None:
            return
        for child in _child_lists(path):
            for each in list(self.store.records(child, record_id)):
                self.store.delete(child, each["id"])
        self.store.delete(path, record_id)
        if path in TICKET_LISTS:
            at = self.control.clock.stamp()
            self.store.write_events([TicketEvent(record_id, at, "deleted")])
        self._tell(path, record, "deleted")
        self._bump_parent(path, record, parent_id, hours=-_hours(record))

    def move(self, record: Record, *, source: str, target: str) -> Record:
        """Take a record and its children from one list to another, under its id."""
        record_id = record["id"]
        for child in _child_lists(source):
            self._move_children(child, child.replace(source, target), record_id)
        self.store.delete(source, record_id)
        info = self._info(target, record, WRITER)
        moved = {**record, "_info": {**record.get("_info", {}), **info}}
        self.store.write(target, [moved])
        kinds = (source.split("/")[1], target.split("/")[1])
        at = self.control.clock.stamp()
        self.store.write_events([TicketEvent(record_id, at, "converted", *kinds)])
        self._tell(target, moved, "updated")
        return moved

    def _move_children(self, source: str, target: str, parent_id: int) -> None:
        children = list(self.store.records(source, parent_id))
        for child in children:
            self.store.delete(source, child["id"])
        if target in _ROUTED:
            self.store.write(target, children, parent_id=parent_id)

    def _log(self, path: str, before: Record | None, after: Record, by: str) -> None:
        """Add to the tickets' event log, which tells their true history."""
        if path not in TICKET_LISTS:
            return
        at = self.control.clock.stamp()
        member = next(self.store.find_by(_MEMBERS, "identifier", by), {})
        events = events_of(before, after, at=at, member_id=member.get("id"))
        self.store.write_events(events)

    def _tell(self, path: str, record: Record, action: Action) -> None:
        entity_type = _ENTITY_TYPES.get(path, path.rpartition("/")[2])
        told = None if action == "deleted" else record
        self.control.tell(entity_type, record["id"], action, told)

    def _bump_parent(
        self, path: str, record: Record, parent_id: int | None, *, hours: float
    ) -> None:
        if not self.control.options.child_edits_bump_parent:
            return
        parents: tuple[str, ...] = ()
        if parent_id is not None:
            parents = (path.partition("/{parent_id}")[0],)
        elif path == TIME_ENTRIES and "ticket" in record:
            parents, parent_id = TICKET_LISTS, record["ticket"]["id"]
        for parent in parents:
            found = self.store.find(parent, parent_id or 0)
            if found is not None:
                self.replace(parent, _with_hours(found, hours))

    def _info(self, path: str, before: Record, by: str) -> Record:
        """New entries of ``_info``: now, or later than now pretends to be."""
        now = self.control.clock.now()
        known = (before.get("_info") or {}).get("lastUpdated", "")
        key = f"{path}/{before.get('id')}"
        stamp = late_stamp(now, known, self.control.options, key)
        if stamp != now.strftime(STAMP):
            self.control.count_fault("late-rows")
        return {"lastUpdated": stamp, "updatedBy": by}


_ROUTED = frozenset(route.template for route in ROUTES)


def _child_lists(path: str) -> tuple[str, ...]:
    start = f"{path}/{{parent_id}}/"
    return tuple(r.template for r in ROUTES if r.template.startswith(start))


def _without_id(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "id"}


def _hours(record: Record) -> float:
    """What a time entry adds to the hours of its ticket."""
    return float(record.get("actualHours", 0)) if "timeStart" in record else 0.0


def _with_hours(ticket: Record, hours: float) -> Record:
    if not hours:
        return ticket
    return {**ticket, "actualHours": round(ticket.get("actualHours", 0) + hours, 2)}
