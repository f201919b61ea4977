"""Who takes part in a project: team members with their span, contacts of the client."""

from collections.abc import Iterator

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.projects import Project
from pipelines.sandbox.generate.records import Json, info, ref
from pipelines.sandbox.generate.scene import Scene

_MANAGER = {"id": 1, "identifier": "Project Manager"}
_ENGINEER = {"id": 2, "identifier": "Engineer"}
_BELOW = "/project/projects/{parent_id}/"


def write_people(project: Project, *, scene: Scene) -> None:
    """Write team members and contacts of one project."""
    for record in _team(project, scene.now):
        scene.writer.add(_BELOW + "teamMembers", record, project.id)
    for record in _contacts(project, scene.now):
        scene.writer.add(_BELOW + "contacts", record, project.id)


def _team(project: Project, now: int) -> Iterator[Json]:
    manager = project.manager
    team = {manager.id: (manager, project.begin, project.end), **project.people}
    for place, (member, first, last) in enumerate(team.values()):
        role, name, _ = firm.WORK_ROLES[member.role]
        is_manager = member is manager
        yield {
            "id": project.id * 100 + place,
            "projectId": project.id,
            "member": member.ref,
            "projectRole": _MANAGER if is_manager else _ENGINEER,
            "workRole": ref(role, name),
            "hours": round(project.budget / len(team), 2),
            "startDate": stamp(utc_midnight(first)),
            "endDate": stamp(utc_midnight(max(last, project.end) + DAY)),
            "_info": info(min(first + HOUR, now), manager.identifier),
        }


def _contacts(project: Project, now: int) -> Iterator[Json]:
    people = project.company.contacts
    chosen = {people[0].id: people[0], people[-1].id: people[-1]}
    for place, contact in enumerate(chosen.values()):
        yield {
            "id": project.id * 10 + place,
            "projectId": project.id,
            "contact": contact.ref,
            "_info": info(min(project.begin + HOUR, now), project.manager.identifier),
        }
