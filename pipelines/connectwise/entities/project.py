"""Entities of the API's project section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.project.contact import ProjectContact
from pipelines.connectwise.models.project.note import ProjectNote
from pipelines.connectwise.models.project.phase import ProjectPhase
from pipelines.connectwise.models.project.phase_status import PhaseStatus
from pipelines.connectwise.models.project.project import Project
from pipelines.connectwise.models.project.status import ProjectStatus
from pipelines.connectwise.models.project.team_member import ProjectTeamMember
from pipelines.connectwise.models.project.ticket import ProjectTicket
from pipelines.connectwise.models.project.ticket_note import ProjectTicketNote
from pipelines.connectwise.models.project.ticket_task import ProjectTicketTask
from pipelines.connectwise.models.project.type import ProjectType

PROJECT = (
    Entity(
        name="project_statuses",
        path="/project/statuses",
        model=ProjectStatus,
        title="Statuses of projects",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="project_types",
        path="/project/projectTypes",
        model=ProjectType,
        title="Project types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="phase_statuses",
        path="/project/phaseStatuses",
        model=PhaseStatus,
        title="Statuses of phases",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="projects",
        path="/project/projects",
        model=Project,
        title="Projects",
    ),
    Entity(
        name="project_phases",
        path="/project/projects/{parent_id}/phases",
        model=ProjectPhase,
        title="Phases of projects",
        parent="projects",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="project_notes",
        path="/project/projects/{parent_id}/notes",
        model=ProjectNote,
        title="Notes of projects",
        parent="projects",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="project_team_members",
        path="/project/projects/{parent_id}/teamMembers",
        model=ProjectTeamMember,
        title="Teams of projects",
        parent="projects",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="project_contacts",
        path="/project/projects/{parent_id}/contacts",
        model=ProjectContact,
        title="Contacts of projects",
        parent="projects",
        tier=Tier.CHILDREN,
        has_count=False,
    ),
    Entity(
        name="project_tickets",
        path="/project/tickets",
        model=ProjectTicket,
        title="Project tickets",
        tier=Tier.HOT,
    ),
    Entity(
        name="project_ticket_notes",
        path="/project/tickets/{parent_id}/notes",
        model=ProjectTicketNote,
        title="Notes of project tickets",
        parent="project_tickets",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="project_ticket_tasks",
        path="/project/tickets/{parent_id}/tasks",
        model=ProjectTicketTask,
        title="Tasks of project tickets",
        parent="project_tickets",
        tier=Tier.CHILDREN,
    ),
)
