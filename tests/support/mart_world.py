"""A few raw records whose figures were worked out on paper, dirt included.

The clock stands at 2026-03-31 17:00 in New York. The tests beside it state the
answers; nothing here is random.
"""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipelines.transform.project import manifest_path
from pipelines.warehouse.connection import connect
from tests.support.compiled_models import CompiledModels
from tests.support.marts import AS_OF, ZONE, RawWarehouse, settings_in
from tests.support.shared_folder import shared_folder
from tests.support.warehouses import extract, tenant_of
from tests.support.worlds import copy_of

Rows = tuple[Mapping[str, Any], ...]

INTERNAL, ACME, LEFT_COMPANY, GONE_COMPANY = 2, 19, 30, 77
ADA, BOB, ROBOT, GONE_MEMBER = 1, 2, 3, 99
DESK = 1
OFFICE = 1

_WEEK = {
    f"{day}_{edge}_time": "08:00:00" if edge == "start" else "17:00:00"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for edge in ("start", "end")
}


def _ticket(number: int, entered: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "board__id": DESK,
        "company__id": ACME,
        "status__name": "New ",
        "_info__date_entered": entered,
        "_info__last_updated": "2026-03-30T12:00:00Z",
        "closed_flag": False,
    } | more


def _entry(number: int, start: str, end: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "member__id": ADA,
        "member__name": "Ada A",
        "company__id": ACME,
        "charge_to_type": "ServiceTicket",
        "billable_option": "Billable",
        "status": "Open",
        "time_start": start,
        "time_end": end,
        "date_entered": end or start,
        "work_type__id": 1,
        "work_type__name": "Remote",
    } | more


RAW: Mapping[str, Rows] = {
    "companies": (
        {"id": INTERNAL, "identifier": "YourCompany", "name": "Your Company"},
        {"id": ACME, "identifier": "Acme", "name": "Acme"},
        {"id": 20, "identifier": "InternalMed", "name": "Internal Medicine"},
    ),
    "companies__types": (
        {"_parent_id": ACME, "_position": 0, "id": 1, "name": "Client"},
        {"_parent_id": ACME, "_position": 1, "id": 2, "name": "Managed"},
    ),
    "members": (
        {
            "id": ADA, "identifier": "ada", "first_name": "Ada", "last_name": "A",
            "license_class": "F", "hourly_cost": 40.0, "daily_capacity": 8.0,
            "hire_date": "2026-03-23T00:00:00Z", "calendar__id": OFFICE,
        },
        {
            "id": BOB, "identifier": "bob", "first_name": "Bob", "license_class": "F",
            "hourly_cost": 0.0, "hire_date": "2026-03-20T00:00:00Z",
            "inactive_flag": True, "inactive_date": "2026-03-24T00:00:00Z",
            "calendar__id": OFFICE,
        },
        {"id": ROBOT, "identifier": "robot", "license_class": "A"},
    ),
    "calendars": ({"id": OFFICE, "name": "Office", "holiday_list__id": 1} | _WEEK,),
    "holiday_lists": ({"id": 1, "name": "Firm holidays"},),
    "holidays": (
        {"id": 1, "_parent_id": 1, "name": "Winter Day", "date": "2026-01-19",
         "all_day_flag": True},
        {"id": 2, "_parent_id": 1, "name": "Half Day", "date": "2026-07-02",
         "all_day_flag": False, "time_start": "11:00:00", "time_end": "13:30:00"},
    ),
    "boards": ({"id": DESK, "name": "Help Desk"},),
    "board_statuses": (
        {"id": 11, "_parent_id": DESK, "name": "New ",
         "escalation_status": "NotResponded"},
    ),
    "work_types": (
        {"id": 1, "name": "Remote", "utilization_flag": True, "cost_multiplier": 1.0},
        {"id": 2, "name": "Out sick", "accrual_type": "Sick"},
    ),
    "service_tickets": (
        _ticket(1, "2026-03-23T15:00:00Z"),
        _ticket(2, "2026-03-23T15:00:00Z", closed_flag=True,
                closed_date="2026-03-25T02:00:00Z"),
        _ticket(3, "2026-03-23T15:00:00Z"),  # Deleted.
        _ticket(4, "2026-03-24T15:00:00Z"),  # Deleted, and then back again.
        _ticket(5, "2026-03-23T15:00:00Z", closed_flag=True),
        _ticket(6, "1900-01-01T00:00:00Z", closed_flag=True,
                closed_date="2099-12-31T00:00:00Z"),
        _ticket(7, "2026-03-23T15:00:00Z", merged_parent_ticket__id=1),
        _ticket(8, "2026-03-23T15:00:00Z", company__id=GONE_COMPANY,
                company__name="Gone Ltd", owner__id=GONE_MEMBER,
                owner__name="Gil Gone"),
    ),
    "_deletions": (
        {"entity": "service_tickets", "id": 3, "deleted_at": "2026-03-26T00:00:00Z"},
        {"entity": "service_tickets", "id": 4, "deleted_at": "2026-03-26T00:00:00Z",
         "restored_at": "2026-03-27T00:00:00Z"},
    ),
    "projects": (
        {
            "id": 1, "name": "Move", "company__id": ACME, "manager__id": GONE_MEMBER,
            "estimated_start": "2026-03-16T00:00:00Z",
            "estimated_end": "2026-03-27T00:00:00Z", "percent_complete": 0.25,
        },
        {"id": 2, "name": "No budget", "company__id": ACME},
        {"id": 3, "name": "Long gone", "company__id": ACME, "closed_flag": True,
         "actual_end": "2025-06-30T00:00:00Z"},
    ),
    "project_tickets": (
        _ticket(101, "2026-03-16T15:00:00Z", project__id=1, budget_hours=10.0,
                closed_flag=True, closed_date="2026-03-20T15:00:00Z"),
        _ticket(102, "2026-03-16T15:00:00Z", project__id=1, budget_hours=10.0),
        _ticket(103, "2026-03-16T15:00:00Z", project__id=9, project__name="Deleted"),
    ),
    "time_entries": (
        _entry(1, "2026-03-24T14:00:00Z", "2026-03-24T15:30:00Z", charge_to_id=1,
               actual_hours=1.5),
        _entry(2, "2026-03-24T16:00:00Z", "2026-03-24T15:00:00Z",  # Ends too early.
               charge_to_type="ProjectTicket", charge_to_id=101, actual_hours=14.0,
               hourly_cost="50"),
        _entry(3, "2026-03-25T14:00:00Z", None, member__id=GONE_MEMBER,
               member__name="Gil Gone", charge_to_id=1,
               actual_hours=0.083333333333333329),
        _entry(4, "2099-01-01T12:00:00Z", "2099-01-01T13:00:00Z", charge_to_id=1,
               actual_hours=1.0),
        _entry(5, "2026-03-26T12:00:00Z", "2026-03-26T20:00:00Z",
               company__id=INTERNAL, charge_to_type="ChargeCode", charge_to_id=5,
               work_type__id=2, work_type__name="Out sick",
               billable_option="DoNotBill", actual_hours=8.0),
        _entry(6, "2026-03-27T14:00:00Z", "2026-03-27T16:00:00Z", member__id=BOB,
               member__name="Bob", charge_to_type="ProjectTicket", charge_to_id=102,
               project__id=2, actual_hours=25.0, hourly_cost="masked"),
    ),
    "agreements": (
        {"id": 1, "name": "Backwards", "company__id": ACME,
         "start_date": "2026-03-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"},
    ),
    "invoices": (
        {"id": 1, "company__id": ACME, "date": "2026-03-01T00:00:00Z",
         "due_date": "2026-03-24T00:00:00Z", "total": 110.1, "balance": 110.1},
    ),
}  # fmt: skip


