"""The event log of tickets: what a change of a ticket adds to it.

The log is the ground truth of a ticket's history, in the words of the generator, and
is served only as the audit trail. When it is written to is ``changes``' business.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.sandbox.store import TicketEvent

_Ticket = Mapping[str, Any]


def events_of(
    before: _Ticket | None, after: _Ticket, *, at: str, member_id: int | None
) -> Iterator[TicketEvent]:
    """What happened between two forms of a ticket; ``before`` is None for a new one."""
    number, status = after["id"], _named(after, "status")
    if before is None:
        yield TicketEvent(number, at, "created", None, status, member_id)
        before = {"status": after.get("status")}
    elif _named(before, "status") != status:
        is_back = before.get("closedFlag", False) and not after.get("closedFlag", False)
        kind = "reopened" if is_back else "status"
        yield TicketEvent(number, at, kind, _named(before, "status"), status, member_id)
    owner, earlier = _named(after, "owner"), _named(before, "owner")
    if owner != earlier:
        yield TicketEvent(number, at, "owner", earlier, owner, member_id)
    yield from _joined(before, after, at=at, member_id=member_id)


def _joined(
    before: _Ticket, after: _Ticket, *, at: str, member_id: int | None
) -> Iterator[TicketEvent]:
    """Merged into another ticket, or bundled below one."""
    merged = (after.get("mergedParentTicket") or {}).get("id")
    if merged != (before.get("mergedParentTicket") or {}).get("id"):
        yield TicketEvent(after["id"], at, "merged", None, str(merged), member_id)
    parent = after.get("parentTicketId")
    if parent != before.get("parentTicketId"):
        yield TicketEvent(after["id"], at, "bundled", None, str(parent), member_id)


def _named(ticket: _Ticket, field: str) -> str | None:
    """The name of a reference, or the identifier of a member."""
    reference = ticket.get(field) or {}
    name: str | None = reference.get("identifier", reference.get("name"))
    return name
