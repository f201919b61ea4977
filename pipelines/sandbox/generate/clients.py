"""Companies and their contacts.

Kinds: ``internal`` (the firm itself), ``catch_all`` (mis-filed tickets), ``managed``,
``co_managed``, ``break_fix``, ``prospect``, ``vendor`` and ``deleted`` (soft-deleted,
one of them a duplicate of another). Agreements are in ``agreements``.
"""

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.profiles import Profile
from pipelines.sandbox.generate.records import (
    Json,
    coded_ref,
    currency,
    custom_fields,
    info,
    ref,
)
from pipelines.sandbox.generate.streams import guid, lognormal
from pipelines.sandbox.generate.words import (
    CITIES,
    FIRM_HEADS,
    FIRM_TAILS,
    FIRST_NAMES,
    LAST_HEADS,
    LAST_TAILS,
    STREETS,
)

if TYPE_CHECKING:
    from pipelines.sandbox.generate.agreements import Agreement

GONE_CONTACT_ID = 90_001  # Deleted for good, still referenced by old records.
_KINDS = (("deleted", 0.03), ("prospect", 0.12), ("vendor", 0.06))
_CLIENT_KINDS = (("break_fix", 0.22), ("co_managed", 0.1))
COMPANY_STATUSES = {
    "active": (1, "Active"), "prospect": (2, "Prospect"),
    "former": (3, "Former client"), "deleted": (4, "Inactive"),
}  # fmt: skip
COMPANY_TYPES = {
    "internal": (5, "Internal"), "catch_all": (6, "Catch-all"), "vendor": (3, "Vendor"),
    "prospect": (2, "Prospect"), "deleted": (1, "Client"), "managed": (1, "Client"),
    "co_managed": (1, "Client"), "break_fix": (7, "Break-fix"),
}  # fmt: skip
KINDS = tuple(COMPANY_TYPES)
COUNTRY = {"id": 1, "identifier": "US", "name": "United States"}
_BRANCH_FROM = 55
_JOBS = ("Office Manager", "Director", "Clerk", "Analyst", "Engineer", "Assistant")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a client."""

    id: int
    first: str
    last: str
    title: str
    email: str
    phone: str
    is_inactive: bool

    @property
    def ref(self) -> Json:
        """Reference to the contact."""
        return ref(self.id, f"{self.first} {self.last}")


@dataclass(slots=True)
class Company:
    """A company; ``until`` is when it stopped being a client."""

    id: int
    identifier: str
    name: str
    market: str
    kind: str
    seats: int
    city: tuple[str, str, str]
    street: str
    location: firm.Location
    since: int
    until: int | None
    pays_after: int
    is_taxable: bool
    currency_code: str
    manager: Member
    sla: int | None
    reference: Json
    changed: int
    parent: "Company | None" = None
    contacts: list[Contact] = field(default_factory=list)
    agreements: list["Agreement"] = field(default_factory=list)
    address: Json = field(default_factory=dict)

    @property
    def is_client(self) -> bool:
        """Whether the company buys service."""
        return self.kind in {"managed", "co_managed", "break_fix"}

    @property
    def site(self) -> Json:
        """Reference to its main site."""
        return ref(self.id + 3_000, "Main")

    def active_at(self, at: int) -> bool:
        """Whether the company is served at that instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def agreement_at(self, at: int) -> "Agreement | None":
        """The agreement that covers labour at that instant."""
        for agreement in self.agreements:
            if agreement.covers_time and agreement.active_at(at):
                return agreement
        return None


def second_site(company: Company) -> Json | None:
    """Reference to the branch that larger clients have beside the main site."""
    has_branch = company.is_client and company.seats > _BRANCH_FROM
    return ref(company.id + 7_000, "Branch") if has_branch else None


def make_companies(
    profile: Profile, *, rng: Random, members: list[Member], start: int, now: int
) -> list[Company]:
    """All companies; the firm itself and the catch-all come first."""
    kinds = _kinds(profile.companies)
    names = _names(rng, profile.companies - 2)
    sellers = [m for m in members if m.role in {"sales", "owner"}]
    companies = []
    for index, kind in enumerate(kinds):
        label = (
            (firm.NAME, "Professional")
            if kind == "internal"
            else ("Unsorted Requests", "None")
            if kind == "catch_all"
            else names[index - 2]
        )
        manager = sellers[index % len(sellers)]
        company = _company(index, kind, label, rng=rng, manager=manager, start=start)
        _lifetime(company, rng=rng, start=start, now=now)
        companies.append(company)
    _duplicate_and_merge(companies)
    return companies


