"""Tasks on tickets: check lists of visits, consulting, new accounts and projects.

Done tasks say how they ended; the first one refers to the ticket's booking, and where
a ticket was bundled, one task stands for the other ticket.
"""

from dataclasses import dataclass, field
from itertools import count
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import MINUTE
from pipelines.sandbox.generate.records import Json, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.ticket_life import Life
from pipelines.sandbox.generate.words import TASKS

# id, name, description
TASK_CODES = (
    (1, "Prepare", "Order, stage or plan what the work needs"),
    (2, "Do", "The work itself"),
    (3, "Check", "Test together with the user"),
    (4, "Document", "Write down what has changed"),
)
_SHARE = {
    firm.HELP_DESK: 0.06,
    firm.ONSITE: 0.6,
    firm.CONSULTING: 0.5,
    firm.PROJECTS: 0.4,
}


@dataclass(slots=True)
class TaskMaker:
    """Draws the tasks of one kind of ticket."""

    scene: Scene
    rng: Random
    numbers: "count[int]"
    child_of: dict[int, int] = field(default_factory=dict)

    def of(
        self, ticket_id: int, board: firm.Board, life: Life, booking: Json | None
    ) -> list[Json]:
        """Records of ``/service|project/tickets/{parent_id}/tasks`` of one ticket."""
        child = self.child_of.get(ticket_id)
        if not life.owners or (
            self.rng.random() >= _SHARE.get(board.id, 0.0) and child is None
        ):
            return []
        texts = TASKS[: self.rng.randrange(2, len(TASKS) + 1)]
        is_closed = board.statuses[life.moves[-1][1]].is_closed
        begun = min(len(life.sessions), len(texts) - 1)
        done = len(texts) if is_closed else begun
        records = [
            self._task(ticket_id, life, place, is_done=place <= done)
            for place in range(1, len(texts) + 1)
        ]
        if booking is not None:
            shown = {"id": booking["id"], "description": booking["name"]}
            records[0]["schedule"] = shown
        if child is not None:
            records[-1]["childTicketId"] = child
            records[-1]["childScheduleAction"] = "Transfer"
        return records

    def _task(self, ticket_id: int, life: Life, place: int, *, is_done: bool) -> Json:
        asked, note = TASKS[place - 1]
        number, name, _ = TASK_CODES[(place - 1) % len(TASK_CODES)]
        at, member = life.owners[0]
        if is_done:
            last = life.moves[-1][0]
            at += int((last - at) * place / (len(TASKS) + 1))
            member = life.owners[-1][1]
        record: Json = {
            "id": next(self.numbers),
            "ticketId": ticket_id,
            "summary": asked,
            "notes": note,
            "closedFlag": is_done,
            "priority": place,
            "code": ref(number, name),
            "member": member.ref,
            "_info": info(min(self.scene.now, at + MINUTE), member.identifier),
        }
        if is_done:
            record["resolution"] = f"{asked}: done"
        return record
