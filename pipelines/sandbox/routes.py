"""The list paths that the sandbox serves, and what hangs on each.

A list has its records by id, mostly a ``/count`` and, for tickets, a ``/search``. A
path that is not here answers "The endpoint does not exist.", be it the vendor's or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Action = Literal["merge", "convert", "attachChildren"]
Kind = Literal["list", "count", "search", "record"] | Action

_LONGEST_ID = 18
_NOBODY = 2**62


@dataclass(frozen=True, slots=True)
class Route:
    """A list path.

    Attributes:
        template: the path, with ``{parent_id}`` where it hangs on a record.
        label: what a missing record is called.
        has_search: there is a ``/search`` beside it.
        second_key: a property by which single records are found too.
        has_count: there is a ``/count`` beside it.
        actions: what can be asked of one record by a POST below it.
        source: the list whose records this one shows in brief.
    """

    template: str
    label: str
    has_search: bool = False
    second_key: str | None = None
    has_count: bool = True
    actions: tuple[Action, ...] = ()
    source: str | None = None

    @property
    def kept_as(self) -> str:
        """The list path under which the records are kept."""
        return self.source or self.template

    @property
    def parent(self) -> str | None:
        """List path of the parents."""
        head, mark, _ = self.kept_as.partition("/{parent_id}")
        return head if mark else None


@dataclass(frozen=True, slots=True)
class Match:
    """What a request's path means."""

    route: Route
    kind: Kind
    parent_id: int | None = None
    key: str = ""


ROUTES: tuple[Route, ...] = (
    Route("/company/companies", "Company"),
    Route("/company/contacts", "Contact"),
    Route("/system/members", "Member", second_key="identifier"),
    Route("/service/boards", "Board"),
    Route("/service/boards/{parent_id}/statuses", "Status"),
    Route(
        "/service/tickets",
        "Ticket",
        has_search=True,
        actions=("merge", "convert", "attachChildren"),
    ),
    Route("/project/tickets", "Ticket", has_search=True, actions=("convert",)),
    Route("/service/tickets/{parent_id}/notes", "Note"),
    Route("/project/tickets/{parent_id}/notes", "Note"),
    Route("/time/entries", "TimeEntry"),
    Route("/project/projects", "Project"),
    Route("/project/projects/{parent_id}/phases", "Phase"),
    Route("/project/projects/{parent_id}/notes", "Note"),
    Route("/finance/agreements", "Agreement"),
    Route("/finance/agreements/{parent_id}/additions", "Addition"),
    Route("/finance/invoices", "Invoice"),
    Route("/time/workTypes", "WorkType"),
    Route("/time/workRoles", "WorkRole"),
    Route("/service/priorities", "Priority"),
    Route("/service/SLAs", "SLA"),
    Route("/schedule/calendars", "Calendar"),
    Route("/schedule/entries", "ScheduleEntry"),
    Route("/sales/opportunities", "Opportunity"),
    Route("/company/companies/statuses", "Status"),
    Route("/company/companies/types", "Type"),
    Route("/company/companies/{parent_id}/typeAssociations", "TypeAssociation"),
    Route("/company/companies/{parent_id}/teams", "Team"),
    Route("/company/companies/{parent_id}/sites", "Site"),
    Route("/company/configurations", "Configuration"),
    Route("/company/configurations/types", "Type"),
    Route("/company/configurations/statuses", "Status"),
    Route("/service/boards/{parent_id}/types", "Type"),
    Route("/service/boards/{parent_id}/subtypes", "SubType"),
    Route("/service/boards/{parent_id}/items", "Item"),
    Route("/service/boards/{parent_id}/typeSubTypeItemAssociations", "Association"),
    Route("/service/boards/{parent_id}/teams", "Team"),
    Route("/service/teams", "Team"),
    Route("/service/tickets/{parent_id}/tasks", "Task"),
    Route("/project/tickets/{parent_id}/tasks", "Task"),
    Route("/service/tickets/changelogs", "ChangeLog", has_count=False),
    Route("/service/SLAs/{parent_id}/priorities", "Priority"),
    Route("/service/sources", "Source"),
    Route("/service/severities", "Severity"),
    Route("/service/impacts", "Impact"),
    Route("/service/locations", "Location"),
    Route("/service/codes", "Code"),
    Route("/service/surveys", "Survey"),
    Route("/service/surveys/{parent_id}/questions", "Question"),
    Route("/service/surveys/{parent_id}/results", "Result"),
    Route("/schedule/types", "Type"),
    Route("/schedule/statuses", "Status"),
    Route("/schedule/holidayLists", "HolidayList"),
    Route("/schedule/holidayLists/{parent_id}/holidays", "Holiday"),
    Route("/time/sheets", "TimeSheet"),
    Route("/time/chargeCodes", "ChargeCode"),
    Route("/time/changelogs", "ChangeLog", has_count=False),
    Route("/system/locations", "Location"),
    Route("/system/departments", "Department"),
    Route("/system/userDefinedFields", "UserDefinedField"),
    Route("/project/projects/{parent_id}/teamMembers", "TeamMember"),
    Route("/project/projects/{parent_id}/contacts", "Contact", has_count=False),
    Route("/project/statuses", "Status"),
    Route("/project/projectTypes", "ProjectType"),
    Route("/project/phaseStatuses", "PhaseStatus"),
    Route("/finance/agreements/types", "Type"),
    Route("/finance/agreements/{parent_id}/adjustments", "Adjustment"),
    Route("/finance/agreements/{parent_id}/workroles", "WorkRole"),
    Route("/finance/agreements/{parent_id}/worktypes", "WorkType"),
    Route("/finance/invoices/{parent_id}/payments", "Payment", has_count=False),
    Route("/finance/billingTerms", "BillingTerm"),
    Route("/finance/billingCycles", "BillingCycle"),
    Route("/finance/billingStatuses", "BillingStatus"),
    Route("/finance/currencies", "Currency"),
    Route("/finance/taxCodes", "TaxCode"),
    Route("/expense/entries", "ExpenseEntry"),
    Route("/expense/reports", "ExpenseReport"),
    Route("/expense/types", "ExpenseType"),
    Route("/procurement/catalog", "CatalogItem"),
    Route("/procurement/products", "Product"),
    Route("/procurement/purchaseorders", "PurchaseOrder"),
    Route("/procurement/purchaseorders/{parent_id}/lineitems", "LineItem"),
    Route("/sales/opportunities/{parent_id}/forecast", "Forecast"),
    Route("/sales/opportunities/{parent_id}/notes", "Note"),
    Route("/sales/stages", "Stage"),
    Route("/sales/opportunities/statuses", "Status"),
    Route("/sales/opportunities/types", "Type"),
    Route("/sales/probabilities", "Probability"),
    Route("/sales/activities", "Activity"),
    Route("/sales/activities/types", "Type"),
    Route("/sales/activities/statuses", "Status"),
    Route("/sales/orders", "Order"),
    Route("/sales/orders/statuses", "Status"),
)


