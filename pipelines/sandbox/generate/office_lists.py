"""Records of how the firm and its books of reference are set up.

Locations, departments, custom field definitions, charge codes, and the statuses and
types of companies and configurations. The definitions are those that ``records`` puts
on every record; the values that lists of choices offer are named here.
"""

from collections.abc import Iterator

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, stamp
from pipelines.sandbox.generate.clients import (
    COMPANY_STATUSES,
    COMPANY_TYPES,
    COUNTRY,
    KINDS,
)
from pipelines.sandbox.generate.configurations import STATUSES, TYPES
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import (
    CUSTOM_FIELDS,
    Json,
    connectwise_id,
    info,
    ref,
)
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.ticket_record import CAUSES
from pipelines.sandbox.generate.words import CHARGE_CODES

_ADMIN = "setup1"
_SCREENS = {
    "company": "co200", "contact": "ct300", "ticket": "sr100", "time": "te100",
    "project": "pm100", "phase": "pm200", "agreement": "ag100", "addition": "ag200",
    "member": "sy100", "invoice": "gl100", "opportunity": "so100",
    "site": "co300", "configuration": "cf100",
}  # fmt: skip
_CHOICES: dict[int, tuple[str, ...]] = {
    1: KINDS,
    11: ("Staff", "Lead", "Executive"),
    20: CAUSES,
    40: ("Green", "Amber", "Red"),
    81: ("Commit", "Best case", "Pipeline"),
    92: ("Low", "Normal", "High"),
}
_STREETS = ("1 Pier Road", "40 Lake Drive", "900 Mesa Parkway")
_CITIES = (
    ("Port Alder", "NY", "10990"),
    ("Lakehurst Falls", "OH", "43990"),
    ("Dry Mesa", "AZ", "85990"),
)


def write_office_lists(scene: Scene) -> None:
    """Write all of them."""
    writer, at = scene.writer, scene.start - 195 * DAY
    writer.add_all("/system/locations", _locations(scene.members, at))
    departments = ({**each, "_info": {}} for each in firm.DEPARTMENTS.values())
    writer.add_all("/system/departments", departments)
    writer.add_all("/system/userDefinedFields", _definitions(at))
    writer.add_all("/time/chargeCodes", _charge_codes(scene, at))
    writer.add_all("/company/companies/statuses", _company_statuses(at))
    writer.add_all("/company/companies/types", _company_types(at))
    writer.add_all("/company/configurations/types", _configuration_types(at))
    writer.add_all("/company/configurations/statuses", _configuration_statuses(at))


def _locations(members: list[Member], at: int) -> Iterator[Json]:
    manager = next(m for m in members if m.role in {"owner", "manager"})
    for index, location in enumerate(firm.LOCATIONS):
        city, state, zip_code = _CITIES[index]
        zone = 2 if location.zone is firm.ZONE_WITHOUT_DST else 1
        calendar = firm.MESA_CALENDAR if zone == 2 else firm.OFFICE_CALENDAR
        name = "Mesa office hours" if zone == 2 else "Office hours"
        record: Json = {
            "id": location.id,
            "ownerLevelId": location.id,
            "structureLevel": ref(2, "Location"),
            "name": location.name,
            "manager": manager.ref,
            "salesRep": manager.identifier,
            "timeZoneSetup": ref(zone, location.windows_zone),
            "calendar": ref(calendar, name),
            "overrideAddressLine1": _STREETS[index],
            "overrideAddressLine2": "",
            "overrideCity": city,
            "overrideState": state,
            "overrideZip": zip_code,
            "overrideCountry": COUNTRY,
            "overridePhoneNumber": f"555010000{index}",
            "overrideFaxNumber": "",
            "owaUrl": f"https://mail.{firm.DOMAIN}",
            "payrollXref": f"L{location.id:02d}",
            "locationFlag": True,
            "clientFlag": False,
            "workRoleIds": [role[0] for role in firm.WORK_ROLES.values()],
            "departmentIds": [each["id"] for each in firm.DEPARTMENTS.values()],
            "_info": info(at, _ADMIN),
        }
        if index:
            record["reportsTo"] = firm.LOCATIONS[0].ref
        yield record


