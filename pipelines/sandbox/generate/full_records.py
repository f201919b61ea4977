"""What hardly anybody fills in: one record in many of a list has it all.

Most records leave most fields empty; here one in ``FULL_EVERY`` gets those that
nothing in the simulation speaks of, so that each name is met with a value of its type.
What a record already says is never changed, and references are rows of their lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import HOUR, stamp
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import tax_ref
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, connectwise_id, ref

Extras = Callable[[Json], Json]
_TEMPLATE = {"id": 1, "identifier": "Update", "name": "Update", "type": "Standard"}
_USER_FIELDS = {f"userDefinedField{n}": f"Old field {n}" for n in range(1, 11)}


@dataclass(frozen=True, slots=True)
class FullRecords:
    """Knows the firm and its clients, to whom some of the fields refer."""

    members: list[Member]
    companies: list[Company]
    now: int

    def by_path(self) -> Mapping[str, Extras]:
        """List path → what a record of it may say besides."""
        return {
            "/company/companies": self._company,
            "/company/contacts": self._contact,
            "/system/members": self._member,
            "/service/boards": self._board,
            "/service/boards/{parent_id}/statuses": _status,
            "/service/tickets": _service_ticket,
            "/project/tickets": self._project_ticket,
            "/service/tickets/{parent_id}/notes": lambda _: {"sentimentScore": 0.25},
            "/service/priorities": lambda _: {"imageLink": "/images/priority.png"},
            "/schedule/entries": _booking,
            "/time/entries": lambda _: {"taxCode": tax_ref(is_taxable=True)},
            "/time/workTypes": lambda _: {"integrationXRef": "PAY-WT"},
            "/time/workRoles": lambda _: {"integrationXref": "PAY-WR"},
        }

    def _company(self, record: Json) -> Json:
        name = record["identifier"].lower()
        return {
            "addressLine2": "Suite 4",
            "additionalDebt": 0.0,
            "companyEntityType": ref(1, "Commercial"),
            "creditLimit": 25_000.0,
            "emailTemplate": ref(1, "Invoice"),
            "invoiceTemplate": ref(1, "Standard"),
            "facebookUrl": f"https://faces.example/{name}",
            "linkedInUrl": f"https://links.example/{name}",
            "twitterUrl": f"https://short.example/{name}",
            "invoiceCCEmailAddress": f"books@{name}.example",
            "leadSource": "Referral",
            "ownershipType": ref(1, "Private"),
            "pricingSchedule": ref(1, "List prices"),
            "resellerIdentifier": "R-100",
            "revenueYear": 2024,
            "sicCode": ref(1, "7370"),
            "taxCode": tax_ref(is_taxable=False),
            "taxIdentifier": "00-0000000",
            "vendorIdentifier": "V-100",
            "yearEstablished": 1994,
            **_USER_FIELDS,
        }

    def _contact(self, record: Json) -> Json:
        number = record["company"]["id"]
        company = next(c for c in self.companies if c.id == number)
        first = company.contacts[0].ref
        name = record["firstName"].lower()
        return {
            "addressLine2": "Suite 4",
            "anniversary": "2004-05-06T00:00:00Z",
            "birthDay": "1980-04-05T00:00:00Z",
            "assistantContact": first,
            "managerContact": first,
            "children": "2",
            "defaultMergeContactId": first["id"],
            "defaultPhoneExtension": "12",
            "department": ref(1, "Office"),
            "facebookUrl": f"https://faces.example/{name}",
            "linkedInUrl": f"https://links.example/{name}",
            "twitterUrl": f"https://short.example/{name}",
            "gender": "Female",
            "nickName": name,
            "photo": ref(1, "photo.png"),
            "presence": "Online",
            "relationship": ref(1, "Owner"),
            "school": "Old Ferry School",
            "securityIdentifier": "S-1",
            "significantOther": "Alex",
            **_USER_FIELDS,
        }

    def _member(self, record: Json) -> Json:
        mail = record["primaryEmail"]
        seen = stamp(self.now - 2 * HOUR)
        boards = firm.boards_by_id()
        return {
            **_addresses(mail),
            "authenticationServiceType": "Email",
            "clientId": connectwise_id(20, record["id"]),
            "directionalSync": ref(1, "Both ways"),
            "lastLogin": seen,
            "ldapConfiguration": {**ref(1, "Office"), "server": "ldap.example"},
            "ldapUserName": record["identifier"],
            "mapiName": record["identifier"],
            "office365": {"id": "1", "name": mail},
            "phoneSource": "Office",
            "photo": ref(2, "photo.png"),
            "projectDefaultBoard": boards[firm.PROJECTS].ref,
            "projectDefaultDepartment": firm.DEPARTMENTS["Projects"],
            "projectDefaultLocation": firm.LOCATIONS[0].ref,
            "serviceDefaultBoard": boards[firm.HELP_DESK].ref,
            "serviceLocation": firm.SERVICE_LOCATIONS["remote"],
            "reportCard": ref(1, "Technician"),
            "signature": "Kind regards",
            "ssoSettings": {
                "id": 1,
                "ssoUserId": connectwise_id(21, record["id"]),
                "userName": mail,
                "email": mail,
            },
            "stsUserAdminUrl": f"https://sso.{firm.DOMAIN}",
            "timeSheetStartDate": record["hireDate"],
            "vendorNumber": "V-1",
            "warehouse": {**ref(1, "Main store"), "lockedFlag": False},
            "warehouseBin": ref(1, "Shelf"),
        }

    def _board(self, record: Json) -> Json:
        owner = self.members[0].ref
        role, name, _ = firm.WORK_ROLES["tier1"]
        del record
        return {
            "autoAssignLimitFlag": False,
            "autoAssignLimitAmount": 0,
            "boardIcon": ref(3, "board.png"),
            "contactTemplate": _TEMPLATE,
            "resourceTemplate": _TEMPLATE,
            "signOffTemplate": ref(1, "Sign-off"),
            "dispatchMember": owner,
            "dutyManagerMember": owner,
            "oncallMember": owner,
            "serviceManagerMember": owner,
            "emailConnectorReopenDaysLimit": 14,
            "emailConnectorReopenDaysClosedLimit": 30,
            "workRole": ref(role, name),
            "workType": firm.WORK_TYPES["remote"].ref,
        }

    def _project_ticket(self, record: Json) -> Json:
        kind = firm.boards_by_id()[firm.PROJECTS].types[0]
        return {**_ticket(record), "item": kind.items[0]}


def _addresses(mail: str) -> Json:
    """Where else a member can be reached."""
    return {
        "homeEmail": f"home.{mail}",
        "mobileEmail": f"mobile.{mail}",
        "homePhone": "5550109001",
        "homeExtension": "1",
        "mobilePhone": "5550109002",
        "mobileExtension": "2",
        "officeExtension": "3",
    }


def _status(record: Json) -> Json:
    location = firm.boards_by_id()[record["board"]["id"]].location.id
    return {
        "customStatusIndicatorName": "Blue flag",
        "emailTemplate": _TEMPLATE,
        "statusIndicator": {"id": 1, "identifier": "Custom", "name": "Custom"},
        "grandParentId": location,
        "grandParentConnectWiseId": connectwise_id(11, location),
    }


def _ticket(record: Json) -> Json:
    """What service and project tickets have in common."""
    entered = record["_info"]["dateEntered"]
    return {
        "addressLine2": "Suite 4",
        "contactPhoneExtension": "12",
        "estimatedStartDate": entered,
        "knowledgeBaseCategoryId": 1,
        "knowledgeBaseSubCategoryId": 1,
        "knowledgeBaseLinkId": record["id"],
        "knowledgeBaseLinkType": "ServiceTicket",
        "predecessorId": record["id"] - 1,
        "predecessorType": "Ticket",
        "predecessorClosedFlag": True,
        "subBillingAmount": 0.0,
        "subDateAccepted": entered,
    }


def _service_ticket(record: Json) -> Json:
    return {
        **_ticket(record),
        "billingAmount": 0.0,
        "budgetHours": 2.0,
        "duration": 1,
        "escalationLastUpdateMinutes": 0,
        "externalXRef": f"RMM-{record['id']}",
        "hourlyRate": 110.0,
        "lagDays": 0,
        "lagNonworkingDaysFlag": False,
        "poNumber": "PO-77",
    }


def _booking(record: Json) -> Json:
    return {
        "acknowledgedDate": record["_info"]["lastUpdated"],
        "notificationResponse": "Accepted",
        "notificationSent": True,
        "projectRoleId": 1,
        "ticketType": "Service",
    }
