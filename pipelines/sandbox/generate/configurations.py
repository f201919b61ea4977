"""Configurations: the devices of each client, which follow its seats.

A seat has a workstation that is bought, is under warranty for three years, and is
replaced a year or so later; a client also has servers, network devices and printers.
Purchases are spread evenly, so some warranty expires every month. Where licences are
sold per seat, there is a workstation for each, but at one client (story 10).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import licences_of
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company, Contact, second_site
from pipelines.sandbox.generate.flaws import Flaws
from pipelines.sandbox.generate.records import Json, custom_fields, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import guid, lognormal

_YEAR = 365 * DAY
_WARRANTY = 3 * _YEAR
_LICENCES_PER_WORKSTATION = 1.2  # At the client of story 10.
_KEPT = 0.6  # Of the replaced devices, the rest were deleted.
_WITH_SPARE = 0.25
_AGENT = "rmmagent"
STATUSES = {
    "active": (1, "Active"),
    "spare": (2, "In stock"),
    "retired": (3, "Retired"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of configuration, with the models that there are of it."""

    id: int
    name: str
    prefix: str
    maker: Json
    models: tuple[str, ...]
    lasts: float

    @property
    def ref(self) -> Json:
        """Reference to the type."""
        return ref(self.id, self.name)


_HALDEN, _ORRIN, _PAPYR = ref(1, "Halden"), ref(2, "Orrin"), ref(3, "Papyr")
TYPES = {
    "workstation": Kind(
        1, "Managed Workstation", "WS", _HALDEN, ("Lite 14", "Pro 15", "Tower 5"), 4.0
    ),
    "server": Kind(2, "Managed Server", "SRV", _HALDEN, ("Rack 210", "Rack 440"), 5.0),
    "network": Kind(3, "Network Device", "NET", _ORRIN, ("Edge 60", "Switch 24"), 5.5),
    "printer": Kind(4, "Printer", "PRN", _PAPYR, ("Mono 300", "Colour 520"), 5.0),
}
_SYSTEMS = {
    "workstation": ("Desktop OS 11", "22631", "8-core 2.4 GHz", "16 GB", "C: 512 GB"),
    "server": ("Server OS 2022", "20348", "16-core 2.1 GHz", "64 GB", "D: 4 TB"),
}


