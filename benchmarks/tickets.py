"""Full-size service tickets from nothing but their number.

About 6 kB of JSON, 75 top-level fields, three custom fields, the links that
ConnectWise adds to every reference. The same number and version give the same ticket
in every process, so that a check needs no copy of what was served.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

# The server's clock at the start; nothing was updated later, but by a change.
START = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(hours=1)
CHANGED_EVERY = 200
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
API = "https://api-eu.example.com/v2026_4/apis/3.0/"

Ticket = dict[str, Any]

_CAUSES = ("Printer", "Mailbox", "VPN", "Backup", "Laptop", "Switch", "Licence")
_TROUBLES = ("is slow", "does not start", "lost its settings", "needs an update")
_CITIES = ("Tampa", "Leeds", "Perth", "Malmö", "Gdańsk", "Zürich", "São Paulo")
_STATUSES = ("New", "Assigned", "In Progress", "Waiting Customer", "Resolved", "Closed")
_encode = msgspec.json.Encoder().encode


def updated_at(number: int, version: int = 0) -> datetime:
    """When a ticket was last updated; a change happens between two server steps."""
    if version:
        return START + version * STEP - STEP / 2
    return EPOCH + timedelta(seconds=number * 61 % 60_000_000)


def encoded(number: int, version: int = 0) -> bytes:
    """A ticket as JSON."""
    return _encode(ticket(number, version))


def ticket(number: int, version: int = 0) -> Ticket:
    """One ticket; ``version`` counts its changes."""
    return {
        "id": number,
        "summary": f"{_pick(_CAUSES, number)} {_pick(_TROUBLES, number)} (#{number})",
        "recordType": "ServiceTicket",
        **_references(number, version),
        **_contact(number),
        **_flags(number),
        **_money(number, version),
        **_sla(number),
        "customFields": _custom_fields(number),
        "_info": _info(number, version),
    }


def _pick(choices: tuple[str, ...], number: int) -> str:
    return choices[number % len(choices)]


def _guid(number: int, salt: int) -> str:
    return str(UUID(int=(number * 0x9E3779B97F4A7C15 + salt) % 2**128))


def _time(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"


def _reference(kind: str, key: int, name: str, path: str, **more: Any) -> Ticket:
    link = {f"{kind}_href": f"{API}/{path}/{key}"}
    info = more.pop("info", {})
    return {"id": key, "name": name, **more, "_info": {**link, **info}}


def _references(number: int, version: int) -> Ticket:
    company, status = 2 + number % 400, 1 + (number + version) % len(_STATUSES)
    boards, guid = "service/boards", {"mobileGuid": _guid(company, 1)}
    return {
        "board": _reference("board", 1 + number % 4, f"Board {number % 4}", boards),
        "status": _reference(
            "status",
            status,
            _STATUSES[status - 1],
            f"{boards}/{1 + number % 4}/statuses",
            Sort=status,
        ),
        "company": _reference(
            "company",
            company,
            f"Company {company}, Ltd.",
            "company/companies",
            identifier=f"Company{company}",
            info=guid,
        ),
        "site": _reference(
            "site", company + 9, "Main", f"company/companies/{company}/sites", info=guid
        ),
        "type": _reference("type", 1 + number % 9, "Incident", f"{boards}/1/types"),
        "subType": _reference("type", 1 + number % 5, "Part", f"{boards}/1/subtypes"),
        "item": _reference("item", 1 + number % 6, "Software", f"{boards}/1/items"),
        "team": _reference("team", 25, "Service Team", f"{boards}/1/teams"),
        "priority": _priority(number),
        "serviceLocation": _reference("location", 2, "In-house", "service/locations"),
        "source": _reference("source", 1 + number % 3, "Phone", "service/sources"),
        "location": _reference("location", 2, "Main Office", "system/locations"),
        "department": _reference(
            "department", 10, "Services", "system/departments", identifier="Services"
        ),
        "sla": _reference("sla", 1, "Standard SLA", "service/SLAs"),
        "currency": _currency(),
    }


def _priority(number: int) -> Ticket:
    key = 1 + number % 5
    image = f"{API}/service/priorities/{key}/image?lm=2005-05-27T14:58:21Z"
    return _reference(
        "priority",
        key,
        f"Priority {key} - Response",
        "service/priorities",
        sort=key + 2,
        info={"image_href": image},
    )


def _currency() -> Ticket:
    return _reference(
        "currency",
        7,
        "US Dollars",
        "finance/currencies",
        symbol="$",
        currencyCode="USD",
        decimalSeparator=".",
        numberOfDecimals=2,
        thousandsSeparator=",",
        negativeParenthesesFlag=False,
        displaySymbolFlag=False,
        currencyIdentifier="Z-US$",
        displayIdFlag=False,
        rightAlign=False,
    )


def _contact(number: int) -> Ticket:
    contact = 10 + number % 3_000
    return {
        "contact": _reference(
            "contact",
            contact,
            f"Person {contact}",
            "company/contacts",
            info={"mobileGuid": _guid(contact, 2)},
        ),
        "siteName": "Main",
        "addressLine1": f"{number % 900} Example Terrace",
        "city": _pick(_CITIES, number),
        "stateIdentifier": "FL",
        "zip": f"{10_000 + number % 80_000}",
        "contactName": f"Person {contact}",
        "contactPhoneNumber": f"813555{number % 10_000:04}",
        "contactEmailAddress": f"person{contact}@example.com",
        "resources": f"member{number % 80}",
        "mobileGuid": _guid(number, 3),
        "severity": "Medium",
        "impact": "Low" if number % 3 else "High",
        "billingMethod": "ActualRates",
        "subBillingMethod": "ActualRates",
        "billTime": "NoDefault",
        "billExpenses": "NoDefault",
        "billProducts": "Billable",
        "automaticEmailCc": "",
    }


def _flags(number: int) -> Ticket:
    closed = number % 5 > 0
    resolution = {"closedDate": _time(updated_at(number)), "closedBy": "member1"}
    return {
        **(resolution if closed else {}),
        "closedFlag": closed,
        "allowAllClientsPortalView": False,
        "customerUpdatedFlag": number % 7 == 0,
        "automaticEmailContactFlag": False,
        "automaticEmailResourceFlag": False,
        "automaticEmailCcFlag": False,
        "approved": True,
        "hasChildTicket": False,
        "hasMergedChildTicketFlag": False,
        "requestForChangeFlag": False,
        "isInSla": number % 11 > 0,
    }


def _money(number: int, version: int) -> Ticket:
    return {
        "actualHours": number % 40 * 0.25 + version,
        "budgetHours": number % 16 * 0.5,
        "estimatedExpenseCost": 0.0,
        "estimatedExpenseRevenue": 0.0,
        "estimatedProductCost": 0.0,
        "estimatedProductRevenue": 0.0,
        "estimatedTimeCost": number % 1_000 * 7.31,
        "estimatedTimeRevenue": number % 1_000 * 12.05,
        "hourlyRate": 125.5,
    }


def _sla(number: int) -> Ticket:
    entered = updated_at(number) - timedelta(hours=number % 90)
    responded = entered + timedelta(minutes=number % 240)
    return {
        "slaStatus": f"Resolved by {entered:%a %m/%d} 1:00 PM UTC-04",
        "requiredDate": _time(entered + timedelta(days=3)),
        "dateResponded": _time(responded),
        "dateResplan": _time(responded + timedelta(hours=1)),
        "dateResolved": _time(responded + timedelta(hours=5)),
        "escalationStartDateUTC": _time(entered),
        "respondedBy": "member1",
        "resplanBy": "member1",
        "resolvedBy": f"member{number % 80}",
        "respondedHours": 4.0,
        "resplanHours": 24.0,
        "resolutionHours": 48.0,
        "resolveMinutes": number % 2_000,
        "resPlanMinutes": number % 700,
        "respondMinutes": number % 240,
        "minutesWaiting": 0,
        "minutesBeforeWaiting": 0,
        "respondedSkippedMinutes": 0,
        "resplanSkippedMinutes": 0,
        "escalationLevel": 0,
    }


def _custom_fields(number: int) -> list[Ticket]:
    """Values change their type from field to field, as the API's do."""
    values = (("Text", f"Asset {number}"), ("Number", number % 50), ("Checkbox", True))
    return [
        {
            "id": 30 + position,
            "caption": f"Field {position}",
            "type": kind,
            "entryMethod": "EntryField",
            "numberOfDecimals": 0,
            "value": value,
            "connectWiseId": _guid(position, 4),
        }
        for position, (kind, value) in enumerate(values)
    ]


