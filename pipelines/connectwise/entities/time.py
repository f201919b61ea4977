"""Entities of the API's time section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.time.entry import TimeEntry
from pipelines.connectwise.models.time.work_role import WorkRole
from pipelines.connectwise.models.time.work_type import WorkType

TIME = (
    Entity(
        name="work_types",
        path="/time/workTypes",
        model=WorkType,
        title="Work types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="work_roles",
        path="/time/workRoles",
        model=WorkRole,
        title="Work roles",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="time_entries",
        path="/time/entries",
        model=TimeEntry,
        title="Time entries",
        tier=Tier.HOT,
    ),
)
