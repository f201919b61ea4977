"""The ``_info`` links that ConnectWise adds to records and references.

A link is kept with a one-character placeholder for the address up to ``/apis/3.0/``,
which the server replaces by its own on a whole page at once; the double slash behind
it is the API's. Which references have a link, and under which name, is in the table
here; what else ``_info`` holds is the generator's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipelines.sandbox.catalogue import Schema, list_paths, schema_of

ADDRESS = "\x7f"

_LINKS: Mapping[str, tuple[str, str]] = {
    "ActivityStatusReference": ("status_href", "/sales/activities/statuses/"),
    "ActivityTypeReference": ("type_href", "/sales/activities/types/"),
    "CampaignReference": ("campaign_href", "/marketing/campaigns/"),
    "CatalogItemReference": ("catalog_href", "/procurement/catalog/"),
    "ExpenseReportReference": ("expenseReport_href", "/expense/reports/"),
    "ExpenseTypeReference": ("type_href", "/expense/types/"),
    "OpportunityProbabilityReference": (
        "probability_href",
        "/sales/probabilities/",
    ),
    "OpportunityRatingReference": ("rating_href", "/sales/opportunities/ratings/"),
    "OrderStatusReference": ("status_href", "/sales/orders/statuses/"),
    "ProductCategoryReference": ("category_href", "/procurement/categories/"),
    "ProductTypeReference": ("productType_href", "/procurement/types/"),
    "ProjectRoleReference": ("projectRole_href", "/project/securityRoles/"),
    "PurchaseOrderStatusReference": (
        "status_href",
        "/procurement/purchaseorderstatuses/",
    ),
    "SalesOrderReference": ("salesOrder_href", "/sales/orders/"),
    "ShipmentMethodReference": (
        "shipmentmethod_href",
        "/procurement/shipmentmethods/",
    ),
    "UnitOfMeasureReference": ("uom_href", "/procurement/unitOfMeasures/"),
    "WarehouseBinReference": ("warehouseBin_href", "/procurement/warehouseBins/"),
    "WarehouseReference": ("warehouse_href", "/procurement/warehouses/"),
    "ActivityReference": ("activity_href", "/sales/activities/"),
    "AgreementReference": ("agreement_href", "/finance/agreements/"),
    "AgreementTypeReference": ("type_href", "/finance/agreements/types/"),
    "BillingCycleReference": ("billingCycle_href", "/finance/billingCycles/"),
    "BillingStatusReference": ("status_href", "/finance/billingStatuses/"),
    "BillingTermsReference": ("billingTerms_href", "/finance/billingTerms/"),
    "BoardReference": ("board_href", "/service/boards/"),
    "CalendarReference": ("calendar_href", "/schedule/calendars/"),
    "ChargeCodeReference": ("chargeCode_href", "/time/chargeCodes/"),
    "CommunicationTypeReference": ("type_href", "/company/communicationTypes/"),
    "CompanyReference": ("company_href", "/company/companies/"),
    "CompanyStatusReference": ("status_href", "/company/companies/statuses/"),
    "CompanyTypeReference": ("type_href", "/company/companies/types/"),
    "ConfigurationStatusReference": (
        "status_href",
        "/company/configurations/statuses/",
    ),
    "ConfigurationTypeReference": ("type_href", "/company/configurations/types/"),
    "ContactReference": ("contact_href", "/company/contacts/"),
    "CountryReference": ("country_href", "/company/countries/"),
    "CurrencyReference": ("currency_href", "/finance/currencies/"),
    "HolidayListReference": ("holidayList_href", "/schedule/holidayLists/"),
    "InvoiceReference": ("invoice_href", "/finance/invoices/"),
    "IvItemReference": ("catalog_href", "/procurement/catalog/"),
    "ManufacturerReference": ("manufacturer_href", "/procurement/manufacturers/"),
    "MemberReference": ("member_href", "/system/members/"),
    "OpportunityReference": ("opportunity_href", "/sales/opportunities/"),
    "OpportunityStageReference": ("stage_href", "/sales/stages/"),
    "OpportunityStatusReference": ("status_href", "/sales/opportunities/statuses/"),
    "OpportunityTypeReference": ("type_href", "/sales/opportunities/types/"),
    "OwnerLevelReference": ("location_href", "/system/locations/"),
    "PhaseStatusReference": ("status_href", "/project/phaseStatuses/"),
    "PriorityReference": ("priority_href", "/service/priorities/"),
    "ProjectBoardReference": ("board_href", "/service/boards/"),
    "ProjectReference": ("project_href", "/project/projects/"),
    "ProjectStatusReference": ("status_href", "/project/statuses/"),
    "ProjectTypeReference": ("projectType_href", "/project/projectTypes/"),
    "ScheduleEntryReference": ("schedule_href", "/schedule/entries/"),
    "ScheduleStatusReference": ("status_href", "/schedule/statuses/"),
    "ScheduleTypeReference": ("type_href", "/schedule/types/"),
    "SecurityRoleReference": ("securityRole_href", "/system/securityroles/"),
    "ServiceCodeReference": ("code_href", "/service/codes/"),
    "ServiceLocationReference": ("location_href", "/service/locations/"),
    "ServiceSourceReference": ("source_href", "/service/sources/"),
    "SLAReference": ("sla_href", "/service/SLAs/"),
    "SystemDepartmentReference": ("department_href", "/system/departments/"),
    "SystemLocationReference": ("location_href", "/system/locations/"),
    "TaxCodeReference": ("taxCode_href", "/finance/taxCodes/"),
    "TicketReference": ("ticket_href", "/service/tickets/"),
    "TimeSheetReference": ("timeSheet_href", "/time/sheets/"),
    "WorkRoleReference": ("workRole_href", "/time/workRoles/"),
    "WorkTypeReference": ("workType_href", "/time/workTypes/"),
}
# Below another reference of the same record: schema → name, parent, list.
_LINKS_BELOW: Mapping[str, tuple[str, str, str]] = {
    "ServiceItemReference": ("item_href", "board", "/service/boards/{}/items/"),
    "ServiceStatusReference": ("status_href", "board", "/service/boards/{}/statuses/"),
    "ServiceSubTypeReference": (
        "subType_href",
        "board",
        "/service/boards/{}/subtypes/",
    ),
    "ServiceTeamReference": ("team_href", "board", "/service/boards/{}/teams/"),
    "ServiceTypeReference": ("type_href", "board", "/service/boards/{}/types/"),
    "SiteReference": ("site_href", "company", "/company/companies/{}/sites/"),
    "ProjectPhaseReference": ("phase_href", "project", "/project/projects/{}/phases/"),
}
_CHARGES = "conditions=(chargeToType='ServiceTicket' OR chargeToType='ProjectTicket')"
_TICKET_LINKS = {
    "activities_href": "/sales/activities?conditions=ticket/id={}",
    "scheduleentries_href": ("/schedule/entries?conditions=type/id=4 AND objectId={}"),
    "documents_href": "/system/documents?recordType=Ticket&recordId={}",
    "products_href": (
        "/procurement/products?conditions=chargeToType='Ticket' AND chargeToId={}"
    ),
    "timeentries_href": f"/time/entries?{_CHARGES} AND chargeToId={{}}",
    "expenseEntries_href": f"/expense/entries?{_CHARGES} AND chargeToId={{}}",
}
_RECORD_LINKS: Mapping[str, Mapping[str, str]] = {
    "/service/tickets": {
        **_TICKET_LINKS,
        "configurations_href": "/service/tickets/{}/configurations",
        "tasks_href": "/service/tickets/{}/tasks",
        "notes_href": "/service/tickets/{}/notes",
    },
    "/project/tickets": {
        **_TICKET_LINKS,
        "configurations_href": "/project/tickets/{}/configurations",
        "tasks_href": "/project/tickets/{}/tasks",
        "notes_href": "/project/tickets/{}/notes",
    },
}


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of a reference: its name and what it points to."""

    name: str
    target: str
    parent: str = ""
    is_list: bool = False