def _kinds(count: int) -> list[str]:
    rest = count - 2
    kinds = ["internal", "catch_all"]
    for kind, share in _KINDS:
        # Two of the deleted were bought by a client, one is a duplicate.
        least = {"vendor": 0, "deleted": 3 if rest > 30 else 1}.get(kind, 1)
        kinds += [kind] * int(max(share * rest, least))
    clients = count - len(kinds)
    for kind, share in _CLIENT_KINDS:
        kinds += [kind] * int(max(share * clients, 1 if kind == "break_fix" else 0))
    return [*kinds, *["managed"] * (count - len(kinds))]


def _names(rng: Random, count: int) -> list[tuple[str, str]]:
    every = [(f"{h} {t}", market) for h in FIRM_HEADS for t, market in FIRM_TAILS]
    rng.shuffle(every)
    names = every
    rounds = 1
    while len(names) < count:
        rounds += 1
        suffix = ("", " Group", " Partners", " Holdings", " North")[rounds % 5]
        names = names + [(name + suffix, market) for name, market in every]
    return names[:count]


def _company(
    index: int,
    kind: str,
    label: tuple[str, str],
    *,
    rng: Random,
    manager: Member,
    start: int,
) -> Company:
    name, market = label
    office = rng.choice((0, 0, 1, 2))
    city = rng.choice([c for c in CITIES if (c[1] == "AZ") == (office == 2)])
    identifier = "".join(part for part in name.title() if part.isalnum())[:25]
    number = 2 if kind == "internal" else 15 + index
    slas = (firm.STANDARD, firm.STANDARD, firm.STANDARD, firm.PREMIUM, firm.CRITICAL)
    return Company(
        id=number,
        identifier=identifier,
        name=name,
        market=market,
        kind=kind,
        seats=int(min(400, max(5, lognormal(rng, 26, 0.85)))),
        city=city,
        street=f"{rng.randrange(1, 190)} {rng.choice(STREETS)}",
        location=firm.LOCATIONS[office],
        since=start - rng.randrange(60, 3_000) * DAY,
        until=None,
        pays_after=rng.choice((-8, -3, 0, 0, 0, 5, 10, 10, 40, 90)),
        is_taxable=rng.random() < 0.4,
        currency_code="USD",
        manager=manager,
        sla=rng.choice(slas) if kind != "break_fix" else firm.STANDARD,
        reference=coded_ref(number, identifier, name),
        changed=start - rng.randrange(30, 900) * DAY,
    )


def _lifetime(company: Company, *, rng: Random, start: int, now: int) -> None:
    """New clients every month, 7 % churn a year; deleted ones left long ago."""
    span = now - start
    draw = rng.random()
    if company.kind == "deleted":
        company.until = start + int(span * rng.uniform(0.2, 0.6))
        company.changed = company.until
    elif company.is_client and draw < 0.2:
        company.since = start + int(span * rng.uniform(0.05, 0.85))
        company.changed = company.since
    elif company.kind == "managed" and draw < 0.2 + 0.07 * span / (365 * DAY):
        company.until = start + int(span * rng.uniform(0.3, 0.95))
        company.changed = company.until
    elif company.is_client:
        company.changed = start + int(span * rng.random())


def _duplicate_and_merge(companies: list[Company]) -> None:
    """One deleted company is a duplicate; another was merged into a client."""
    deleted = [c for c in companies if c.kind == "deleted"]
    managed = [c for c in companies if c.kind == "managed"]
    original = managed[0]
    twin = deleted[0]
    twin.name, twin.identifier = original.name, original.identifier + "1"
    twin.reference = coded_ref(twin.id, twin.identifier, twin.name)
    for merged in deleted[1:3]:
        merged.parent = managed[-1]


