"""Entities of the API's schedule section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.schedule.calendar import Calendar
from pipelines.connectwise.models.schedule.entry import ScheduleEntry

SCHEDULE = (
    Entity(
        name="calendars",
        path="/schedule/calendars",
        model=Calendar,
        title="Calendars",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="schedule_entries",
        path="/schedule/entries",
        model=ScheduleEntry,
        title="Schedule entries",
        tier=Tier.HOT,
    ),
)
