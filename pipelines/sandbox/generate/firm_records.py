"""Records of the set-up tables: boards, statuses, priorities, SLAs and the like.

Set-up tables changed last before the simulated span begins. Priorities, SLAs and
calendars have an empty ``_info``, as the API gives it.
"""

from collections.abc import Iterator

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, WorkCalendar
from pipelines.sandbox.generate.records import Json, connectwise_id, info, ref
from pipelines.sandbox.generate.writer import Writer

_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_ADMIN = "setup1"
_FLAGS_OFF = (
    "inactiveFlag",
    "billTicketSeparatelyFlag",
    "billUnapprovedTimeExpenseFlag",
    "autoAssignNewTicketsFlag",
    "autoAssignNewECTicketsFlag",
    "autoAssignNewPortalTicketsFlag",
    "discussionsLockedFlag",
    "timeEntryLockedFlag",
    "closedLoopDiscussionsFlag",
    "closedLoopResolutionFlag",
    "closedLoopInternalAnalysisFlag",
    "timeEntryInternalAnalysisFlag",
    "emailConnectorNeverReopenByDaysFlag",
    "emailConnectorNeverReopenByDaysClosedFlag",
    "useMemberDisplayNameFlag",
    "sendToCCFlag",
    "autoAssignTicketOwnerFlag",
    "closedLoopAllFlag",
    "restrictBoardByDefaultFlag",
    "sendToBundledFlag",
    "overrideBillingSetupFlag",
)
_FLAGS_ON = (
    "sendToContactFlag",
    "sendToResourceFlag",
    "billTicketsAfterClosedFlag",
    "timeEntryDiscussionFlag",
    "timeEntryResolutionFlag",
    "emailConnectorAllowReopenClosedFlag",
    "emailConnectorReopenResourcesFlag",
    "emailConnectorNewTicketNoMatchFlag",
    "markFirstNoteIssueFlag",
)


def write_setup(
    writer: Writer, calendars: dict[int, WorkCalendar], *, start: int
) -> None:
    """Write every set-up table of the firm."""
    at = start - 200 * DAY
    for board in firm.boards().values():
        writer.add("/service/boards", _board(board, at))
        for status in board.statuses.values():
            record = _status(board, status, at)
            writer.add("/service/boards/{parent_id}/statuses", record, board.id)
    writer.add_all("/service/priorities", map(_priority, firm.PRIORITIES))
    writer.add_all("/service/SLAs", map(_sla, firm.SLAS.values()))
    writer.add_all("/schedule/calendars", map(_calendar, calendars.values()))
    writer.add_all("/time/workTypes", _work_types(at))
    writer.add_all("/time/workRoles", _work_roles(at))


def _board(board: firm.Board, at: int) -> Json:
    record: Json = {
        "id": board.id,
        "name": board.name,
        "location": board.location.ref,
        "department": firm.DEPARTMENTS[board.department],
        "projectFlag": board.is_project,
        **dict.fromkeys(_FLAGS_OFF, False),
        **dict.fromkeys(_FLAGS_ON, True),
        "billTime": "DoNotBill" if board.id == firm.INTERNAL else "NoDefault",
        "billExpense": "NoDefault",
        "billProduct": "Billable",
        "notifyEmailFrom": f"support@{firm.DOMAIN}",
        "notifyEmailFromName": f"{firm.NAME} {board.name}",
        "problemSort": "Ascending",
        "resolutionSort": "Ascending",
        "internalAnalysisSort": "Descending",
        "allSort": "Descending",
        "emailConnectorReopenStatus": board.statuses["progress"].ref,
        "connectWiseId": connectwise_id(1, board.id),
        "_info": info(at, _ADMIN),
    }
    if board.is_project:
        record["showDependenciesFlag"] = True
        record["showEstimatesFlag"] = True
        record["percentageCalculation"] = "ClosedTickets"
    if board.id == firm.ALERTS:
        record["autoCloseStatus"] = board.statuses["closed"].ref
    return record


