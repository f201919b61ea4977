"""How the simulated firm is set up: boards, statuses, SLAs, work types, calendars.

Only facts that never change while the world runs; people are in ``members``, clients
in ``clients``. The records of these tables are made in ``firm_records``.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pipelines.sandbox.generate.calendar import WorkCalendar
from pipelines.sandbox.generate.records import Json, ref
from pipelines.sandbox.generate.words import CHARGE_CODES

NAME = "Northwind Managed IT"
DOMAIN = "northwind-it.example"
SERVER_TIME_ZONE = "Eastern Standard Time"
ZONE = ZoneInfo("America/New_York")
ZONE_WITHOUT_DST = ZoneInfo("America/Phoenix")

NOT_RESPONDED, RESPONDED, PLANNED, RESOLVED, WAITING = range(5)
STAGES = ("NotResponded", "Responded", "ResolutionPlan", "Resolved", "NoEscalation")


@dataclass(frozen=True, slots=True)
class Location:
    """An office of the firm."""

    id: int
    name: str
    zone: ZoneInfo
    windows_zone: str

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)


LOCATIONS = (
    Location(2, "Harbor Office", ZONE, "Eastern Standard Time"),
    Location(3, "Lakeside Office", ZONE, "Eastern Standard Time"),
    Location(4, "Mesa Office", ZONE_WITHOUT_DST, "US Mountain Standard Time"),
)
DEPARTMENTS: dict[str, Json] = {
    "Service": {"id": 10, "identifier": "Service", "name": "Service"},
    "Projects": {"id": 11, "identifier": "Projects", "name": "Projects"},
    "Sales": {"id": 12, "identifier": "Sales", "name": "Sales"},
    "Admin": {"id": 13, "identifier": "Admin", "name": "Admin"},
}


@dataclass(frozen=True, slots=True)
class Status:
    """A status of one board; ``stage`` is how the SLA clock reads it."""

    id: int
    name: str
    sort: int
    stage: int
    is_closed: bool
    ref: Json


@dataclass(frozen=True, slots=True)
class TicketType:
    """A type with its subtypes and items, and the phrases of its summaries."""

    id: int
    name: str
    phrases: str
    weight: float
    subtypes: tuple[Json, ...]
    items: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A board with everything a ticket on it may refer to."""

    id: int
    name: str
    department: str
    location: Location
    is_project: bool
    share: float
    team: Json
    statuses: dict[str, Status] = field(default_factory=dict)
    types: tuple[TicketType, ...] = ()

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)


# key, name, stage, closed
_STATUSES = (
    ("new", "New", NOT_RESPONDED, False),
    ("triage", "Triage", NOT_RESPONDED, False),
    ("assigned", "Assigned", RESPONDED, False),
    ("progress", "In Progress", PLANNED, False),
    ("waiting_client", "Waiting Client", WAITING, False),
    ("waiting_vendor", "Waiting Vendor", WAITING, False),
    ("scheduled", "Scheduled", PLANNED, False),
    ("completed", "Completed", RESOLVED, False),
    ("closed", ">Closed", RESOLVED, True),
)
# Meant as a waiting status; its mapping lets the response clock run on (story 6).
_WRONGLY_MAPPED = ("details", "Awaiting Details", NOT_RESPONDED, False)
HELP_DESK, ALERTS, ONSITE, PROJECTS, CONSULTING, INTERNAL, SALES = range(1, 8)
_BOARDS: tuple[
    tuple[int, str, str, int, float, tuple[tuple[str, str, float], ...]], ...
]
_BOARDS = (
    (HELP_DESK, "Help Desk", "Service", 0, 0.50, (
        ("Workstation", "Workstation", 3), ("E-mail", "E-mail", 3),
        ("Network", "Network", 2), ("Application", "Application", 3),
        ("Account", "Account", 4), ("Printing", "Printing", 1.5),
    )),
    (ALERTS, "Alerts", "Service", 0, 0.345, (
        ("Backup", "Monitoring", 3), ("Server", "Monitoring", 2),
        ("Network", "Monitoring", 2),
    )),
    (ONSITE, "Onsite", "Service", 1, 0.05, (
        ("Visit", "Visit", 3), ("Hardware", "Visit", 1),
    )),
    (PROJECTS, "Projects", "Projects", 0, 0.0, (("Task", "House", 1),)),
    (CONSULTING, "Professional Services", "Service", 2, 0.06, (
        ("Consulting", "Consulting", 2), ("Application", "Consulting", 1),
    )),
    (INTERNAL, "Internal", "Admin", 0, 0.04, (("Internal", "House", 1),)),
    (SALES, "Sales Support", "Sales", 0, 0.03, (("Quote", "Quote", 1),)),
)  # fmt: skip
_SUBTYPES = ("Incident", "Request", "Change")
_ITEMS = ("Fix", "Install", "Advise")


