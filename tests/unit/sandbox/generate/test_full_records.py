"""Every name that the API returns is filled in some record of the firm's lists."""

import pytest

from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import Store

SECTIONS = {"company", "service", "schedule", "system", "time"}
PATHS = [
    route.template
    for route in ROUTES
    if route.template.split("/")[1] in SECTIONS
    or route.template.startswith("/project/tickets")
]
# Sent, never returned: what a POST may ask for, and secrets.
SENT_ONLY = {
    "initialDescription", "initialDescriptionFrom", "initialInternalAnalysis",
    "initialResolution", "processNotifications", "skipCallback", "contactEmailLookup",
    "addAllTypesFlag", "removeAllTypesFlag", "addAllBusinessUnits", "addAllLocations",
    "removeAllBusinessUnits", "removeAllLocations", "addAllAgreementExclusions",
    "addMemberToProjectFlag", "copyColumnLayoutsAndFilters", "copyPodLayouts",
    "copySharedDefaultViews", "fromMemberRecId", "fromMemberTemplateRecId",
    "ignoreDuplicates", "typeIds", "password", "portalPassword", "token",
}  # fmt: skip
# Nobody in the simulation charges time to activities, makes tickets of opportunities,
# bundles project tickets, or lets clients write on them.
UNUSED = {
    "/service/tickets": {"opportunity"},
    "/project/tickets": {"opportunity", "agreement", "agreementType"},
    "/project/tickets/{parent_id}/notes": {"contact"},
    "/project/tickets/{parent_id}/tasks": {"childTicketId", "childScheduleAction"},
    "/time/entries": {"activity", "opportunityRecid"},
    "/time/changelogs": {"activity", "activitySubject", "opportunityRecId"},
}


@pytest.fixture(scope="module")
def small(small_file):
    with Store(small_file) as store:
        yield store


@pytest.mark.parametrize("path", PATHS)
def test_every_name_is_filled_in_some_record(small, path):
    names = {field.name for field in schema_of(path).fields.values()}
    wanted = names - {"_info"} - SENT_ONLY - UNUSED.get(path, set())
    for record in small.records(path):
        wanted -= {key for key, value in record.items() if value is not None}
        if not wanted:
            return
    assert not wanted