def list_of(schema_name: str) -> tuple[str, str] | None:
    """The list that references of this schema point into, and their parent's field.

    The second is empty for a list without parents; None where no link is known.
    """
    if schema_name in _LINKS:
        return _LINKS[schema_name][1].rstrip("/"), ""
    if schema_name in _LINKS_BELOW:
        _, parent, target = _LINKS_BELOW[schema_name]
        return target.replace("{}", "{parent_id}").rstrip("/"), parent
    return None


def with_links(
    path: str, record: Mapping[str, Any], *, parent_id: int | None = None
) -> dict[str, Any]:
    """The record as the API serves it on the list ``path``, below ``parent_id``."""
    linked = dict(record)
    for field, link in _links_of(path):
        reference = record.get(field)
        if not reference:
            continue
        target = link.target
        if link.parent:
            parent = (record.get(link.parent) or {}).get("id", parent_id)
            if parent is None:
                continue
            target = target.format(parent)
        if link.is_list:
            linked[field] = [_linked(each, link.name, target) for each in reference]
        else:
            linked[field] = _linked(reference, link.name, target)
    if "communicationItems" in record:
        linked["communicationItems"] = _items(record["communicationItems"])
    own = _RECORD_LINKS.get(path)
    if own:
        links = {name: ADDRESS + to.format(record["id"]) for name, to in own.items()}
        linked["_info"] = {**record.get("_info", {}), **links}
    return linked


