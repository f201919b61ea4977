"""Projects: phases, tickets with budgets, slippage, closure, and three stories.

Plans are laid before the months go by; a project's tickets are worked on as people
find time (``desk``). Hours and progress are summed up while tickets are written, and
the project's own record comes last.
"""

from dataclasses import dataclass, field
from random import Random

from pipelines.sandbox.generate.calendar import DAY, HOUR, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, money, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import apportion, lognormal
from pipelines.sandbox.generate.words import PHASES, PROJECT_KINDS, PROJECT_TASKS

STORY_KEYS = ("over_budget", "late_but_cheap", "stalled")
_STORY_TASKS = 10
_STORY_BUDGET = 8.0


@dataclass(slots=True)
class Phase:
    """A phase; hours are summed up from its tickets."""

    id: int
    name: str
    wbs: str
    begin: int
    end: int
    budget: float = 0.0
    actual: float = 0.0
    first_work: int | None = None
    last_work: int | None = None
    open_tasks: int = 0

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)


@dataclass(slots=True)
class Task:
    """A project ticket before it is created."""

    at: int
    project: "Project"
    phase: Phase
    summary: str
    budget: float
    begin: int
    work: float
    finishes: bool
    latest: int | None = None


@dataclass(slots=True)
class Project:
    """A project and what is summed up of it."""

    id: int
    name: str
    kind: int
    company: Company
    manager: Member
    begin: int
    end: int
    is_fixed: bool
    has_budget: bool
    story: str | None
    phases: list[Phase] = field(default_factory=list)
    budget: float = 0.0
    actual: float = 0.0
    amount: float = 0.0
    closed_budget: float = 0.0
    open_tasks: int = 0
    planned: int = 0
    made: int = 0
    first_work: int | None = None
    last_work: int | None = None
    last_closed: int = 0
    changed: int = 0
    closed_at: int | None = None
    people: dict[int, tuple[Member, int, int]] = field(default_factory=dict)

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)

    @property
    def progress(self) -> float:
        """Share of the budget whose tickets are closed, as a fraction."""
        return round(self.closed_budget / self.budget, 4) if self.budget else 0.0

    def count(self, task: Task, *, hours: float, closed_at: int | None) -> None:
        """Add what a ticket of it came to."""
        self.made += 1
        for each in (self, task.phase):
            each.budget = round(each.budget + task.budget, 2)
            each.actual = round(each.actual + hours, 2)
            each.open_tasks += closed_at is None
        if closed_at is not None:
            self.closed_budget = round(self.closed_budget + task.budget, 2)
            self.last_closed = max(self.last_closed, closed_at)

    def worked(self, phase: Phase, start: int, end: int) -> None:
        """Note when work was done on it."""
        for each in (self, phase):
            each.first_work = min(each.first_work or start, start)
            each.last_work = max(each.last_work or end, end)

    def staffed(self, member: Member, start: int, end: int) -> None:
        """Note who worked on it, and from when until when."""
        _, first, last = self.people.get(member.id, (member, start, end))
        self.people[member.id] = member, min(first, start), max(last, end)


def plan_projects(scene: Scene, *, tickets: int) -> tuple[list[Project], list[Task]]:
    """Projects and their tickets-to-be, these by time of creation."""
    rng = scene.stream("projects")
    spared = {scene.stories.loser.id, scene.stories.overpayer.id}
    clients = [c for c in scene.companies if c.is_client and c.id not in spared]
    sizes = [_STORY_TASKS] * 3 + apportion(
        tickets - 3 * _STORY_TASKS,
        [lognormal(rng, 1.0, 0.5) for _ in range(scene.profile.projects - 3)],
    )
    projects, tasks = [], []
    for index, size in enumerate(sizes):
        story = STORY_KEYS[index] if index < 3 else None
        project = _project(scene, index, clients, story=story, rng=rng)
        project.planned = size
        projects.append(project)
        tasks.extend(_tasks(scene, project, size, rng=rng))
    tasks.sort(key=lambda task: (task.at, task.project.id))
    return projects, tasks


