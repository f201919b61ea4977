"""The sandbox's own SLA clock: minutes per stage from a ticket's status changes.

Stages only advance, except that leaving Resolved goes back to Resolve. Waiting stops
the clock. Minutes are counted per stage in the SLA's calendar; targets count from
entry. Where a stage is jumped over (new to done in one step), the minutes go to the
``skipped`` counters and to the stage that is reached.
"""

from dataclasses import dataclass

from pipelines.sandbox.generate.calendar import MINUTE, WorkCalendar
from pipelines.sandbox.generate.firm import (
    NOT_RESPONDED,
    PLANNED,
    RESOLVED,
    RESPONDED,
    WAITING,
)

# instant, stage of the status, identifier of who moved the ticket
Change = tuple[int, int, str]


@dataclass(slots=True)
class Reading:
    """What the clock shows at the end; instants are None where not reached."""

    started: int
    respond: int = 0
    plan: int = 0
    resolve: int = 0
    waiting: int = 0
    before_waiting: int = 0
    respond_skipped: int = 0
    plan_skipped: int = 0
    responded_at: int | None = None
    planned_at: int | None = None
    resolved_at: int | None = None
    responded_by: str | None = None
    planned_by: str | None = None
    resolved_by: str | None = None
    stage: int = NOT_RESPONDED
    is_waiting: bool = False

    def meets(self, targets: tuple[float, float, float]) -> tuple[bool, bool, bool]:
        """Whether response, plan and resolution are (still) within target hours."""
        respond, plan, resolve = targets
        return (
            self.respond + self.respond_skipped <= respond * 60,
            self.plan + self.plan_skipped + self.respond <= plan * 60,
            self.resolve + self.plan + self.respond <= resolve * 60,
        )


def read_clock(changes: list[Change], *, calendar: WorkCalendar, now: int) -> Reading:
    """Run the clock over the changes, the first of which is the entry."""
    entered = changes[0][0]
    reading = Reading(started=calendar.next_open(entered))
    position = calendar.position(entered)
    waited = False
    for at, stage, by in changes[1:]:
        here = calendar.position(at)
        minutes = (here - position) // MINUTE
        position += minutes * MINUTE
        _count(reading, minutes, to=stage)
        if stage == WAITING and not waited:
            reading.before_waiting = reading.respond + reading.plan + reading.resolve
            waited = True
        _move(reading, at, stage, by)
    if reading.stage != RESOLVED:
        _count(reading, (calendar.position(now) - position) // MINUTE, to=reading.stage)
    return reading


def _count(reading: Reading, minutes: int, *, to: int) -> None:
    if reading.is_waiting:
        reading.waiting += minutes
    elif reading.stage == NOT_RESPONDED and to == RESOLVED:
        reading.respond_skipped += minutes
        reading.plan_skipped += minutes
        reading.resolve += minutes
    elif reading.stage == NOT_RESPONDED:
        reading.respond += minutes
    elif reading.stage == RESPONDED:
        reading.plan += minutes
    elif reading.stage == PLANNED:
        reading.resolve += minutes


def _move(reading: Reading, at: int, stage: int, by: str) -> None:
    reading.is_waiting = stage == WAITING
    if stage == WAITING:
        if reading.stage == RESOLVED:
            reading.stage, reading.resolved_at = PLANNED, None
        return
    if reading.stage == RESOLVED and stage != RESOLVED:
        reading.resolved_at = reading.resolved_by = None
        reading.stage = PLANNED
        return
    reading.stage = max(reading.stage, stage)
    if stage >= RESPONDED and reading.responded_at is None:
        reading.responded_at, reading.responded_by = at, by
    if stage >= PLANNED and reading.planned_at is None:
        reading.planned_at, reading.planned_by = at, by
    if stage == RESOLVED and reading.resolved_at is None:
        reading.resolved_at, reading.resolved_by = at, by
