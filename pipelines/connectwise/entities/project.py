"""Entities of the API's project section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.project.note import ProjectNote
from pipelines.connectwise.models.project.phase import ProjectPhase
from pipelines.connectwise.models.project.project import Project
from pipelines.connectwise.models.project.ticket import ProjectTicket
from pipelines.connectwise.models.project.ticket_note import ProjectTicketNote

PROJECT = (
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
)