def _info(number: int, version: int) -> Ticket:
    charged = "(chargeToType='ServiceTicket' OR chargeToType='ProjectTicket')"
    here = f"{API}/service/tickets/{number}"
    return {
        "lastUpdated": _time(updated_at(number, version)),
        "updatedBy": f"member{number % 80}",
        "dateEntered": _time(updated_at(number) - timedelta(hours=number % 90)),
        "enteredBy": f"member{number % 7}",
        "activities_href": f"{API}/sales/activities?conditions=ticket/id={number}",
        "scheduleentries_href": (
            f"{API}/schedule/entries?conditions=type/id=4 AND objectId={number}"
        ),
        "documents_href": (
            f"{API}/system/documents?recordType=Ticket&recordId={number}"
        ),
        "configurations_href": f"{here}/configurations",
        "tasks_href": f"{here}/tasks",
        "notes_href": f"{here}/notes",
        "products_href": (
            f"{API}/procurement/products?conditions=chargeToType='Ticket' "
            f"AND chargeToId={number}"
        ),
        "timeentries_href": (
            f"{API}/time/entries?conditions={charged} AND chargeToId={number}"
        ),
        "expenseEntries_href": (
            f"{API}/expense/entries?conditions={charged} AND chargeToId={number}"
        ),
    }