def boards() -> dict[int, Board]:
    """All boards by id. Names of types repeat across boards, ids do not."""
    result = {}
    for number, name, department, location, share, types in _BOARDS:
        result[number] = Board(
            id=number,
            name=name,
            department=department,
            location=LOCATIONS[location],
            is_project=number == PROJECTS,
            share=share,
            team=ref(20 + number, f"{name} Team"),
            statuses=_statuses(number),
            types=tuple(_ticket_type(number, k, t) for k, t in enumerate(types, 1)),
        )
    return result


def _statuses(board: int) -> dict[str, Status]:
    specs = [*_STATUSES, _WRONGLY_MAPPED] if board == HELP_DESK else [*_STATUSES]
    result = {}
    for index, (key, plain, stage, is_closed) in enumerate(specs):
        number = board * 100 + index
        # A trailing blank, as a hurried administrator leaves it.
        blank = key == "waiting_client" and board == HELP_DESK
        name = plain + " " if blank else plain
        reference = {"id": number, "name": name, "Sort": index * 10}
        result[key] = Status(number, name, index * 10, stage, is_closed, reference)
    return result


def _ticket_type(board: int, index: int, spec: tuple[str, str, float]) -> TicketType:
    name, phrases, weight = spec
    number = board * 100 + index
    below = board * 1_000
    subtypes = tuple(ref(below + k, each) for k, each in enumerate(_SUBTYPES, 1))
    items = tuple(ref(below + k, each) for k, each in enumerate(_ITEMS, 1))
    return TicketType(number, name, phrases, weight, subtypes, items)


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority with its place in lists."""

    id: int
    name: str
    color: str
    level: str
    sort: int
    weight: float

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return {
            "id": self.id,
            "name": self.name,
            "sort": self.sort,
            "level": self.level,
        }


PRIORITIES = (
    Priority(1, "Priority 1 - Critical", "Red", "Critical", 1, 3),
    Priority(2, "Priority 2 - High", "Orange", "High", 2, 15),
    Priority(3, "Priority 3 - Normal", "Yellow", "Medium", 3, 62),
    Priority(4, "Priority 4 - Low", "Green", "Low", 4, 20),
)


@dataclass(frozen=True, slots=True)
class Sla:
    """Targets in hours of its calendar: respond, plan, resolve per priority id."""

    id: int
    name: str
    based_on: str
    calendar_id: int
    targets: dict[int, tuple[float, float, float]]
    goals: tuple[int, int, int]

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)


STANDARD, PREMIUM, CRITICAL = 1, 2, 3
SLAS = {
    STANDARD: Sla(
        STANDARD, "Standard 8x5", "MyCalendar", 1,
        {1: (1, 4, 8), 2: (2, 8, 16), 3: (4, 24, 40), 4: (8, 40, 80)},
        (90, 85, 90),
    ),
    PREMIUM: Sla(
        PREMIUM, "Premium 12x6", "Custom", 2,
        {1: (0.5, 3, 8), 2: (1, 6, 18), 3: (2, 18, 40), 4: (4, 36, 80)},
        (95, 90, 92),
    ),
    CRITICAL: Sla(
        CRITICAL, "Critical 24x7", "AllHours", 3,
        {1: (0.25, 2, 8), 2: (0.5, 8, 30), 3: (2, 48, 120), 4: (4, 96, 240)},
        (98, 95, 95),
    ),
}  # fmt: skip

OFFICE_CALENDAR, EXTENDED_CALENDAR, ALWAYS_CALENDAR, MESA_CALENDAR = 1, 2, 3, 4
HOLIDAY_LISTS = {1: "Firm holidays", 2: "Mesa holidays"}


def holiday_list_ref(calendar: int) -> Json:
    """Reference to the holidays that a calendar keeps."""
    number = 2 if calendar == MESA_CALENDAR else 1
    return ref(number, HOLIDAY_LISTS[number])


def calendars(first: date, last: date) -> dict[int, WorkCalendar]:
    """All calendars by id, laid out with a margin around the simulated span."""
    first, last = first - timedelta(days=40), last + timedelta(days=420)
    week, off, rest = (480, 1_020), None, (None, None)
    specs = (
        (1, "Office hours", ZONE, (*[week] * 5, *rest), True),
        (2, "Extended hours", ZONE, (*[(420, 1_140)] * 6, off), True),
        (3, "Around the clock", ZONE, ((0, 1_440),) * 7, False),
        (4, "Mesa office hours", ZONE_WITHOUT_DST, (*[week] * 5, *rest), True, True),
    )
    return {spec[0]: WorkCalendar(*spec).lay_out(first, last) for spec in specs}


@dataclass(frozen=True, slots=True)
class WorkType:
    """A work type; ``rate`` multiplies the role's rate."""

    id: int
    name: str
    bill_time: str
    rate: float
    cost_multiplier: float
    is_utilised: bool
    accrual: str | None

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return {
            "id": self.id,
            "name": self.name,
            "utilizationFlag": self.is_utilised,
        }