def add_contacts(companies: list[Company], *, rng: Random) -> None:
    """Give every company its contacts, more for more seats."""
    number = 100
    for company in companies:
        people = 2 if not company.is_client else max(3, min(60, company.seats // 3))
        domain = f"{company.identifier.lower()}.example"
        for _ in range(people):
            number += 1
            first = rng.choice(FIRST_NAMES)
            last = rng.choice(LAST_HEADS) + rng.choice(LAST_TAILS)
            contact = Contact(
                id=number,
                first=first,
                last=last,
                title=rng.choice(_JOBS),
                email=f"{first}.{last}@{domain}".lower(),
                phone=f"555{rng.randrange(10**7):07d}",
                is_inactive=rng.random() < 0.05,
            )
            company.contacts.append(contact)
        company.address = _address(company)


def _address(company: Company) -> Json:
    city, state, zip_code = company.city
    return {
        "site": company.site,
        "siteName": "Main",
        "addressLine1": company.street,
        "city": city,
        "stateIdentifier": state,
        "zip": zip_code,
        "country": COUNTRY,
    }


def company_record(company: Company, *, rng: Random, now: int) -> Json:
    """The record of ``/company/companies``."""
    status = company.kind if company.kind in COMPANY_STATUSES else "active"
    if company.until and company.kind != "deleted":
        status = "former"
    city, state, zip_code = company.city
    contact = company.contacts[0]
    is_gone = company.kind == "deleted"
    deletion = {"dateDeleted": stamp(company.changed), "deletedBy": "setup1"}
    seats = {2: company.seats if company.is_client else None, 1: company.kind}
    return {
        "id": company.id,
        "identifier": company.identifier,
        "name": company.name,
        "status": ref(*COMPANY_STATUSES[status]),
        "addressLine1": company.street,
        "city": city,
        "state": state,
        "zip": zip_code,
        "country": COUNTRY,
        "phoneNumber": contact.phone,
        "faxNumber": "",
        "website": f"www.{company.identifier.lower()}.example",
        "territory": company.location.ref,
        "market": ref(10 + len(company.market), company.market),
        "accountNumber": f"A{company.id:05d}",
        "defaultContact": contact.ref,
        "dateAcquired": stamp(company.since - company.since % DAY),
        "annualRevenue": float(company.seats * 90_000),
        "numberOfEmployees": company.seats,
        "leadFlag": company.kind == "prospect",
        "unsubscribeFlag": False,
        "timeZoneSetup": ref(2 if state == "AZ" else 1, company.location.windows_zone),
        "calendar": ref(firm.OFFICE_CALENDAR, "Office hours"),
        "billingTerms": ref(1, "Net 30 days"),
        "billToCompany": company.reference,
        "billingSite": company.site,
        "billingContact": contact.ref,
        "invoiceDeliveryMethod": ref(2, "Email"),
        "invoiceToEmailAddress": contact.email,
        "deletedFlag": is_gone,
        **(deletion if is_gone else {}),
        "mobileGuid": guid(rng),
        "currency": currency(company.currency_code),
        "territoryManager": company.manager.ref,
        "isVendorFlag": company.kind == "vendor",
        "types": [ref(*COMPANY_TYPES[company.kind])],
        "site": company.site,
        "integratorTags": [],
        **({"parentCompany": company.parent.reference} if company.parent else {}),
        "customFields": custom_fields("company", seats),
        "_info": info(min(max(company.changed, company.since), now), "setup1"),
    }


def contact_record(
    company: Company, contact: Contact, *, rng: Random, start: int, now: int
) -> Json:
    """The record of ``/company/contacts``."""
    is_first = contact is company.contacts[0]
    city, state, zip_code = company.city
    changed = start + int((now - start) * (rng.random() ** 0.7 * 1.6 - 0.6))
    vip = {10: True} if is_first else None
    return {
        "id": contact.id,
        "firstName": contact.first,
        "lastName": contact.last,
        "company": company.reference,
        "site": company.site,
        "addressLine1": company.street,
        "city": city,
        "state": state,
        "zip": zip_code,
        "country": COUNTRY,
        "relationshipOverride": "",
        "inactiveFlag": contact.is_inactive,
        "title": contact.title,
        "marriedFlag": False,
        "childrenFlag": False,
        "portalSecurityLevel": 6 if is_first else 1,
        "disablePortalLoginFlag": not is_first,
        "unsubscribeFlag": rng.random() < 0.1,
        "mobileGuid": guid(rng),
        "defaultPhoneType": "Direct",
        "defaultPhoneNbr": contact.phone,
        "defaultBillingFlag": is_first,
        "defaultFlag": is_first,
        "companyLocation": company.location.ref,
        "communicationItems": _communications(contact),
        "types": [ref(4, "Decision maker")] if is_first else [],
        "integratorTags": [],
        "customFields": custom_fields("contact", vip),
        "_info": info(min(now - HOUR, max(start - 900 * DAY, changed)), "setup1"),
    }


def _communications(contact: Contact) -> list[Json]:
    return [
        {
            "id": contact.id * 2,
            "type": ref(1, "Email"),
            "value": contact.email,
            "defaultFlag": True,
            "domain": "@" + contact.email.partition("@")[2],
            "communicationType": "Email",
        },
        {
            "id": contact.id * 2 + 1,
            "type": ref(2, "Direct"),
            "value": contact.phone,
            "defaultFlag": True,
            "communicationType": "Phone",
        },
    ]
