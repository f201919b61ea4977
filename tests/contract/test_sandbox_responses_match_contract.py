"""Every record of every route of a generated world is as the vendor's contract says."""

from collections import Counter

import pytest

from pipelines.sandbox.process import serving
from pipelines.sandbox.routes import ROUTES, route_of
from pipelines.sandbox.store import Store
from tests.support import vendor_contract as contract
from tests.support.contract_records import violations
from tests.support.sandbox import client_of, tiny_world

pytestmark = contract.needs_contract

PATHS = [route.template for route in ROUTES]
SHOWN = 15


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tiny_world(tmp_path_factory)) as store:
        yield store


@pytest.fixture(scope="module")
def client(store):
    with serving(store) as endpoint, client_of(endpoint) as client:
        yield client


def lists_of(store, template):
    """The list paths that a route stands for, one per parent with children."""
    if "{parent_id}" not in template:
        return [template]
    parent = template.partition("/{parent_id}")[0]
    ids = [record["id"] for record in store.records(parent)]
    with_children = [number for number in ids if store.count(template, number)]
    return [template.replace("{parent_id}", str(number)) for number in with_children]


def records_of(client, path):
    headers = {"pagination-type": "forward-only"}
    answer = client.get(path, params={"pageSize": 1000}, headers=headers)
    assert answer.status_code == 200
    records = answer.json()
    while answer.headers["link"]:
        url = answer.headers["link"].partition("<")[2].partition(">")[0]
        answer = client.get(url, headers=headers)
        records += answer.json()
    return records


def schema_of(template):
    return contract.schema_of_list(template.replace("{parent_id}", "{parentId}"))


def without_values(found):
    """Violations counted, the most frequent first, to be read in a failure."""
    return Counter(found).most_common(SHOWN)


def test_a_spoiled_record_is_found_out():
    spoiled = {
        "id": "1",
        "nope": 1,
        "summary": None,
        "recordType": "Ticket",
        "requiredDate": "2026-01-01",
        "board": {"id": 1.5, "color": "red"},
        "customFields": [{"id": 1, "value": None, "caption": None}],
        "_info": {"lastUpdated": None},
    }
    assert len(list(violations(spoiled, "Ticket"))) == 9


@pytest.mark.parametrize("template", PATHS)
def test_every_record_of_a_list(store, client, template):
    lists = lists_of(store, template)
    assert lists, "the world has no records here"
    total, found = 0, []
    for path in lists:
        records = records_of(client, path)
        if route_of(template).has_count:
            assert client.get(f"{path}/count").json() == {"count": len(records)}
        total += len(records)
        for record in records:
            found += violations(record, schema_of(template))
    assert total == store.count(template)
    assert without_values(found) == []


@pytest.mark.parametrize("template", PATHS)
def test_single_records_and_projections(store, client, template):
    path = lists_of(store, template)[0]
    first = client.get(path, params={"pageSize": 1}).json()[0]
    assert client.get(f"{path}/{first['id']}").json() == first
    fields = ",".join(first)
    projected = client.get(path, params={"pageSize": 1, "fields": fields}).json()[0]
    assert projected == first


@pytest.mark.parametrize("template", ["/service/tickets", "/project/tickets"])
def test_searches(client, template):
    answer = client.post(f"{template}/search", json={"conditions": "id > 0"})
    assert answer.json()
    found = [v for each in answer.json() for v in violations(each, schema_of(template))]
    assert without_values(found) == []


@pytest.mark.parametrize("template", PATHS)
def test_every_record_has_every_custom_field(store, template):
    shapes = {
        tuple(field["id"] for field in record.get("customFields", ()))
        for record in store.records(template)
    }
    assert len(shapes) == 1


def test_other_answers(client):
    info = client.get("/system/info").json()
    vendor = contract.schema("Info")
    assert set(info) <= set(vendor)
    assert not list(violations(info, "Info"))
