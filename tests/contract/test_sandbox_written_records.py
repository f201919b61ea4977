"""Records that are written or lived into the world are as the contract says."""

import shutil
from collections import Counter
from datetime import UTC, datetime

import pytest

from pipelines.sandbox.clock import Clock
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.live import Live
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from tests.support import vendor_contract as contract
from tests.support.contract_records import violations
from tests.support.sandbox import client_of, tiny_world

pytestmark = contract.needs_contract

# Ten minutes before midnight on the east coast, so that an invoice run is among it.
NOW = datetime(2026, 4, 1, 3, 50, tzinfo=UTC)
MINUTES = 12
TOUCHED = (
    "/service/tickets",
    "/project/tickets",
    "/service/tickets/{parent_id}/notes",
    "/time/entries",
    "/finance/invoices",
    "/company/companies",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    path = shutil.copy(tiny_world(tmp_path_factory), folder / "world.sqlite")
    with Store(path) as store:
        yield store


@pytest.fixture(scope="module")
def client(world):
    options = SandboxOptions(now=NOW, live_per_minute=120)
    # This clock stands still until it is moved.
    control = SandboxControl(options, clock=Clock(NOW, elapsed=lambda: 0.0))
    live = Live(world, control)
    # The server's own life would be on real time.
    control.change(live_per_minute=0)
    with serving(world, control=control) as endpoint, client_of(endpoint) as client:
        control.change(live_per_minute=120)
        for _ in range(MINUTES):
            control.advance(minutes=1)
            live.catch_up()
        yield client


def found_in(records, template):
    name = contract.schema_of_list(template.replace("{parent_id}", "{parentId}"))
    return Counter(each for record in records for each in violations(record, name))


@pytest.mark.parametrize("template", TOUCHED)
def test_what_has_been_lived(client, world, template):
    lists = [template]
    if "{parent_id}" in template:
        parents = [r["id"] for r in world.records(template.partition("/{")[0])]
        lists = [template.replace("{parent_id}", str(n)) for n in parents[-40:]]
    since = {"conditions": "lastUpdated > [2026-04-01T03:50:00Z]", "pageSize": 1000}
    if template == "/company/companies":
        since = {"pageSize": 1000}
    records = [
        record for path in lists for record in client.get(path, params=since).json()
    ]
    assert records
    assert not found_in(records, template)


WRITTEN = {
    "/service/tickets": {"summary": "New", "company": {"id": 2}},
    "/time/entries": {
        "timeStart": "2026-03-31T08:00:00Z",
        "timeEnd": "2026-03-31T09:00:00Z",
    },
    "/company/companies": {"identifier": "Brandnew", "name": "Brand New Ltd."},
    "/company/contacts": {"firstName": "Kim", "company": {"id": 2}},
}


@pytest.mark.parametrize("template", WRITTEN)
def test_what_is_written(client, template):
    is_open = {"conditions": "closedFlag = false and status/name = 'New'"}
    ticket = client.get("/service/tickets", params=is_open).json()[0]["id"]
    charge = {"chargeToId": ticket} if template == "/time/entries" else {}
    answer = client.post(template, json=WRITTEN[template] | charge)
    assert answer.status_code == 201, answer.text
    assert not found_in([answer.json()], template)
    shape = [field["id"] for field in client.get(template).json()[0]["customFields"]]
    assert [field["id"] for field in answer.json()["customFields"]] == shape
