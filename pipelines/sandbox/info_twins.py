"""Lists in brief: the ``info`` twins of set-up and other lists.

A twin shows the records of another list with fewer fields, and needs no right to that
list's set-up table. Most stand at ``<list>/info`` with ``<list>/{id}/info`` for one
record; some have a path of their own. They are read-only.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pipelines.sandbox.routes import Match, Route, record_id, route_of

# As the vendor writes it, there is no count here, or it is elsewhere.
_WITHOUT_COUNT = frozenset(
    {
        "/expense/types/info",
        "/project/phaseStatuses/info",
        "/schedule/holidaylists/info",
        "/schedule/holidaylists/{parent_id}/holidays/info",
        "/service/priority/info",
    }
)
# The twin's path, and that of its list where it is not the same without ``/info``.
_TWINS: Mapping[str, str] = {
    "/company/companies/info": "",
    "/company/companies/info/types": "/company/companies/types",
    "/company/companies/{parent_id}/sites/info": "",
    "/company/configurations/statuses/info": "",
    "/company/contacts/info": "",
    "/configurations/types/info": "/company/configurations/types",
    "/expense/types/info": "",
    "/finance/agreements/types/info": "",
    "/finance/billingCycles/info": "",
    "/finance/billingStatuses/info": "",
    "/finance/billingTerms/info": "",
    "/finance/currencies/info": "",
    "/finance/taxCodes/info": "",
    "/procurement/catalog/info": "",
    "/procurement/purchaseorders/info": "",
    "/project/phaseStatuses/info": "",
    "/project/projectTypes/info": "",
    "/project/statuses/info": "",
    "/sales/activities/statuses/info": "",
    "/sales/opportunities/statuses/info": "",
    "/sales/opportunities/types/info": "",
    "/sales/orders/statuses/info": "",
    "/sales/probabilities/info": "",
    "/sales/stages/info": "",
    "/schedule/calendars/info": "",
    "/schedule/holidaylists/info": "",
    "/schedule/holidaylists/{parent_id}/holidays/info": "",
    "/schedule/statuses/info": "",
    "/schedule/types/info": "",
    "/service/boards/{parent_id}/statuses/info": "",
    "/service/boards/{parent_id}/subtypes/info": "",
    "/service/boards/{parent_id}/teams/info": "",
    "/service/info/boards": "/service/boards",
    "/service/locations/info": "",
    "/service/priority/info": "/service/priorities",
    "/service/slas/info": "",
    "/service/sources/info": "",
    "/service/tickets/info": "",
    "/system/info/departments": "/system/departments",
    "/system/info/locations": "/system/locations",
    "/system/info/members": "/system/members",
    "/system/userDefinedFields/info": "",
    "/time/chargeCodes/info": "",
    "/time/workRoles/info": "",
    "/time/workTypes/info": "",
}


@cache
def twins() -> Mapping[str, Route]:
    """Every twin, by its path in lower case."""
    return {path.lower(): _twin(path, of) for path, of in _TWINS.items()}


def _twin(path: str, of: str) -> Route:
    source = route_of(of or path.removesuffix("/info"))
    if source is None:
        raise LookupError(path)
    return replace(
        source,
        template=path,
        source=source.template,
        has_search=False,
        has_count=path not in _WITHOUT_COUNT,
        actions=(),
    )


def find_twin(path: str) -> Match | None:
    """Say what ``path`` (below ``/apis/3.0``, no trailing slash) asks of a twin."""
    names = path.lower().split("/")
    if names[-1] == "info" and names[-2].isdecimal():
        names = [*names[:-2], "info", names[-2]]
    if listed := _as_list(names):
        return Match(listed[0], "list", listed[1])
    above = _as_list(names[:-1])
    if above is None:
        return None
    route, parent_id = above
    last = names[-1]
    if last == "count" and route.has_count:
        return Match(route, "count", parent_id)
    if last.isdecimal() or route.second_key:
        key = str(record_id(last)) if last.isdecimal() else last
        return Match(route, "record", parent_id, key)
    return None


def _as_list(names: list[str]) -> tuple[Route, int | None] | None:
    if route := twins().get("/".join(names)):
        return None if route.parent else (route, None)
    if len(names) < 4 or not names[3].isdecimal():
        return None
    route = twins().get("/".join([*names[:3], "{parent_id}", *names[4:]]))
    return (route, record_id(names[3])) if route else None