def _status(board: firm.Board, status: firm.Status, at: int) -> Json:
    return {
        "id": status.id,
        "name": status.name,
        "board": board.ref,
        "sortOrder": status.sort,
        "displayOnBoard": not status.is_closed,
        "inactive": False,
        "closedStatus": status.is_closed,
        "timeEntryNotAllowed": status.is_closed,
        "roundRobinCatchall": False,
        "defaultFlag": status.sort == 0,
        "escalationStatus": firm.STAGES[status.stage],
        "customerPortalDescription": status.name.strip().lstrip(">"),
        "customerPortalFlag": True,
        "saveTimeAsNote": False,
        "connectWiseId": connectwise_id(2, status.id),
        "parentId": board.id,
        "parentConnectWiseId": connectwise_id(1, board.id),
        "_info": info(at + status.id * 60, _ADMIN),
    }


def _priority(priority: firm.Priority) -> Json:
    return {
        "id": priority.id,
        "name": priority.name,
        "color": priority.color,
        "sortOrder": priority.sort,
        "defaultFlag": priority.id == 3,
        "urgencySortOrder": str(priority.sort),
        "level": priority.level,
        "connectWiseId": connectwise_id(3, priority.id),
        "_info": {},
    }


def _sla(sla: firm.Sla) -> Json:
    respond, plan, resolve = sla.targets[3]
    first, second, third, fourth = (each.ref for each in firm.PRIORITIES)
    record: Json = {
        "id": sla.id,
        "name": sla.name,
        "defaultFlag": sla.id == firm.STANDARD,
        "basedOn": sla.based_on,
        "respondHours": float(respond),
        "respondPercent": sla.goals[0],
        "planWithin": float(plan),
        "planWithinPercent": sla.goals[1],
        "resolutionHours": float(resolve),
        "resolutionPercent": sla.goals[2],
        "applicationOrder": sla.id,
        "hiImpactHiUrgency": first,
        "hiImpactMedUrgency": second,
        "hiImpactLowUrgency": third,
        "medImpactHiUrgency": second,
        "medImpactMedUrgency": third,
        "medImpactLowUrgency": fourth,
        "lowImpactHiUrgency": third,
        "lowImpactMedUrgency": fourth,
        "lowImpactLowUrgency": fourth,
        "_info": {},
    }
    if sla.based_on == "Custom":
        record["customCalendar"] = ref(sla.calendar_id, "Extended hours")
    return record


def _calendar(calendar: WorkCalendar) -> Json:
    record: Json = {"id": calendar.id, "name": calendar.name, "_info": {}}
    for day, span in zip(_WEEKDAYS, calendar.hours, strict=True):
        if span:
            record[f"{day}StartTime"] = _time_of_day(span[0])
            record[f"{day}EndTime"] = _time_of_day(span[1])
    if calendar.keeps_holidays:
        record["holidayList"] = firm.holiday_list_ref(calendar.id)
    return record


def _time_of_day(minutes: int) -> str:
    if minutes == 1_440:
        return "23:59:59"
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def _work_types(at: int) -> Iterator[Json]:
    for work_type in firm.WORK_TYPES.values():
        record: Json = {
            "id": work_type.id,
            "name": work_type.name,
            "billTime": work_type.bill_time,
            "rateType": "Multiplier",
            "rate": work_type.rate,
            "hoursMin": 0.0,
            "hoursMax": 24.0,
            "roundBillHoursTo": 0.25,
            "inactiveFlag": False,
            "overallDefaultFlag": work_type.id == 1,
            "activityDefaultFlag": work_type.id == 7,
            "utilizationFlag": work_type.is_utilised,
            "costMultiplier": work_type.cost_multiplier,
            "connectWiseId": connectwise_id(4, work_type.id),
            "_info": info(at, _ADMIN),
        }
        if work_type.accrual:
            record["accrualType"] = work_type.accrual
        yield record


def _work_roles(at: int) -> Iterator[Json]:
    for number, name, rate in firm.WORK_ROLES.values():
        yield {
            "id": number,
            "name": name,
            "hourlyRate": rate,
            "inactiveFlag": False,
            "locationIds": [location.id for location in firm.LOCATIONS],
            "connectWiseId": connectwise_id(5, number),
            "_info": info(at, _ADMIN),
        }
