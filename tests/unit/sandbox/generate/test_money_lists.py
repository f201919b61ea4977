"""Lists of money, projects and sales: every name filled, every reference a row."""

import msgspec
import pytest

from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import Store

SECTIONS = ("/finance/", "/expense/", "/procurement/", "/sales/", "/project/p")
PATHS = [
    route.template
    for route in ROUTES
    if route.template.startswith((*SECTIONS, "/project/statuses"))
]
# Schema of a reference → the list that holds its row.
TARGETS = {
    "ActivityStatusReference": "/sales/activities/statuses",
    "ActivityTypeReference": "/sales/activities/types",
    "AgreementReference": "/finance/agreements",
    "AgreementTypeReference": "/finance/agreements/types",
    "BillingCycleReference": "/finance/billingCycles",
    "BillingStatusReference": "/finance/billingStatuses",
    "BillingTermsReference": "/finance/billingTerms",
    "CatalogItemReference": "/procurement/catalog",
    "CompanyReference": "/company/companies",
    "ContactReference": "/company/contacts",
    "CurrencyReference": "/finance/currencies",
    "ExpenseReportReference": "/expense/reports",
    "ExpenseTypeReference": "/expense/types",
    "InvoiceReference": "/finance/invoices",
    "IvItemReference": "/procurement/catalog",
    "MemberReference": "/system/members",
    "OpportunityProbabilityReference": "/sales/probabilities",
    "OpportunityReference": "/sales/opportunities",
    "OpportunityStageReference": "/sales/stages",
    "OpportunityStatusReference": "/sales/opportunities/statuses",
    "OpportunityTypeReference": "/sales/opportunities/types",
    "OrderStatusReference": "/sales/orders/statuses",
    "PhaseStatusReference": "/project/phaseStatuses",
    "ProjectReference": "/project/projects",
    "ProjectStatusReference": "/project/statuses",
    "ProjectTypeReference": "/project/projectTypes",
    "SLAReference": "/service/SLAs",
    "SalesOrderReference": "/sales/orders",
    "ScheduleStatusReference": "/schedule/statuses",
    "ServiceLocationReference": "/service/locations",
    "SiteReference": "/company/companies/{parent_id}/sites",
    "SystemDepartmentReference": "/system/departments",
    "SystemLocationReference": "/system/locations",
    "TaxCodeReference": "/finance/taxCodes",
    "WorkRoleReference": "/time/workRoles",
    "WorkTypeReference": "/time/workTypes",
}
# Lists whose rows are not called what references call them.
NAMELESS = {
    "/company/contacts", "/system/members", "/finance/invoices", "/expense/reports",
}  # fmt: skip
NAMED = ("id", "name", "identifier", "description", "probability")


@pytest.fixture(scope="module")
def small(small_file):
    with Store(small_file) as store:
        yield store


@pytest.fixture(scope="module")
def known(small):
    """List path → id → names that its row goes by."""

    def names(path):
        rows = small.query(
            "select id, body from records where path = ?",
            (path,),
        )
        found = {}
        for number, body in rows:
            row = msgspec.json.decode(body)
            found[number] = {str(row.get(key)) for key in NAMED}
        return found

    return {path: names(path) for path in set(TARGETS.values())}


@pytest.mark.parametrize("path", PATHS)
def test_every_name_is_filled_in_some_record(small, path):
    wanted = {field.name for field in schema_of(path).fields.values()} - {"_info"}
    for record in small.records(path):
        wanted -= {key for key, value in record.items() if value is not None}
        if not wanted:
            return
    assert not wanted


@pytest.mark.parametrize("path", PATHS)
def test_references_are_rows_of_their_lists(small, known, path):
    targets = {
        field.name: TARGETS[field.schema.name]
        for field in schema_of(path).fields.values()
        if field.schema and field.schema.name in TARGETS and not field.is_list
    }
    gone = set()
    for record in small.records(path):
        for name, target in targets.items():
            reference = record.get(name)
            if not reference:
                continue
            rows = known[target]
            if reference["id"] not in rows:
                gone.add((record["id"], name, reference["id"]))
            elif target not in NAMELESS:
                label = reference.get("identifier") or reference.get("name")
                assert label in rows[reference["id"]], (record, name)
    assert gone == set()
