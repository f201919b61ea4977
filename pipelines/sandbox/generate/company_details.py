"""What hangs on a company: sites, type associations, the people who look after it.

The company's own record is made in ``clients``; the sites here are those that it, its
contacts and its tickets refer to, and the types are those on its record.
"""

from collections.abc import Iterator

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY
from pipelines.sandbox.generate.clients import (
    COMPANY_TYPES,
    COUNTRY,
    Company,
    second_site,
)
from pipelines.sandbox.generate.finance_setup import tax_ref
from pipelines.sandbox.generate.records import Json, custom_fields, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import guid

_ADMIN = "setup1"
_BELOW = "/company/companies/{parent_id}"
_STATES = {
    "NY": (32, "New York"), "OH": (35, "Ohio"), "AZ": (3, "Arizona"),
    "NJ": (30, "New Jersey"), "PA": (38, "Pennsylvania"),
}  # fmt: skip
_ACCOUNT_MANAGER, _TECHNICIAN, _CLIENT = (
    ref(1, "Account Manager"),
    ref(2, "Primary Technician"),
    ref(3, "Client Contact"),
)


def write_company_details(scene: Scene) -> None:
    """Write what hangs on each company."""
    for company in scene.companies:
        at = min(max(company.since, scene.start - 900 * DAY), scene.now)
        number, name = COMPANY_TYPES[company.kind]
        association = {
            "id": company.id * 10 + number,
            "company": company.reference,
            "type": ref(number, name),
            "_info": info(at, _ADMIN),
        }
        scene.writer.add(f"{_BELOW}/typeAssociations", association, company.id)
        for record in _sites(company, scene=scene, at=at):
            scene.writer.add(f"{_BELOW}/sites", record, company.id)
        if company.is_client:
            for record in _team(company, scene=scene, at=at):
                scene.writer.add(f"{_BELOW}/teams", record, company.id)


def _sites(company: Company, *, scene: Scene, at: int) -> Iterator[Json]:
    rng = scene.stream(f"sites/{company.id}")
    yield {
        **_site(company, company.site, company.street, at=at),
        "mobileGuid": guid(rng),
        "primaryAddressFlag": True,
        "defaultShippingFlag": True,
        "defaultBillingFlag": True,
        "defaultMailingFlag": True,
    }
    branch = second_site(company)
    if branch:
        yield {
            **_site(company, branch, f"{company.id % 90 + 1} Ring Road", at=at),
            "mobileGuid": guid(rng),
            "addressLine2": "Second floor",
            "phoneNumberExt": "20",
            "primaryAddressFlag": False,
            "defaultShippingFlag": False,
            "defaultBillingFlag": False,
            "defaultMailingFlag": False,
        }


def _site(company: Company, site: Json, street: str, *, at: int) -> Json:
    city, state, zip_code = company.city
    number, state_name = _STATES[state]
    is_mesa = company.location.zone is firm.ZONE_WITHOUT_DST
    return {
        **site,
        "addressLine1": street,
        "city": city,
        "stateReference": {"id": number, "identifier": state, "name": state_name},
        "zip": zip_code,
        "country": COUNTRY,
        "addressFormat": f"{street}\r\n{city}, {state} {zip_code}",
        "phoneNumber": company.contacts[0].phone,
        "faxNumber": "",
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "entityType": ref(1, "Commercial"),
        "expenseReimbursement": 0.0,
        "inactiveFlag": company.kind == "deleted",
        "billSeparateFlag": False,
        "calendar": ref(firm.OFFICE_CALENDAR, "Office hours"),
        "timeZone": ref(2 if is_mesa else 1, company.location.windows_zone),
        "company": company.reference,
        "territory": company.location.ref,
        "invoiceTemplate": ref(1, "Standard"),
        "customFields": custom_fields("site"),
        "_info": info(at, _ADMIN),
    }


def _team(company: Company, *, scene: Scene, at: int) -> Iterator[Json]:
    technicians = [m for m in scene.members if m.role in {"tier2", "tier3", "owner"}]
    technician = technicians[company.id % len(technicians)]
    people = (
        (_ACCOUNT_MANAGER, {"member": company.manager.ref}, "Sales"),
        (_TECHNICIAN, {"member": technician.ref}, "Service"),
        (_CLIENT, {"contact": company.contacts[0].ref}, "Service"),
    )
    for place, (role, who, department) in enumerate(people, 1):
        yield {
            "id": company.id * 10 + place,
            "company": company.reference,
            "teamRole": role,
            **who,
            "location": company.location.ref,
            "department": firm.DEPARTMENTS[department],
            "accountManagerFlag": role is _ACCOUNT_MANAGER,
            "salesFlag": role is _ACCOUNT_MANAGER,
            "techFlag": role is _TECHNICIAN,
            "_info": info(at, _ADMIN),
        }
