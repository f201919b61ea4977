"""The firm's people: roles, capacity, cost, habits, joiners and leavers.

Three of them carry planted stories (late time, over-capacity, missed bookings), one
leaves and one joins in the middle. Costs and rates rise once a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, MINUTE, WorkCalendar, stamp
from pipelines.sandbox.generate.profiles import Profile
from pipelines.sandbox.generate.records import (
    Json,
    coded_ref,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.words import FIRST_NAMES, LAST_HEADS, LAST_TAILS

API_MEMBER = "cwpsync"
GONE_MEMBER_ID = 9_001  # Deleted for good, still referenced by old records.
_RAISE = 1.03

# role, capacity, hourly cost, rate factor, story
_CAST: dict[str, tuple[tuple[str, float, float | None, str], ...]] = {
    "tiny": (
        ("owner", 8, 0.0, "overtime"),
        ("tier1", 8, None, "leaver"),
        ("tier1", 8, 30.0, "joiner unkept"),
        ("tier3", 8, 48.0, "late"),
        ("api", 0, None, ""),
    ),
    "small": (
        ("owner", 8, 0.0, ""),
        ("dispatch", 8, 27.0, ""),
        ("tier1", 8, 29.0, "leaver"),
        ("tier1", 8, 30.0, ""),
        ("tier1", 8, 28.0, "joiner"),
        ("tier2", 8, 38.0, "late"),
        ("tier2", 6, 37.0, "unkept"),
        ("tier3", 8, 49.0, "overtime"),
        ("project", 8, 45.0, ""),
        ("manager", 8, 52.0, ""),
        ("sales", 4, None, ""),
        ("api", 0, None, ""),
    ),
}
_SHARES = (
    ("tier1", 0.36), ("tier2", 0.24), ("tier3", 0.12), ("project", 0.12),
    ("manager", 0.05), ("dispatch", 0.05), ("sales", 0.04), ("finance", 0.02),
)  # fmt: skip
_COSTS = {
    "tier1": 29.0, "tier2": 38.0, "tier3": 49.0, "project": 45.0, "manager": 52.0,
    "dispatch": 27.0, "sales": 41.0, "finance": 33.0,
}  # fmt: skip
TITLES = {
    "owner": "Owner", "dispatch": "Service Coordinator",
    "tier1": "Support Technician", "tier2": "Support Engineer",
    "tier3": "Senior Engineer", "project": "Project Engineer",
    "manager": "Project Manager", "sales": "Account Manager",
    "finance": "Finance Assistant", "api": "Integration",
}  # fmt: skip
_DEPARTMENTS = {
    "project": "Projects", "manager": "Projects", "sales": "Sales",
    "owner": "Admin", "finance": "Admin", "api": "Admin",
}  # fmt: skip


@dataclass(slots=True)
class Member:
    """A person who works in the world; ``lag`` is the usual delay of time entry."""

    id: int
    identifier: str
    first: str
    last: str
    role: str
    capacity: float
    cost: float | None
    story: str
    location: firm.Location
    calendar: WorkCalendar
    hired: int
    left: int | None
    lag: int
    keeps_bookings: float
    filled: float
    origin: int
    days_off: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def ref(self) -> Json:
        """Reference to the member."""
        return coded_ref(self.id, self.identifier, self.name)

    @property
    def rate(self) -> float:
        """Hourly rate charged today."""
        return firm.WORK_ROLES[self.role][2]

    def works_at(self, at: int) -> bool:
        """Whether the member is employed at that instant."""
        return self.hired <= at and (self.left is None or at < self.left)

    def cost_at(self, at: int) -> float | None:
        """Hourly cost at that instant, after yearly raises."""
        if self.cost is None:
            return None
        years = max(0, (at - self.origin) // (365 * DAY))
        return money(self.cost * _RAISE**years)


@dataclass(frozen=True, slots=True)
class Staffing:
    """When the planted leaver leaves and the joiner starts."""

    leaves: int
    joins: int


def cast_members(
    profile: Profile,
    *,
    rng: Random,
    calendars: dict[int, WorkCalendar],
    start: int,
    now: int,
    staffing: Staffing,
) -> list[Member]:
    """Everyone of the firm, the API member last."""
    parts = _CAST.get(profile.name) or _scaled_cast(profile.members)
    names = [(f, h + t) for f in FIRST_NAMES for h in LAST_HEADS for t in LAST_TAILS]
    people = rng.sample(names, len(parts))
    members = []
    for index, (part, name) in enumerate(zip(parts, people, strict=True)):
        member = _member(index, part, name, rng=rng, calendars=calendars, start=start)
        _employ(member, index, rng=rng, staffing=staffing, start=start, now=now)
        _take_days_off(member, profile, rng=rng, now=now)
        members.append(member)
    return members


def _scaled_cast(count: int) -> tuple[tuple[str, float, float | None, str], ...]:
    parts: list[tuple[str, float, float | None, str]] = [("owner", 8, 0.0, "")]
    for role, share in _SHARES:
        wanted = max(1, round(share * (count - 2)))
        parts.extend(
            (role, (8, 8, 8, 8, 8, 6, 8, 4)[k % 8], _COSTS[role] + k % 5, "")
            for k in range(wanted)
        )
    del parts[count - 1 :]
    while len(parts) < count - 1:
        parts.append(("tier2", 8, 38.0, ""))
    stories = {"tier1": ["leaver", "joiner"], "tier2": ["late", "unkept"]}
    stories["tier3"] = ["overtime"]
    told = []
    for role, capacity, cost, _ in parts:
        story = stories[role].pop(0) if stories.get(role) else ""
        known = None if role == "finance" else cost
        told.append((role, 8.0 if story else capacity, known, story))
    return (*told, ("api", 0, None, ""))


def _member(
    index: int,
    part: tuple[str, float, float | None, str],
    name: tuple[str, str],
    *,
    rng: Random,
    calendars: dict[int, WorkCalendar],
    start: int,
) -> Member:
    role, capacity, cost, story = part
    first, last = name
    office = 0 if role in {"api", "owner", "dispatch"} else (0, 1, 2, 0)[index % 4]
    location = firm.LOCATIONS[office]
    mesa = location.zone is firm.ZONE_WITHOUT_DST
    identifier = API_MEMBER if role == "api" else f"{first[0]}{last}"[:12]
    number = 150 + index
    if role != "api":
        identifier += str(index)
    lag = rng.choice((4, 9, 15, 25, 40, 70, 150, 300, 600)) * MINUTE
    return Member(
        id=number,
        identifier=identifier,
        first="Sync" if role == "api" else first,
        last="Integration" if role == "api" else last,
        role=role,
        capacity=float(capacity),
        cost=cost,
        story=story,
        location=location,
        calendar=calendars[firm.MESA_CALENDAR if mesa else firm.OFFICE_CALENDAR],
        hired=start - rng.randrange(100, 2_500) * DAY,
        left=None,
        lag=4 * DAY if "late" in story else lag,
        keeps_bookings=0.2 if "unkept" in story else rng.uniform(0.84, 0.97),
        filled=rng.uniform(0.7, 0.95),
        origin=start,
    )


def _employ(
    member: Member, index: int, *, rng: Random, staffing: Staffing, start: int, now: int
) -> None:
    if "leaver" in member.story:
        member.left = staffing.leaves
    elif "joiner" in member.story:
        member.hired = staffing.joins
    elif index > 11 and not member.story and member.role != "api":
        draw = rng.random()
        moment = start + rng.randrange(now - start)
        if draw < 0.15:
            member.hired = moment
        elif draw < 0.27:
            member.left = moment


def _take_days_off(member: Member, profile: Profile, *, rng: Random, now: int) -> None:
    """Choose vacation and sick days, as indexes of the member's openings."""
    calendar = member.calendar
    first = calendar.index(max(member.hired, member.origin))
    last = calendar.index(min(member.left or now, now))
    years = (last - first) / 252
    if member.role == "api" or years <= 0:
        return
    vacation, sick = profile.days_off
    weeks = round(vacation * years / 5)
    for _ in range(weeks):
        begin = rng.randrange(first, max(first + 1, last - 5))
        member.days_off.update(range(begin, min(begin + 5, last)))
    for _ in range(round(sick * years)):
        member.days_off.add(rng.randrange(first, last))


