"""Project tickets at work: lives, time, notes and bookings of the planned tasks."""

from bisect import bisect_left

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, Month, stamp
from pipelines.sandbox.generate.errands import BUILD, ORDER, Errand
from pipelines.sandbox.generate.flaws import Flaws
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.money import FixedFee, Till
from pipelines.sandbox.generate.notes import ticket_notes
from pipelines.sandbox.generate.outbox import Outbox
from pipelines.sandbox.generate.project_people import write_people
from pipelines.sandbox.generate.project_records import (
    phase_record,
    project_notes,
    project_record,
    project_ticket_record,
)
from pipelines.sandbox.generate.projects import (
    Project,
    Task,
    closes_now,
    plan_projects,
    set_prices,
)
from pipelines.sandbox.generate.records import Json, without_info
from pipelines.sandbox.generate.scene import Charge, Scene
from pipelines.sandbox.generate.schedule import book_visit
from pipelines.sandbox.generate.tasks import TaskMaker
from pipelines.sandbox.generate.ticket_life import GRID, Life, Session, enter_after
from pipelines.sandbox.generate.time_entries import TimeBook, Work
from pipelines.sandbox.generate.words import TIME_NOTES
from pipelines.sandbox.generate.writer import Event

_CONVERTED = 0.005  # Of all tickets, moved from service to project.
_PATH = "/project/tickets"
_NOTES = "/project/tickets/{parent_id}/notes"
_TASKS = "/project/tickets/{parent_id}/tasks"
_ERRANDS = {"Order hardware": ORDER, "Cut-over weekend": BUILD, "Design review": BUILD}


