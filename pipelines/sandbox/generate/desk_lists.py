"""Records of the small lists that tickets and bookings refer to.

Sources, severities, impacts, service locations, priorities per SLA, and what the
schedule needs: types, statuses and holidays. Which ids there are is decided in
``firm`` and ``schedule``; nothing here hangs on a board (``board_lists``).
"""

from collections.abc import Iterator
from datetime import date

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import (
    DAY,
    HOUR,
    WorkCalendar,
    local_date,
    local_midnight,
    stamp,
)
from pipelines.sandbox.generate.records import Json, connectwise_id, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.schedule import SCHEDULE_STATUSES, SCHEDULE_TYPES

_ADMIN = "setup1"
_LEVELS = (
    (1, "High", "Work stands still"),
    (2, "Medium", "Work goes on with effort"),
    (3, "Low", "A question or a wish"),
)
_WHERE = {"On-Site": "OnSite", "In-house": "InHouse", "Remote": "Remote"}


def write_desk_lists(scene: Scene) -> None:
    """Write all of them."""
    writer, at = scene.writer, scene.start - 180 * DAY
    writer.add_all("/service/sources", _sources(at))
    writer.add_all("/service/severities", _levels(at))
    writer.add_all("/service/impacts", _levels(at))
    writer.add_all("/service/locations", _service_locations(at))
    for sla in firm.SLAS.values():
        for record in _sla_priorities(sla):
            writer.add("/service/SLAs/{parent_id}/priorities", record, sla.id)
    writer.add_all("/schedule/types", _schedule_types(at))
    writer.add_all("/schedule/statuses", _schedule_statuses(at))
    years = range(scene.months[0].first.year, local_date(scene.now, firm.ZONE).year + 2)
    for number, name in firm.HOLIDAY_LISTS.items():
        record = {"id": number, "name": name, "_info": {}}
        writer.add("/schedule/holidayLists", record)
        calendar = next(
            each
            for each in scene.calendars.values()
            if each.keeps_holidays and firm.holiday_list_ref(each.id)["id"] == number
        )
        for record in _holidays(number, name, calendar=calendar, years=years):
            path = "/schedule/holidayLists/{parent_id}/holidays"
            writer.add(path, record, number)


def _sources(at: int) -> Iterator[Json]:
    for source in firm.SOURCES.values():
        yield {
            **source,
            "defaultFlag": source["id"] == 2,
            "enteredBy": _ADMIN,
            "dateEntered": stamp(at),
            "connectWiseId": connectwise_id(12, source["id"]),
            "_info": {},
        }


def _levels(at: int) -> Iterator[Json]:
    for number, name, description in _LEVELS:
        yield {
            "id": number,
            "name": name,
            "description": description,
            "defaultFlag": name == "Medium",
            "_info": info(at, _ADMIN),
        }


def _service_locations(at: int) -> Iterator[Json]:
    for place in firm.SERVICE_LOCATIONS.values():
        yield {
            **place,
            "where": _WHERE[place["name"]],
            "defaultFlag": place["name"] == "Remote",
            "_info": info(at, _ADMIN),
        }


def _sla_priorities(sla: firm.Sla) -> Iterator[Json]:
    goals = sla.goals
    for priority in firm.PRIORITIES:
        respond, plan, resolve = sla.targets[priority.id]
        yield {
            "id": sla.id * 10 + priority.id,
            "sla": sla.ref,
            "priority": priority.ref,
            "respondHours": float(respond),
            "respondPercent": goals[0],
            "planWithin": float(plan),
            "planWithinPercent": goals[1],
            "resolutionHours": float(resolve),
            "resolutionPercent": goals[2],
            "_info": {},
        }


def _schedule_types(at: int) -> Iterator[Json]:
    for number, identifier, name, code in SCHEDULE_TYPES:
        record: Json = {
            "id": number,
            "identifier": identifier,
            "name": name,
            "systemFlag": code is None,
            "_info": info(at, _ADMIN),
        }
        if code is None:
            record["where"] = firm.SERVICE_LOCATIONS["remote"]
        else:
            record["chargeCode"] = firm.charge_code_ref(code)
        yield record


def _schedule_statuses(at: int) -> Iterator[Json]:
    for number, name in SCHEDULE_STATUSES:
        yield {
            "id": number,
            "name": name,
            "defaultFlag": name == "Firm",
            "showAsTentativeFlag": name == "Tentative",
            "_info": info(at, _ADMIN),
        }


def _holidays(
    number: int, name: str, *, calendar: WorkCalendar, years: range
) -> Iterator[Json]:
    """One row per holiday and year; the eve of the winter holiday is a half day."""
    row = number * 1_000
    for year in years:
        for holiday, day in calendar.holidays(year):
            row += 1
            yield _holiday(row, holiday, day, of=ref(number, name))
        row += 1
        eve = date(year, 12, 24)
        yield _holiday(row, "Winter Holiday Eve", eve, of=ref(number, name))


def _holiday(row: int, name: str, day: date, *, of: Json) -> Json:
    record: Json = {
        "id": row,
        "name": name,
        "allDayFlag": True,
        "date": day.isoformat(),
        "holidayList": of,
        "_info": {},
    }
    if name.endswith("Eve"):
        record["allDayFlag"] = False
        midnight = local_midnight(day, firm.ZONE)
        record["timeStart"] = stamp(midnight + 13 * HOUR)
        record["timeEnd"] = stamp(midnight + 17 * HOUR)
    return record