@cache
def _by_shape() -> Mapping[str, Route]:
    return {route.template.lower(): route for route in ROUTES}


def route_of(template: str) -> Route | None:
    """The route of a list path, written in any case."""
    return _by_shape().get(template.lower())


def record_id(digits: str) -> int:
    """The id that a path names; one that no column holds stands for nobody."""
    return int(digits) if len(digits) <= _LONGEST_ID else _NOBODY


def find(path: str) -> Match | None:
    """Say what ``path`` (below ``/apis/3.0``, no trailing slash) asks for."""
    listed = _as_list(path)
    if listed:
        return Match(listed[0], "list", listed[1])
    head, _, last = path.rpartition("/")
    above = _as_list(head)
    if not above:
        return _as_action(head, last)
    route, parent_id = above
    if last.lower() == "count" and route.has_count:
        return Match(route, "count", parent_id)
    if last.lower() == "search" and route.has_search:
        return Match(route, "search", parent_id)
    if last.isdecimal() or route.second_key:
        key = str(record_id(last)) if last.isdecimal() else last
        return Match(route, "record", parent_id, key)
    return None


def _as_action(path: str, name: str) -> Match | None:
    """``/service/tickets/5`` with ``merge``, where that list has such an action."""
    head, _, key = path.rpartition("/")
    above = _as_list(head)
    if above is None or not key.isdecimal():
        return None
    route, parent_id = above
    action = next((a for a in route.actions if a.lower() == name.lower()), None)
    number = str(record_id(key))
    return Match(route, action, parent_id, number) if action else None


def _as_list(path: str) -> tuple[Route, int | None] | None:
    names = path.lower().split("/")
    if len(names) == 5 and names[3].isdecimal():
        parent_id = record_id(names[3])
        route = _by_shape().get("/".join([*names[:3], "{parent_id}", names[4]]))
        return (route, parent_id) if route else None
    route = _by_shape().get("/".join(names))
    return (route, None) if route and not route.parent else None