def member_records(
    members: list[Member], *, team_ids: Mapping[int, list[int]], now: int
) -> list[Json]:
    """The records of ``/system/members``; ``team_ids`` by member id."""
    approver = next(m for m in members if m.role in {"manager", "owner"})
    records = [_record(member, approver=approver, now=now) for member in members]
    for record in records:
        record["serviceBoardTeamIds"] = team_ids.get(record["id"], [])
    return records


def _record(member: Member, *, approver: Member, now: int) -> Json:
    is_api = member.role == "api"
    changed = member.left or max(member.hired, member.origin)
    raises = max(0, (now - member.origin) // (365 * DAY))
    if not member.left and raises:
        changed = max(changed, member.origin + raises * 365 * DAY)
    record = _identity(member, is_api=is_api)
    record.update(_employment(member, approver=approver, now=now))
    record.update(_preferences(member, is_api=is_api))
    record["_info"] = info(min(changed + 9 * HOUR, now), "setup1")
    return record


def _identity(member: Member, *, is_api: bool) -> Json:
    inactive: Json = {"inactiveFlag": False}
    if member.left:
        inactive = {"inactiveFlag": True, "inactiveDate": stamp(member.left)}
    mail = f"{member.first}.{member.last}@{firm.DOMAIN}".lower()
    return {
        "id": member.id,
        "identifier": member.identifier,
        "disableOnlineFlag": False,
        "licenseClass": "A" if is_api else "F",
        "notes": "",
        "employeeIdentifer": f"E{member.id}",
        "enableMobileGpsFlag": False,
        **inactive,
        "firstName": member.first,
        "middleInitial": "",
        "lastName": member.last,
        "title": TITLES[member.role],
        "hireDate": stamp(member.hired - member.hired % DAY),
        "officeEmail": mail,
        "primaryEmail": mail,
        "defaultEmail": "Office",
        "officePhone": f"5550100{member.id}"[:10],
        "defaultPhone": "Office",
        "securityRole": ref(63 if is_api else 64, "API" if is_api else "Standard"),
        "type": ref(1, "Employee"),
        "timeZone": ref(
            2 if member.location.windows_zone.startswith("US") else 1,
            member.location.windows_zone,
        ),
        "country": {"id": 1, "identifier": "US", "name": "United States"},
    }


def _employment(member: Member, *, approver: Member, now: int) -> Json:
    number, name, _ = firm.WORK_ROLES[member.role]
    department = firm.DEPARTMENTS[_DEPARTMENTS.get(member.role, "Service")]
    at = min(member.left or now, now)
    record: dict[str, Any] = {
        "structureLevel": ref(1, "Corporate"),
        "securityLocation": member.location.ref,
        "defaultLocation": member.location.ref,
        "defaultDepartment": department,
        "serviceDefaultLocation": member.location.ref,
        "serviceDefaultDepartment": department,
        "scheduleDefaultLocation": member.location.ref,
        "scheduleDefaultDepartment": department,
        "salesDefaultLocation": member.location.ref,
        "workRole": ref(number, name),
        "workType": firm.WORK_TYPES["remote"].ref,
        "timeApprover": approver.ref,
        "expenseApprover": approver.ref,
        "billableForecast": round(member.capacity * 5 * 0.7, 2),
        "dailyCapacity": member.capacity,
        "scheduleCapacity": member.capacity,
        "minimumHours": member.capacity,
        "calendar": ref(member.calendar.id, member.calendar.name),
        "customFields": custom_fields("member"),
    }
    if member is not approver:
        record["reportsTo"] = approver.ref
    cost = member.cost_at(at)
    if cost is not None:
        record["hourlyCost"] = cost
    if member.role != "api":
        record["hourlyRate"] = member.rate
    return record


def _preferences(member: Member, *, is_api: bool) -> Json:
    off = (
        "calendarSyncIntegrationFlag", "timebasedOneTimePasswordActivated",
        "enableLdapAuthenticationFlag", "useBrowserLanguageFlag", "partnerPortalFlag",
        "restrictLocationFlag", "restrictDepartmentFlag", "requireExpenseEntryFlag",
        "timeReminderEmailFlag", "restrictServiceDefaultLocationFlag",
        "restrictServiceDefaultDepartmentFlag", "restrictProjectDefaultLocationFlag",
        "restrictProjectDefaultDepartmentFlag", "restrictScheduleFlag",
        "restrictDefaultSalesTerritoryFlag", "restrictDefaultWarehouseFlag",
        "restrictDefaultWarehouseBinFlag", "autoStartStopwatch",
        "autoPopupQuickNotesWithStopwatch",
    )  # fmt: skip
    return {
        **dict.fromkeys(off, False),
        "adminFlag": member.role in {"owner", "api"},
        "enableMobileFlag": not is_api,
        "toastNotificationFlag": not is_api,
        "includeInUtilizationReportingFlag": not is_api and member.role != "owner",
        "requireTimeSheetEntryFlag": not is_api,
        "requireStartAndEndTimeOnTimeEntryFlag": not is_api,
        "allowInCellEntryOnTimeSheet": True,
        "enterTimeAgainstCompanyFlag": True,
        "allowExpensesEnteredAgainstCompaniesFlag": True,
        "hideMemberInDispatchPortalFlag": is_api,
        "daysTolerance": 3,
        "memberPersonas": [],
        "excludedServiceBoardIds": [],
        "excludedProjectBoardIds": [],
        "teams": [],
        "phoneIntegrationType": "NONE",
        "companyActivityTabFormat": "SummaryList",
        "invoiceTimeTabFormat": "SummaryList",
        "invoiceScreenDefaultTabFormat": "ShowInvoicingTab",
        "invoicingDisplayOptions": "RemainOnInvoicingScreen",
        "agreementInvoicingDisplayOptions": "RemainOnInvoicingScreen",
        "globalSearchDefaultTicketFilter": "OpenRecords",
        "globalSearchDefaultSort": "None",
    }