class ProjectDesk:
    """Works off project tickets; ``finish`` writes the projects themselves."""

    def __init__(
        self,
        scene: Scene,
        *,
        tickets: int,
        book: TimeBook,
        till: Till,
        flaws: Flaws,
        outbox: Outbox,
    ) -> None:
        self._scene = scene
        share = scene.profile.project_ticket_share
        self._converted_every = round(share / _CONVERTED)
        self._outbox = outbox
        self._task_maker = TaskMaker(
            scene, scene.stream("project tasks"), scene.task_ids
        )
        self._book = book
        self._flaws = flaws
        self._rng = scene.stream("project work")
        self._projects, self._tasks = plan_projects(scene, tickets=tickets)
        set_prices(self._projects, self._tasks)
        for project in self._projects:
            if project.amount:
                amount = round(project.amount * 0.3, 2)
                due = project.begin + 30 * HOUR
                till.fixed_fees.append(
                    _fee(scene, project, amount, due=due, kind="DownPayment")
                )
        self._till = till

    def tasks_of(self, month: Month) -> list[Task]:
        """Tickets that are created in the month."""
        begin = bisect_left(self._tasks, month.begin, key=lambda task: task.at)
        if month.index == 0:
            begin = 0
        end = bisect_left(self._tasks, month.end, key=lambda task: task.at)
        return self._tasks[begin:end]

    def work(self, number: int, task: Task) -> None:
        """Make one project ticket with all that belongs to it."""
        scene, project = self._scene, task.project
        life = self._live(task)
        board = scene.boards[firm.PROJECTS]
        is_closed = board.statuses[life.moves[-1][1]].is_closed
        closed_at = life.moves[-1][0] if is_closed else None
        hours = round(sum(session.hours for session in life.sessions), 2)
        project.count(task, hours=hours, closed_at=closed_at)
        for session in life.sessions:
            project.worked(task.phase, session.start, session.end)
            project.staffed(session.member, session.start, session.end)
        entered = [session.entered for session in life.sessions]
        updated = min(scene.now, max([life.moves[-1][0], *entered]))
        project.changed = max(project.changed, updated)
        record = project_ticket_record(
            number, task, life, updated=updated, rng=self._rng
        )
        self._flaws.project_tickets.over(record)
        booking = self._write_notes(number, task, life)
        tasks = self._task_maker.of(number, board, life, booking)
        record["tasks"] = [without_info(each) for each in tasks]
        scene.writer.add(_PATH, record)
        for each in tasks:
            scene.writer.add(_TASKS, each, number)
        events = self._events(number, life)
        scene.writer.add_events(events)
        self._outbox.add_ticket(record, events, "ProjectTicket")
        self._enter_time(number, task, life, board)
        self._note_errand(number, task, life)

    def _live(self, task: Task) -> Life:
        scene, rng = self._scene, self._rng
        office = scene.calendars[firm.OFFICE_CALENDAR]
        life = Life(moves=[(task.at, "new", None)])
        owner = self._engineer(task.begin)
        life.moves.append((task.at + 2 * HOUR, "scheduled", owner))
        life.owners.append((task.at + 2 * HOUR, owner))
        left, begin, end = int(task.work * HOUR) // GRID * GRID, task.begin, task.begin
        while left >= GRID:
            length = min(left, int(rng.uniform(1.2, 3.6) * HOUR) // GRID * GRID)
            if left - length < HOUR // 2:
                length = left
            begin, end = self._session(life, owner, begin, length, task=task)
            left -= length
            begin = office.after(end, int(rng.uniform(0.2, 5.0) * HOUR))
        if task.finishes:
            life.moves.append((end + 10 * MINUTE, "completed", owner))
            closed = office.after(end, int(rng.uniform(2, 14) * HOUR))
            life.moves.append((closed, "closed", task.project.manager))
        life.cut(scene.now)
        return life

    def _engineer(self, at: int) -> Member:
        """A project engineer, or a senior of the service team lent to projects."""
        draw = self._rng.random()
        roles = ("project", "tier3") if draw < 0.65 else ("tier3", "tier2")
        if draw > 0.85:
            roles = ("tier2", "tier3")
        return self._scene.desk.pick(roles, at)

    def _session(
        self, life: Life, owner: Member, begin: int, length: int, *, task: Task
    ) -> tuple[int, int]:
        scene = self._scene
        if not owner.works_at(begin):
            owner = self._engineer(begin)
        aligned = begin + GRID - begin % GRID
        start, end = scene.desk.book(owner, aligned, length)
        if task.latest is not None and end > task.latest:
            day = owner.calendar.index(min(begin, task.latest))
            start, end = scene.desk.take(owner, day, owner.calendar.opens[day], length)
        entered = enter_after(owner, end, self._rng)
        life.moves.append((start, "progress", owner))
        life.sessions.append(Session(start, end, entered, owner, "project"))
        return start, end

    def _events(self, number: int, life: Life) -> list[Event]:
        board = self._scene.boards[firm.PROJECTS]
        events: list[Event] = []
        before: firm.Status | None = None
        if number % self._converted_every == 0:  # Once a service ticket.
            entered = stamp(life.moves[0][0])
            events.append((number, entered, "converted", "service", "project", None))
        for at, key, member in life.moves:
            status = board.statuses[key]
            if before is None or before.id != status.id:
                kind = "status" if before else "created"
                name = before.name if before else None
                by = member.id if member else None
                events.append((number, stamp(at), kind, name, status.name, by))
            before = status
        return events

    def _enter_time(
        self, number: int, task: Task, life: Life, board: firm.Board
    ) -> None:
        project = task.project
        charge = Charge(
            id=number,
            type="ProjectTicket",
            company=project.company,
            cover="fixed" if project.is_fixed else "project",
            ticket={"id": number, "summary": task.summary},
            project=project.ref,
            phase=task.phase.ref,
            board=board.name,
            status=board.statuses[life.moves[-1][1]].name,
            kind=board.types[0].name,
            subtype=board.types[0].subtypes[number % 3]["name"],
            department="Projects",
        )
        for session in life.sessions:
            notes = self._rng.choice(TIME_NOTES)
            work = Work(
                session.start, session.end, session.entered, session.member,
                session.work_type, charge, notes,
            )  # fmt: skip
            self._book.push(work)

    def _note_errand(self, number: int, task: Task, life: Life) -> None:
        """Ordering costs hardware; a cut-over, a night away."""
        kind = _ERRANDS.get(task.summary)
        if kind is None or not life.sessions:
            return
        session, project = life.sessions[-1], task.project
        errand = Errand(
            session.end, kind, session.member, project.company,
            {"id": number, "summary": task.summary}, "ProjectTicket",
            project=project.ref, phase=task.phase.ref,
        )  # fmt: skip
        self._scene.errands.append(errand)

    def _write_notes(self, number: int, task: Task, life: Life) -> Json | None:
        scene = self._scene
        for note in ticket_notes(
            scene, number, life, None, is_project=True, rng=self._rng
        ):
            scene.writer.add(_NOTES, note, number)
        booking = book_visit(
            scene, number, task.summary, life, place="house", rng=self._rng
        )
        if booking:
            scene.writer.add("/schedule/entries", booking)
        return booking

    def settle(self, month: Month) -> None:
        """Close finished projects, and bill the rest of their fixed prices."""
        for project in self._projects:
            if not closes_now(project, scene_now=self._scene.now):
                continue
            project.closed_at = project.last_closed + 4 * DAY
            project.changed = max(project.changed, project.closed_at)
            if project.amount:
                due = max(project.closed_at, month.begin)
                rest = round(project.amount * 0.7, 2)
                self._till.fixed_fees.append(
                    _fee(self._scene, project, rest, due=due, kind="Progress")
                )

    def finish(self) -> None:
        """Write projects, phases and project notes."""
        scene = self._scene
        for project in self._projects:
            for note in project_notes(project, scene=scene, rng=self._rng):
                path = "/project/projects/{parent_id}/notes"
                scene.writer.add(path, note, project.id)
            for phase in project.phases:
                sale = scene.sales_won.get(project.company.id)
                record = phase_record(project, phase, sale=sale, now=scene.now)
                path = "/project/projects/{parent_id}/phases"
                scene.writer.add(path, record, project.id)
            write_people(project, scene=scene)
            record = project_record(project, scene=scene)
            self._flaws.projects.over(record)
            scene.writer.add("/project/projects", record)
            if project.story:
                scene.stories.projects[project.story] = _story(project)
        self._flaws.add_orphan_phase(self._projects[-1], scene)


def _fee(
    scene: Scene, project: Project, amount: float, *, due: int, kind: str
) -> FixedFee:
    index = next(i for i, c in enumerate(scene.companies) if c is project.company)
    return FixedFee(project.ref, index, amount, due, kind)


def _story(project: Project) -> Json:
    return {
        "id": project.id,
        "name": project.name,
        "when": {
            "stalled": f"no work since {stamp(project.last_work or 0)}",
            "late_but_cheap": f"due {stamp(project.end)}",
        }.get(project.story or "", "now"),
        "budget_hours": project.budget,
        "actual_hours": project.actual,
        "burn": round(project.actual / project.budget, 3),
        "percent_complete": project.progress,
        "due": stamp(project.end),
        "last_work": stamp(project.last_work or project.begin),
    }
