"""One month of tickets: arrivals and project tickets get ids, lives and records.

Service and project tickets share one id sequence, in order of entry. Merges and
bundles are settled before records are built, so that a parent knows its children.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.arrivals import Arrival, Arrivals
from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, Month, stamp
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.errands import VISIT, Errand
from pipelines.sandbox.generate.flaws import Flaws
from pipelines.sandbox.generate.notes import ticket_notes
from pipelines.sandbox.generate.outbox import Outbox
from pipelines.sandbox.generate.project_work import ProjectDesk
from pipelines.sandbox.generate.projects import Task
from pipelines.sandbox.generate.records import Json
from pipelines.sandbox.generate.scene import FORGOTTEN, Charge, Scene
from pipelines.sandbox.generate.schedule import book_visit
from pipelines.sandbox.generate.sla_clock import Reading, read_clock
from pipelines.sandbox.generate.surveys import SurveyDesk
from pipelines.sandbox.generate.tasks import TaskMaker
from pipelines.sandbox.generate.ticket_life import Life, LifeMaker, Move, Session
from pipelines.sandbox.generate.ticket_record import Ticket, ticket_record
from pipelines.sandbox.generate.time_entries import TimeBook, Work
from pipelines.sandbox.generate.words import ALERT_SOURCES, TIME_NOTES
from pipelines.sandbox.generate.writer import Event

_PATH = "/service/tickets"
_NOTES = "/service/tickets/{parent_id}/notes"
_TASKS = "/service/tickets/{parent_id}/tasks"
_SCHEDULE = "/schedule/entries"


@dataclass(slots=True)
class _Slot:
    """A ticket of the month before its life is made."""

    id: int
    item: Arrival | Task
    merged_into: "_Slot | None" = None
    bundled_into: "_Slot | None" = None
    touched: int = 0
    has_merged: bool = False
    has_child: bool = False


class ServiceDesk:
    """Works off the tickets of each month."""

    def __init__(
        self,
        scene: Scene,
        *,
        arrivals: Arrivals,
        projects: ProjectDesk,
        book: TimeBook,
        flaws: Flaws,
        outbox: Outbox,
    ) -> None:
        self._scene = scene
        self._outbox = outbox
        self._tasks = TaskMaker(scene, scene.stream("service tasks"), scene.task_ids)
        self.surveys = SurveyDesk(scene, flaws.log)
        self._arrivals = arrivals
        self._projects = projects
        self._book = book
        self._flaws = flaws
        self._lives = LifeMaker(scene)
        self._rng = scene.stream("service")
        self._busy_left = scene.profile.busy_ticket_entries

    def work(self, month: Month) -> None:
        """Make every ticket that is entered in the month."""
        for slot in self._slots(month):
            if isinstance(slot.item, Task):
                self._projects.work(slot.id, slot.item)
            else:
                self._serve(slot, slot.item)

    def _slots(self, month: Month) -> list[_Slot]:
        ids = self._scene.ticket_ids
        items: Iterator[Arrival | Task] = merge(
            self._arrivals.of(month),
            self._projects.tasks_of(month),
            key=lambda item: item.at,
        )
        slots = [_Slot(next(ids), item) for item in items]
        last: dict[int, _Slot] = {}
        for slot in slots:
            item = slot.item
            if not isinstance(item, Arrival) or item.is_planted:
                continue
            if item.board.id == firm.HELP_DESK:
                self._link(slot, item, last)
        return slots

    def _link(self, slot: _Slot, arrival: Arrival, last: dict[int, _Slot]) -> None:
        draw, company = self._rng.random(), arrival.company
        previous = last.get(company.id)
        related = previous is not None and arrival.at < self._scene.now - HOUR
        share = 0.75 if arrival.burst else 0.055
        if related and previous is not None and draw < share:
            slot.merged_into = previous
            previous.has_merged = True
            previous.touched = max(previous.touched, arrival.at + 50 * MINUTE)
            return
        if related and previous is not None and draw > 0.967:
            slot.bundled_into = previous
            previous.has_child = True
            self._tasks.child_of[previous.id] = slot.id
            previous.touched = max(previous.touched, arrival.at + 5 * MINUTE)
        if not (previous and arrival.burst and slot.merged_into):
            last[company.id] = slot

    def _serve(self, slot: _Slot, arrival: Arrival) -> None:
        scene, company = self._scene, arrival.company
        life = self._life(slot, arrival)
        agreement = company.agreement_at(arrival.at) if company.is_client else None
        ticket = Ticket(slot.id, arrival, life, agreement, None, 0, "zadmin")
        ticket.reading = self._read(arrival, life)
        if slot.merged_into and isinstance(slot.merged_into.item, Arrival):
            parent = slot.merged_into
            ticket.merged_into = {"id": parent.id, "summary": arrival.summary}
            ticket.merged_into["summary"] = slot.merged_into.item.summary
        self._date(slot, ticket)
        record = ticket_record(ticket, rng=self._rng, calendars=scene.calendars)
        self._add_links(record, slot)
        self._tally(ticket)
        self._flaws.tickets.over(record)
        self._flaws.misjudge(record)
        scene.writer.add(_PATH, record)
        events = list(_events(ticket, slot))
        scene.writer.add_events(events)
        self._outbox.add_ticket(record, events, "ServiceTicket")
        self._enter_time(ticket)
        self._note_errand(ticket)
        self._write_notes(ticket)
        booking = self._write_booking(ticket)
        for task in self._tasks.of(ticket.id, arrival.board, life, booking):
            scene.writer.add(_TASKS, task, ticket.id)
        self.surveys.ask(ticket)

    def _life(self, slot: _Slot, arrival: Arrival) -> Life:
        if slot.merged_into:
            return self._lives.merge(arrival, after=slot.merged_into.item.at)
        life = self._lives.live(arrival)
        is_old = arrival.at > self._scene.start + 20 * DAY
        is_plain = arrival.board.id == firm.INTERNAL and not arrival.burst
        if self._busy_left and is_old and is_plain:
            life = self._busy_life(arrival)
            self._flaws.log.note("ticket_with_many_time_entries", _PATH, slot.id)
        return life

    def _busy_life(self, arrival: Arrival) -> Life:
        """A ticket that a robotic habit charges thousands of minutes to."""
        count, self._busy_left = self._busy_left, 0
        scene, rng = self._scene, self._rng
        owner = scene.desk.pick(("tier2", "owner"), arrival.at)
        life = Life(moves=[(arrival.at, "new", None)])
        step = (scene.now - arrival.at - 2 * DAY) / (count + 1)
        for index in range(count):
            start = arrival.at + int(step * (index + rng.random())) // 180 * 180 + 180
            member = owner if owner.works_at(start) else scene.members[0]
            session = Session(start, start + 180, start + 240, member, "internal")
            life.sessions.append(session)
        life.moves.append((arrival.at + 2 * HOUR, "assigned", owner))
        life.moves.append((life.sessions[0].start + HOUR * 3, "progress", owner))
        life.owners.append((arrival.at + 2 * HOUR, owner))
        life.cut(scene.now)
        return life

    def _read(self, arrival: Arrival, life: Life) -> Reading | None:
        if arrival.company.sla is None:
            return None
        calendar_id = firm.SLAS[arrival.company.sla].calendar_id
        statuses = arrival.board.statuses
        changes = [
            (at, statuses[key].stage, member.identifier if member else "zadmin")
            for at, key, member in life.moves
        ]
        calendar = self._scene.calendars[calendar_id]
        return read_clock(changes, calendar=calendar, now=self._scene.now)

    def _date(self, slot: _Slot, ticket: Ticket) -> None:
        """When the ticket last changed, and by whom."""
        at, _, mover = ticket.life.moves[-1]
        ticket.updated_by = mover.identifier if mover else "zadmin"
        for session in ticket.life.sessions:
            if session.entered > at:
                at, ticket.updated_by = session.entered, session.member.identifier
        ticket.updated = min(self._scene.now, max(at, slot.touched))

    @staticmethod
    def _add_links(record: Json, slot: _Slot) -> None:
        record["hasMergedChildTicketFlag"] = slot.has_merged
        record["hasChildTicket"] = slot.has_child
        if slot.bundled_into:
            record["parentTicketId"] = slot.bundled_into.id

    def _tally(self, ticket: Ticket) -> None:
        """Measure the stories on the way."""
        arrival, stories = ticket.arrival, self._scene.stories
        if arrival.alert == ALERT_SOURCES[0]:
            stories.alert_tickets += 1
            stories.alert_hours += sum(s.hours for s in ticket.life.sessions)
        if arrival.board.id != firm.HELP_DESK:
            return
        day = arrival.at // DAY
        stories.backlog[day] = stories.backlog.get(day, 0) + 1
        if ticket.closed_at is not None:
            day = ticket.closed_at // DAY
            stories.backlog[day] = stories.backlog.get(day, 0) - 1
        if ticket.reading is None or ticket.merged_into:
            return
        if arrival.priority.id == stories.sla_priority:
            targets = firm.SLAS[arrival.company.sla or 1].targets[arrival.priority.id]
            key = (
                stories.is_sla_month(arrival.at),
                ticket.reading.meets(targets)[0],
            )
            stories.responses[key] = stories.responses.get(key, 0) + 1

    def _enter_time(self, ticket: Ticket) -> None:
        if not ticket.life.sessions:
            return
        arrival, rng = ticket.arrival, self._rng
        charge = Charge(
            id=ticket.id,
            type="ServiceTicket",
            company=arrival.company,
            cover=_cover(arrival.company, ticket),
            agreement=ticket.agreement,
            ticket=ticket.ref,
            board=arrival.board.name,
            status=ticket.status.name,
            kind=arrival.type.name,
            subtype=arrival.type.subtypes[ticket.id % 3]["name"],
            department=arrival.board.department,
        )
        unbilled = replace(charge, cover=FORGOTTEN, agreement=None)
        plan = self._scene.money
        for session in ticket.life.sessions:
            forgets = plan.forgets_cover(arrival.company, session.start)
            work = Work(
                session.start, session.end, session.entered, session.member,
                session.work_type, unbilled if forgets else charge,
                rng.choice(TIME_NOTES),
            )  # fmt: skip
            self._book.push(work)

    def _note_errand(self, ticket: Ticket) -> None:
        """A visit costs travel, and a part now and then."""
        arrival = ticket.arrival
        if arrival.board.id == firm.SALES:
            self._scene.sales_tickets[arrival.company.id] = ticket.ref
        if arrival.board.id == firm.ONSITE and ticket.life.sessions:
            visit = ticket.life.sessions[0]
            errand = Errand(
                visit.end, VISIT, visit.member, arrival.company, ticket.ref,
                "ServiceTicket", agreement=ticket.agreement,
            )  # fmt: skip
            self._scene.errands.append(errand)

    def _write_notes(self, ticket: Ticket) -> None:
        contact = ticket.arrival.contact
        is_machine = ticket.arrival.board.id == firm.ALERTS
        for note in ticket_notes(
            self._scene, ticket.id, ticket.life, None if is_machine else contact,
            is_project=False, rng=self._rng,
        ):  # fmt: skip
            self._flaws.notes.over(note)
            self._scene.writer.add(_NOTES, note, ticket.id)

    def _write_booking(self, ticket: Ticket) -> Json | None:
        arrival = ticket.arrival
        is_visit = arrival.board.id == firm.ONSITE
        if not is_visit and (
            arrival.board.id == firm.ALERTS or self._rng.random() > 0.12
        ):
            return None
        record = book_visit(
            self._scene, ticket.id, arrival.summary, ticket.life,
            place="onsite" if is_visit else "remote", rng=self._rng,
        )  # fmt: skip
        if record:
            self._scene.writer.add(_SCHEDULE, record)
        return record


def _cover(company: Company, ticket: Ticket) -> str:
    if ticket.agreement is not None:
        return "agreement"
    internal = ticket.arrival.board.id in {firm.INTERNAL, firm.SALES}
    return "tm" if company.is_client and not internal else "none"


def _events(ticket: Ticket, slot: _Slot) -> Iterator[Event]:
    board = ticket.arrival.board
    yield from move_events(ticket.id, ticket.life.moves, board)
    before: str | None = None
    for at, member in ticket.life.owners:
        if member.identifier != before:
            yield (
                ticket.id, stamp(at), "owner", before, member.identifier, member.id,
            )  # fmt: skip
        before = member.identifier
    if slot.merged_into:
        merged = stamp(ticket.life.moves[-1][0])
        yield (ticket.id, merged, "merged", None, str(slot.merged_into.id), None)
    if slot.bundled_into:
        entered = stamp(ticket.arrival.at)
        yield (ticket.id, entered, "bundled", None, str(slot.bundled_into.id), None)


def move_events(
    ticket_id: int, moves: list[Move], board: firm.Board
) -> Iterator[Event]:
    """Events of entry and of every change of status."""
    before: firm.Status | None = None
    for at, key, member in moves:
        status = board.statuses[key]
        by = member.id if member else None
        if before is None:
            yield (ticket_id, stamp(at), "created", None, status.name, by)
        elif before.id != status.id:
            is_back = before.stage == firm.RESOLVED and status.stage != firm.RESOLVED
            kind = "reopened" if is_back else "status"
            yield (ticket_id, stamp(at), kind, before.name, status.name, by)
        before = status
