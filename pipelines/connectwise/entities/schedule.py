"""Entities of the API's schedule section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.schedule.calendar import Calendar
from pipelines.connectwise.models.schedule.entry import ScheduleEntry
from pipelines.connectwise.models.schedule.holiday import Holiday
from pipelines.connectwise.models.schedule.holiday_list import HolidayList
from pipelines.connectwise.models.schedule.status import ScheduleStatus
from pipelines.connectwise.models.schedule.type import ScheduleType

SCHEDULE = (
    Entity(
        name="holiday_lists",
        path="/schedule/holidayLists",
        model=HolidayList,
        title="Holiday lists",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="holidays",
        path="/schedule/holidayLists/{parent_id}/holidays",
        model=Holiday,
        title="Holidays",
        parent="holiday_lists",
        incremental=False,
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="calendars",
        path="/schedule/calendars",
        model=Calendar,
        title="Calendars",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="schedule_types",
        path="/schedule/types",
        model=ScheduleType,
        title="Schedule types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="schedule_statuses",
        path="/schedule/statuses",
        model=ScheduleStatus,
        title="Statuses of schedule entries",
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