def _definitions(at: int) -> Iterator[Json]:
    for place, (entity, specs) in enumerate(CUSTOM_FIELDS.items(), 1):
        for row, spec in enumerate(specs, 1):
            number, caption, kind, method, decimals, _ = spec
            record: Json = {
                "id": number,
                "podId": place * 10,
                "caption": caption,
                "sequenceNumber": row,
                "screenId": _SCREENS.get(entity, "sy900"),
                "helpText": f"{caption} of the {entity}",
                "fieldTypeIdentifier": kind,
                "numberDecimals": decimals,
                "entryTypeIdentifier": method,
                "requiredFlag": False,
                "displayOnScreenFlag": True,
                "readOnlyFlag": False,
                "listViewFlag": row == 1,
                "businessUnitIds": [each["id"] for each in firm.DEPARTMENTS.values()],
                "locationIds": [location.id for location in firm.LOCATIONS],
                "connectWiseID": connectwise_id(0, number),
                "dateCreated": stamp(at),
                "_info": {},
            }
            if number in _CHOICES:
                record["options"] = _options(number)
            if kind == "Button":
                record["buttonUrl"] = f"https://portal.{firm.DOMAIN}/device"
            yield record


def _options(field: int) -> list[Json]:
    return [
        {
            "id": field * 100 + place,
            "optionValue": value,
            "defaultFlag": place == 0,
            "inactiveFlag": False,
            "sortOrder": place,
        }
        for place, value in enumerate(_CHOICES[field])
    ]


def _charge_codes(scene: Scene, at: int) -> Iterator[Json]:
    for number, name in CHARGE_CODES:
        kind = firm.WORK_TYPES[firm.CHARGE_CODE_WORK[number]]
        role, role_name, _ = firm.WORK_ROLES["finance"]
        yield {
            "id": number,
            "name": name,
            "company": scene.internal.reference,
            "location": firm.LOCATIONS[0].ref,
            "department": firm.DEPARTMENTS["Admin"],
            "billTime": kind.bill_time,
            "expenseEntryFlag": name == "Travel",
            "allowAllExpenseTypeFlag": name == "Travel",
            "timeEntryFlag": True,
            "workType": kind.ref,
            "workRole": ref(role, role_name),
            "integrationXref": f"PAY-{number:02d}",
            "expenseTypeIds": [],
            "connectWiseId": connectwise_id(13, number),
            "_info": info(at, _ADMIN),
        }


def _company_statuses(at: int) -> Iterator[Json]:
    for number, name in COMPANY_STATUSES.values():
        is_gone = name in {"Inactive", "Former client"}
        record: Json = {
            "id": number,
            "name": name,
            "defaultFlag": number == 1,
            "inactiveFlag": False,
            "notifyFlag": is_gone,
            "disallowSavingFlag": name == "Inactive",
            "customNoteFlag": False,
            "cancelOpenTracksFlag": is_gone,
            "connectWiseId": connectwise_id(14, number),
            "_info": info(at, _ADMIN),
        }
        if is_gone:
            record["notificationMessage"] = f"{name}: ask the account manager first."
            record["track"] = ref(1, "Offboarding")
        yield record


def _company_types(at: int) -> Iterator[Json]:
    for number, name in sorted(set(COMPANY_TYPES.values())):
        is_alert = name == "Catch-all"
        record: Json = {
            "id": number,
            "name": name,
            "defaultFlag": name == "Prospect",
            "vendorFlag": name == "Vendor",
            "serviceAlertFlag": is_alert,
            "connectWiseId": connectwise_id(15, number),
            "_info": info(at, _ADMIN),
        }
        if is_alert:
            record["serviceAlertMessage"] = "Move this ticket to its own company."
        yield record


def _configuration_types(at: int) -> Iterator[Json]:
    for kind in TYPES.values():
        yield {
            "id": kind.id,
            "name": kind.name,
            "inactiveFlag": False,
            "systemFlag": kind.name == "Managed Workstation",
            "_info": info(at, _ADMIN),
        }


def _configuration_statuses(at: int) -> Iterator[Json]:
    for number, name in STATUSES.values():
        yield {
            "id": number,
            "description": name,
            "closedFlag": name == "Retired",
            "defaultFlag": name == "Active",
            "_info": info(at, _ADMIN),
        }