WORK_TYPES = {
    key: WorkType(*spec)
    for key, spec in {
        "remote": (1, "Remote support", "Billable", 1.0, 1.0, True, None),
        "onsite": (2, "Onsite support", "Billable", 1.0, 1.0, True, None),
        "after_hours": (3, "After hours", "Billable", 1.5, 1.25, True, None),
        "emergency": (4, "Emergency", "Billable", 2.0, 1.5, True, None),
        "project": (5, "Project work", "Billable", 1.0, 1.0, True, None),
        "travel": (6, "Travel", "NoCharge", 0.5, 1.0, False, None),
        "internal": (7, "Internal", "DoNotBill", 1.0, 1.0, False, None),
        # A multiplier of zero flatters every margin that relies on it.
        "training": (8, "Training", "DoNotBill", 1.0, 0.0, False, None),
        "vacation": (9, "Vacation", "DoNotBill", 1.0, 1.0, False, "Vacation"),
        "sick": (10, "Sick leave", "DoNotBill", 1.0, 1.0, False, "Sick"),
        "holiday": (11, "Holiday", "DoNotBill", 1.0, 1.0, False, "Holiday"),
        "warranty": (12, "Warranty rework", "NoCharge", 1.0, 1.0, True, None),
    }.items()
}
ZERO_COST_WORK_TYPE = 8
# Charge code → the work type that time on it has.
CHARGE_CODE_WORK = {
    1: "internal", 2: "internal", 3: "training", 4: "internal", 5: "internal",
    6: "travel", 7: "vacation", 8: "sick",
}  # fmt: skip


def charge_code_ref(number: int) -> Json:
    """Reference to a charge code."""
    return ref(number, dict(CHARGE_CODES)[number])


WORK_ROLES = {
    "dispatch": (1, "Dispatcher", 95.0),
    "tier1": (2, "Technician 1", 110.0),
    "tier2": (3, "Technician 2", 135.0),
    "tier3": (4, "Senior Engineer", 165.0),
    "project": (5, "Project Engineer", 155.0),
    "manager": (6, "Project Manager", 150.0),
    "sales": (7, "Account Manager", 120.0),
    "finance": (8, "Administrator", 90.0),
    "owner": (9, "Principal", 195.0),
    "api": (10, "Integration", 0.0),
}
SOURCES = {
    "email": ref(1, "Email Connector"),
    "phone": ref(2, "Phone"),
    "portal": ref(3, "Portal"),
    "alert": ref(4, "Monitoring"),
    "walk_in": ref(5, "Walk-in"),
}
SERVICE_LOCATIONS = {
    "onsite": ref(1, "On-Site"),
    "house": ref(2, "In-house"),
    "remote": ref(4, "Remote"),
}


@cache
def boards_by_id() -> dict[int, Board]:
    """``boards()``, made once."""
    return boards()