def _project(
    scene: Scene, index: int, clients: list[Company], *, story: str | None, rng: Random
) -> Project:
    now, span = scene.now, scene.now - scene.start
    if story:
        steady = [c for c in clients if c.until is None and c.since < now - 260 * DAY]
        company = (steady or clients)[index % len(steady or clients)]
        begin, end = {
            "over_budget": (now - 110 * DAY, now + 30 * DAY),
            "late_but_cheap": (now - 150 * DAY, now - 45 * DAY),
            "stalled": (now - 210 * DAY, now - 30 * DAY),
        }[story]
    else:
        begin = scene.start + int(span * rng.random() * 0.97)
        end = begin + int(lognormal(rng, 70, 0.5)) * DAY
        active = [c for c in clients if c.active_at(begin)]
        company = rng.choice(active or clients)
    kind = rng.randrange(len(PROJECT_KINDS))
    managers = [m for m in scene.members if m.role == "manager" and m.works_at(begin)]
    managers = managers or [m for m in scene.members if m.role == "owner"]
    project = Project(
        id=201 + index,
        name=f"{PROJECT_KINDS[kind]} - {company.name}"[:100],
        kind=kind,
        company=company,
        manager=rng.choice(managers),
        begin=utc_midnight(begin),
        end=utc_midnight(end),
        is_fixed=rng.random() < 0.5 and story != "over_budget",
        has_budget=story is not None or rng.random() > 0.1,
        story=story,
    )
    project.changed = project.begin
    _add_phases(project)
    return project


def _add_phases(project: Project) -> None:
    wanted = 3 if project.story else 2 + project.id % 4
    span = project.end - project.begin
    for index in range(wanted):
        begin = project.begin + span * index // wanted
        end = project.begin + span * (index + 1) // wanted
        project.phases.append(
            Phase(
                project.id * 10 + index,
                PHASES[index],
                str(index + 1),
                utc_midnight(begin),
                utc_midnight(end),
            )
        )


def _tasks(scene: Scene, project: Project, size: int, *, rng: Random) -> list[Task]:
    if project.story:
        return _story_tasks(scene, project, size)
    slip = lognormal(rng, 1.05, 0.2)
    burn = lognormal(rng, 1.0, 0.3)
    tasks = []
    for index in range(size):
        part = index / max(1, size)
        phase = project.phases[int(part * len(project.phases))]
        begin = project.begin + int((project.end - project.begin) * part * slip)
        late = rng.random() < 0.2  # Scope that grows while the project runs.
        at = begin - rng.randrange(2, 9) * DAY if late else project.begin
        at = max(project.begin, at) + rng.randrange(8 * HOUR, 20 * HOUR)
        budget = round(lognormal(rng, 3.6, 0.6) * 2) / 2 + 0.5
        work = budget * burn * lognormal(rng, 1.0, 0.35)
        tasks.append(
            Task(
                min(at, scene.now - HOUR),
                project,
                phase,
                PROJECT_TASKS[index % len(PROJECT_TASKS)],
                budget if project.has_budget else 0.0,
                max(begin, at) + 8 * HOUR,
                work,
                finishes=True,
            )
        )
    return tasks


# key → tickets closed of ten, hours per budget hour of closed and of open tickets
_STORY_WORK = {
    "over_budget": (6, 2.0, 0.5),
    "late_but_cheap": (8, 0.55, 0.0),
    "stalled": (4, 0.95, 0.25),
}
_STORY_END = {"over_budget": 12, "late_but_cheap": 8, "stalled": 105}


def _story_tasks(scene: Scene, project: Project, size: int) -> list[Task]:
    """Ten tickets of equal budget, so that progress is exact."""
    closed, done, begun = _STORY_WORK[project.story or ""]
    latest = scene.now - _STORY_END[project.story or ""] * DAY
    span = latest - 16 * DAY - project.begin
    tasks = []
    for index in range(size):
        finishes = index < closed
        begin = project.begin + 2 * DAY + span * index // size
        phase = project.phases[index * len(project.phases) // size]
        tasks.append(
            Task(
                project.begin + 14 * HOUR + index * 60,
                project,
                phase,
                PROJECT_TASKS[index % len(PROJECT_TASKS)],
                _STORY_BUDGET,
                begin,
                _STORY_BUDGET * (done if finishes else begun),
                finishes,
                latest,
            )
        )
    return tasks


def closes_now(project: Project, *, scene_now: int) -> bool:
    """Whether all tickets it will ever have are closed, and it is not yet."""
    return (
        project.closed_at is None
        and project.made == project.planned
        and not project.open_tasks
        and project.last_closed + 4 * DAY < scene_now
    )


def set_prices(projects: list[Project], tasks: list[Task]) -> None:
    """Give fixed-fee projects their price: planned hours at a blended rate."""
    hours: dict[int, float] = {}
    for task in tasks:
        number = task.project.id
        hours[number] = hours.get(number, 0) + (task.budget or task.work)
    for project in projects:
        if project.is_fixed:
            project.amount = money(round(hours.get(project.id, 0) * 1.15) * 150.0)
