"""Bookings of people: onsite visits, dispatches, project work.

A booking is kept when its work starts as booked; how often, varies by member. The
planted story of missed onsite bookings shows in ``doneFlag`` and in where time lies.
"""

from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.records import Json, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import guid
from pipelines.sandbox.generate.ticket_life import Life

# id, identifier, name, charge code
SCHEDULE_TYPES = (
    (2, "C", "Activity", None),
    (4, "S", "Service", None),
    (6, "O", "Opportunity", None),
    (10, "V", "Vacation", 7),
    (11, "L", "Sick leave", 8),
    (12, "T", "Training", 3),
)
SCHEDULE_STATUSES = ((1, "Tentative"), (2, "Firm"), (3, "Cancelled"))
_SERVICE = {"id": 4, "identifier": "S"}


def book_visit(
    scene: Scene, ticket_id: int, summary: str, life: Life, *, place: str, rng: Random
) -> Json | None:
    """The record of ``/schedule/entries`` for a ticket, if it was booked."""
    if life.booking is None and life.sessions:
        session = life.sessions[0]
        life.booking = (session.start, session.end, session.member)
    if life.booking is None:
        return None
    start, end, member = life.booking
    is_kept = any(s.start == start and s.member is member for s in life.sessions)
    if place == "onsite" and end <= scene.now:
        tally = scene.stories.bookings.setdefault(member.id, [0, 0])
        tally[0] += 1
        tally[1] += is_kept
    entered = max(life.moves[0][0], start - rng.randrange(1, 9) * DAY)
    changed = end + HOUR if is_kept else entered
    return {
        "id": next(scene.schedule_ids),
        "objectId": ticket_id,
        "name": summary,
        "member": member.ref,
        "where": firm.SERVICE_LOCATIONS[place],
        "dateStart": stamp(start),
        "dateEnd": stamp(end),
        "reminder": ref(1, "15 Minutes"),
        "status": ref(2, "Firm"),
        "type": _SERVICE,
        "span": {"id": 1, "identifier": "W"},
        "doneFlag": is_kept,
        "acknowledgedFlag": start < scene.now,
        "ownerFlag": True,
        "meetingFlag": False,
        "allowScheduleConflictsFlag": False,
        "mobileGuid": guid(rng),
        "notifyResource": False,
        "hours": round((end - start) / HOUR, 2),
        "startTimeSet": True,
        "endTimeSet": True,
        **({"closeDate": stamp(min(changed, scene.now))} if is_kept else {}),
        "_info": info(min(changed, scene.now), member.identifier),
    }