def without_links(record: dict[str, Any]) -> dict[str, Any]:
    """The record as it was before ``with_links``."""
    plain = {key: _without(value) for key, value in record.items() if key != "_info"}
    if "_info" in record:
        plain["_info"] = _own_entries(record["_info"])
    return plain


def _linked(reference: dict[str, Any], name: str, target: str) -> dict[str, Any]:
    if "id" not in reference:
        return reference
    link = _href(name, target, reference["id"])
    info = reference.get("_info")
    return {**reference, "_info": {**info, **link} if info else link}


@lru_cache(maxsize=50_000)
def _href(name: str, target: str, number: int) -> Mapping[str, str]:
    """The link alone; a world repeats few of them in most of its records."""
    return {name: f"{ADDRESS}{target}{number}"}


def _items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Communication items, whose type is the only reference inside a list."""
    link = _LINKS["CommunicationTypeReference"]
    return [
        {**item, "type": _linked(item["type"], *link)} if item.get("type") else item
        for item in items
    ]


def _without(value: Any) -> Any:
    if isinstance(value, list):
        return [_without(each) for each in value]
    if not isinstance(value, dict):
        return value
    plain = {key: _without(each) for key, each in value.items() if key != "_info"}
    info = value.get("_info")
    if info is not None and (not info or _own_entries(info)):
        plain["_info"] = _own_entries(info)
    return plain


def _own_entries(info: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in info.items() if not str(value).startswith(ADDRESS)
    }


@cache
def _links_of(path: str) -> tuple[tuple[str, _Link], ...]:
    """Links of the records of a list, each behind its property."""
    if path not in list_paths():
        return ()
    schema = schema_of(path)
    return tuple(
        (field.name, link)
        for field in schema.fields.values()
        if field.schema
        for link in _link_of(field.schema, is_list=field.is_list)
    )


def _link_of(schema: Schema, *, is_list: bool) -> tuple[_Link, ...]:
    if schema.name in _LINKS:
        return (_Link(*_LINKS[schema.name], is_list=is_list),)
    if schema.name in _LINKS_BELOW:
        link_name, parent, target = _LINKS_BELOW[schema.name]
        return (_Link(link_name, target, parent=parent),)
    return ()