def _gone(entity: str, number: int, evidence: str, **more: Any) -> dict[str, Any]:
    moment = "2026-03-29T03:00:00Z"
    return {"entity": entity, "id": number, "deleted_at": moment,
            "evidence": evidence} | more  # fmt: skip


_IN_PROJECT = {"project__id": 1, "project__name": "Move"}

MOVED: Mapping[str, Rows] = {
    "companies": (
        {"id": ACME, "identifier": "Acme", "name": "Acme", "deleted_flag": False},
        {"id": LEFT_COMPANY, "identifier": "Left", "name": "Left Ltd",
         "deleted_flag": True, "date_deleted": "2026-03-25T10:00:00Z"},
        {"id": GONE_COMPANY, "identifier": "Gone", "name": "Gone Ltd"},
    ),
    "members": ({"id": ADA, "identifier": "ada", "first_name": "Ada"},),
    "boards": ({"id": DESK, "name": "Help Desk"},),
    "projects": ({"id": 1, "name": "Move", "company__id": ACME},),
    "service_tickets": (
        _ticket(1, "2026-03-23T15:00:00Z"),
        _ticket(2, "2026-03-23T15:00:00Z", merged_parent_ticket__id=1),
        _ticket(3, "2026-03-23T15:00:00Z", parent_ticket_id=1),
        _ticket(4, "2026-03-23T15:00:00Z"),  # Deleted for good.
        _ticket(5, "2026-03-23T15:00:00Z"),  # Deleted, and then back again.
        _ticket(6, "2026-03-23T15:00:00Z", parent_ticket_id=1),  # Now a project's.
        _ticket(7, "2026-03-23T15:00:00Z"),  # The same, but no sweep has seen it.
        _ticket(8, "2026-03-23T15:00:00Z"),  # Was a project's.
        _ticket(9, "2026-03-23T15:00:00Z", company__id=LEFT_COMPANY),
        _ticket(10, "2026-03-23T15:00:00Z", company__id=GONE_COMPANY,
                company__name="Gone Ltd"),
    ),
    "project_tickets": (
        _ticket(6, "2026-03-23T15:00:00Z", **_IN_PROJECT),
        _ticket(7, "2026-03-23T15:00:00Z", **_IN_PROJECT,
                _info__last_updated="2026-03-31T12:00:00Z"),
        _ticket(8, "2026-03-23T15:00:00Z", **_IN_PROJECT,
                _info__last_updated="2026-03-31T12:00:00Z"),
    ),
    "service_ticket_notes": tuple(
        {"id": 10 * ticket, "_parent_id": ticket, "text": "Looked at it"}
        for ticket in (4, 6, 7)
    ),
    "project_ticket_notes": tuple(
        {"id": 10 * ticket, "_parent_id": ticket, "text": "Looked at it"}
        for ticket in (6, 7)
    ),
    "time_entries": tuple(
        _entry(ticket, "2026-03-24T14:00:00Z", "2026-03-24T15:00:00Z",
               charge_to_id=ticket, actual_hours=1.0, **more)
        for ticket, more in {
            4: {},
            7: {},
            8: {"charge_to_type": "ProjectTicket", "project__id": 1},
            9: {"company__id": LEFT_COMPANY},
        }.items()
    ),
    "schedule_entries": (
        {"id": 1, "object_id": 4, "member__id": ADA,
         "date_start": "2026-03-24T14:00:00Z", "date_end": "2026-03-24T15:00:00Z"},
    ),
    "invoices": (
        {"id": 1, "company__id": LEFT_COMPANY, "date": "2026-03-01T00:00:00Z",
         "total": 110.0, "balance": 110.0},
    ),
    "_deletions": (
        _gone("service_tickets", 4, "missing in sweeps a and b"),
        _gone("service_ticket_notes", 40,
              "service_tickets 4 is gone: missing in sweeps a and b"),
        _gone("service_tickets", 5, "missing in sweeps a and b",
              restored_at="2026-03-30T03:00:00Z"),
        _gone("service_tickets", 6, "moved to project_tickets"),
        _gone("service_ticket_notes", 60,
              "service_tickets 6 is gone: moved to project_tickets"),
        _gone("project_tickets", 8, "moved to service_tickets"),
        _gone("companies", GONE_COMPANY, "missing in sweeps a and b"),
    ),
}  # fmt: skip