@dataclass(frozen=True, slots=True)
class Device:
    """One configuration; ``until`` is when it was taken out of service."""

    company: Company
    kind: str
    number: int
    bought: int
    until: int | None
    is_spare: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it is in use."""
        return self.until is None and not self.is_spare


def write_configurations(scene: Scene, flaws: Flaws) -> None:
    """Write the devices of every client, and measure story 10."""
    numbers, stories = count(20_001), scene.stories
    vendors = [c.reference for c in scene.companies if c.kind == "vendor"]
    for company in scene.companies:
        if not company.is_client:
            continue
        rng = scene.stream(f"configurations/{company.id}")
        for device in _devices(scene, company, rng):
            record = _record(next(numbers), device, now=scene.now, rng=rng)
            if vendors and device.kind != "workstation":
                record["vendor"] = vendors[device.number % len(vendors)]
            flaws.configurations.over(record)
            scene.writer.add("/company/configurations", record)
            if company is stories.licence_client and device.kind == "workstation":
                stories.workstations += device.is_active


def _devices(scene: Scene, company: Company, rng: Random) -> Iterator[Device]:
    seats = company.seats
    wanted = {
        "workstation": _workstations(scene, company, rng),
        "server": max(1, seats // 15),
        "network": 1 + seats // 20,
        "printer": max(1, seats // 12),
    }
    last = min(company.until or scene.now, scene.now)
    for kind, number in wanted.items():
        lasts = TYPES[kind].lasts * _YEAR
        for index in range(1, number + 1):
            bought = utc_midnight(last - int(lasts * rng.random()))
            replaced = bought + 9 * HOUR
            if replaced > max(company.since, scene.start) and rng.random() < _KEPT:
                old = utc_midnight(bought - int(lasts * rng.uniform(0.9, 1.1)))
                yield Device(company, kind, index, old, replaced)
            yield Device(company, kind, index, bought, company.until)
    if rng.random() < _WITH_SPARE:
        yield Device(company, "workstation", 900, last - 40 * DAY, None, is_spare=True)


def _workstations(scene: Scene, company: Company, rng: Random) -> int:
    _, licences = licences_of(company, scene.now)
    if company is scene.stories.licence_client:
        return max(1, round(licences / _LICENCES_PER_WORKSTATION))
    return max(1, round((licences or company.seats) * rng.uniform(0.97, 1.02)))


def _record(number: int, device: Device, *, now: int, rng: Random) -> Json:
    """The record of ``/company/configurations``."""
    company, kind = device.company, TYPES[device.kind]
    status = "active" if device.is_active else "retired"
    age = int(lognormal(rng, 25 * DAY, 1.0))
    changed = device.until or max(device.bought + 10 * HOUR, now - age)
    contact = rng.choice(company.contacts)
    tag = f"{kind.prefix}-{device.number:03d}"
    record: Json = {
        "id": number,
        "name": f"{company.identifier[:12].upper()}-{tag}",
        "type": kind.ref,
        "status": ref(*STATUSES["spare" if device.is_spare else status]),
        "company": company.reference,
        "contact": contact.ref,
        "site": _site(company, device),
        "location": company.location.ref,
        "locationId": company.location.id,
        "companyLocationId": company.location.id,
        "department": firm.DEPARTMENTS["Service"],
        "businessUnitId": firm.DEPARTMENTS["Service"]["id"],
        "activeFlag": device.is_active,
        "billFlag": device.is_active and company.kind == "managed",
        "deviceIdentifier": guid(rng),
        "serialNumber": f"{kind.prefix[0]}{rng.getrandbits(40):010X}",
        "modelNumber": rng.choice(kind.models),
        "manufacturer": kind.maker,
        "manufacturerPartNumber": f"{kind.maker['name'][:2].upper()}-{number % 900}",
        "tagNumber": f"T{number}",
        "purchaseDate": stamp(device.bought),
        "installationDate": stamp(min(device.bought + 6 * DAY, now - now % DAY)),
        "installedBy": company.manager.ref,
        "warrantyExpirationDate": stamp(device.bought + _WARRANTY),
        "needsRenewalFlag": device.is_active and device.bought + _WARRANTY < now,
        "notes": "",
        "mobileGuid": guid(rng),
        "displayVendorFlag": False,
        "showRemoteFlag": True,
        "showAutomateFlag": True,
        "questions": _questions(number, device, rng),
        "customFields": custom_fields("configuration", _criticality(device)),
        "_info": info(min(changed, now), _AGENT),
    }
    if company.sla is not None:
        record["sla"] = firm.SLAS[company.sla].ref
    _add_network(record, device, contact)
    _add_system(record, device, changed=min(changed, now), rng=rng)
    return record


def _site(company: Company, device: Device) -> Json:
    branch = second_site(company)
    return branch if branch and device.number % 4 == 3 else company.site


def _criticality(device: Device) -> dict[int, object] | None:
    return {92: "High"} if device.kind == "server" else None


def _add_network(record: Json, device: Device, contact: Contact) -> None:
    place = device.number % 250 + 2
    net = f"10.{device.company.id % 200}.{sorted(TYPES).index(device.kind)}"
    serial = record["serialNumber"]
    record["ipAddress"] = f"{net}.{place}"
    record["defaultGateway"] = f"{net}.1"
    record["macAddress"] = f"02:{serial[1:3]}:{serial[3:5]}:{serial[5:7]}:00:01"
    record["managementLink"] = f"https://rmm.{firm.DOMAIN}/device/{record['id']}"
    record["remoteLink"] = f"https://rmm.{firm.DOMAIN}/remote/{record['id']}"
    if device.kind == "workstation":
        record["lastLoginName"] = f"{contact.first}.{contact.last}".lower()


def _add_system(record: Json, device: Device, *, changed: int, rng: Random) -> None:
    """What an agent reports of a computer, and of a server's backups."""
    if device.kind not in _SYSTEMS:
        return
    system, build, cpu, ram, drives = _SYSTEMS[device.kind]
    record |= {
        "osType": system, "osInfo": f"Build {build}", "cpuSpeed": cpu, "ram": ram,
        "localHardDrives": drives,
    }  # fmt: skip
    if device.kind != "server":
        return
    nights = changed // DAY % 28 + 1
    failed, month = int(rng.random() < 0.2), stamp(changed)
    record |= {
        "backupServerName": record["name"],
        "backupBillableSpaceGb": float(rng.randrange(80, 2_000)),
        "backupProtectedDeviceList": record["name"],
        "backupYear": int(month[:4]),
        "backupMonth": int(month[5:7]),
        "backupSuccesses": nights - failed,
        "backupFailed": failed,
        "backupIncomplete": 0,
        "backupRestores": int(rng.random() < 0.1),
        "lastBackupDate": stamp(changed - changed % DAY),
        "parentConfigurationId": record["id"] - 1,
        "vendorNotes": "Support is with the maker.",
    }


def _questions(number: int, device: Device, rng: Random) -> list[Json]:
    answers: tuple[tuple[str, str, object], ...] = (
        ("Order number", "Text", f"PO-{device.bought // DAY}"),
        ("Disk encrypted", "Checkbox", rng.random() < 0.9),
        ("Price", "Currency", float(rng.randrange(400, 1_900))),
    )
    return [
        {
            "answerId": number * 10 + place,
            "questionId": 60 + place,
            "question": question,
            "answer": answer,
            "fieldType": kind,
            "numberOfDecimals": 2 if kind == "Currency" else 0,
            "requiredFlag": place == 0,
            "sequenceNumber": float(place + 1),
        }
        for place, (question, kind, answer) in enumerate(answers)
    ]
