"""Entities of the API's time section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.time.changelog import TimeChangelog
from pipelines.connectwise.models.time.charge_code import ChargeCode
from pipelines.connectwise.models.time.entry import TimeEntry
from pipelines.connectwise.models.time.sheet import TimeSheet
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
        name="charge_codes",
        path="/time/chargeCodes",
        model=ChargeCode,
        title="Charge codes",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="time_sheets",
        path="/time/sheets",
        model=TimeSheet,
        title="Time sheets",
    ),
    Entity(
        name="time_entries",
        path="/time/entries",
        model=TimeEntry,
        title="Time entries",
        tier=Tier.HOT,
    ),
    Entity(
        name="time_changelogs",
        path="/time/changelogs",
        model=TimeChangelog,
        title="Change log of time entries",
        incremental=False,
        has_count=False,
    ),
)