def empty_warehouse(factory: pytest.TempPathFactory) -> RawWarehouse:
    """Built once per test run from tables without rows; only to be read."""
    return _once(factory, "marts_empty", _empty)


def worked_warehouse(factory: pytest.TempPathFactory) -> RawWarehouse:
    """Made once per test run from ``RAW``; only to be read."""
    make = partial(_filled, like=empty_warehouse(factory), rows=RAW)
    return _once(factory, "marts_worked", make)


def moved_warehouse(factory: pytest.TempPathFactory) -> RawWarehouse:
    """Made once per test run from ``MOVED``; only to be read."""
    make = partial(_filled, like=empty_warehouse(factory), rows=MOVED)
    return _once(factory, "marts_moved", make)


def tiny_warehouse(factory: pytest.TempPathFactory, world: Path) -> RawWarehouse:
    """Built once per test run from the sandbox's tiny world; only to be read."""
    return _once(factory, "marts_tiny", partial(_extracted, world=world))


def _empty(folder: Path) -> None:
    RawWarehouse.create(folder).build()


def _filled(folder: Path, *, like: RawWarehouse, rows: Mapping[str, Rows]) -> None:
    """The models' SQL on the rows, in a copy of a warehouse that dbt built empty."""
    shutil.copytree(like.settings.warehouse.dir, folder)
    warehouse = RawWarehouse(settings_in(folder))
    for table, records in rows.items():
        warehouse.insert(table, records)
    models = CompiledModels(manifest_path(warehouse.settings), snapshots=True)
    with connect(warehouse.settings.warehouse.build_file, read_only=False) as file:
        models.rebuild(file)


def _extracted(folder: Path, *, world: Path) -> None:
    store = copy_of(world, folder)
    with store, tenant_of(store, folder) as settings:
        settings.warehouse.build_dir.mkdir(parents=True, exist_ok=True)
        extract(settings)
    warehouse = RawWarehouse(settings_in(folder))
    warehouse.set_clock(as_of=AS_OF, zone=ZONE)
    warehouse.build("--exclude-resource-type", "test", "unit_test")


def _once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> RawWarehouse:
    folder = shared_folder(factory) / name
    with FileLock(f"{folder}.lock"):
        if not folder.with_suffix(".done").exists():
            make(folder)
            folder.with_suffix(".done").touch()
    return RawWarehouse(settings_in(folder))
