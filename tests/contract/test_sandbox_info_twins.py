"""The ``info`` twins: the vendor's paths and names, the records of their lists."""

from typing import Any

import pytest

from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.info_twins import find_twin, twins
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from tests.contract.test_sandbox_catalogue import compare
from tests.support import vendor_contract as contract
from tests.support.contract_records import violations
from tests.support.sandbox import client_of, ids, small_sandbox, tiny_world

PATHS = [route.template for route in twins().values()]
BOARDS, BOARDS_INFO = "/service/boards", "/service/info/boards"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tiny_world(tmp_path_factory)) as store:
        yield store


@pytest.fixture(scope="module")
def client(store):
    with serving(store) as endpoint, client_of(endpoint) as client:
        yield client


def below_a_parent(store, route) -> tuple[str, str]:
    """The twin's path and that of its list, under the first parent with children."""
    if route.parent is None:
        return route.template, route.source
    parents = (record["id"] for record in store.records(route.parent))
    parent = next(each for each in parents if store.count(route.source, each))
    twin, source = route.template, route.source
    return twin.format(parent_id=parent), source.format(parent_id=parent)


@pytest.mark.parametrize("path", PATHS)
def test_a_twin_shows_the_records_of_its_list_in_brief(store, client, path):
    route = twins()[path.lower()]
    twin, source = below_a_parent(store, route)
    every = {"pageSize": 1000}
    records = client.get(twin, params=every).json()
    whole = {each["id"]: each for each in client.get(source, params=every).json()}
    assert [record["id"] for record in records] == list(whole)
    names = {*schema_of(path).fields, "_info"}
    for record in records:
        full = whole[record["id"]]
        assert record == {k: v for k, v in full.items() if k.lower() in names}
    counted = client.get(f"{twin}/count")
    if route.has_count:
        assert counted.json() == {"count": store.count(route.source, parent_of(twin))}
    else:
        assert counted.status_code == 404


def parent_of(path: str) -> int | None:
    numbers = [int(name) for name in path.split("/") if name.isdecimal()]
    return numbers[0] if numbers else None


@pytest.mark.contract
@pytest.mark.skipif(not contract.FOLDER.is_dir(), reason="no vendor contract here")
@pytest.mark.parametrize("path", PATHS)
def test_a_twin_is_as_the_vendor_has_it(store, client, path):
    known = {each.lower().rstrip("/") for each in contract.get_paths()}
    vendor = path.replace("{parent_id}", "{parentId}")
    assert vendor.lower() in known
    counted = f"{vendor}/count".lower() in known
    assert counted == twins()[path.lower()].has_count
    name = contract.schema_of_list(vendor)
    compare(schema_of(path), name, seen=set())
    twin, _ = below_a_parent(store, twins()[path.lower()])
    records: list[dict[str, Any]] = client.get(twin).json()
    assert [found for each in records for found in violations(each, name)] == []


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/company/contacts/1/info", "/company/contacts/info"),
        (
            "/service/boards/3/statuses/12/info",
            "/service/boards/{parent_id}/statuses/info",
        ),
        ("/service/priority/4/info", "/service/priority/info"),
        ("/System/Info/Members/mia", "/system/info/members"),
    ],
)
def test_single_records(path, template):
    match = find_twin(path)
    assert match is not None
    assert (match.route.template, match.kind) == (template, "record")


@pytest.mark.parametrize(
    "path", ["/system/members/info", "/sales/orders/info", "/info"]
)
def test_what_the_vendor_has_not_is_no_twin(path):
    assert find_twin(path) is None


def test_a_twin_needs_its_own_right_and_not_that_of_the_list(tmp_path):
    with small_sandbox(tmp_path / "one", denied_paths=(BOARDS,)) as client:
        assert client.get(BOARDS).status_code == 403
        assert ids(client.get(BOARDS_INFO)) == [1]
        assert client.get(f"{BOARDS_INFO}/1").json()["name"] == "Help Desk"
        assert client.post(BOARDS_INFO, json={}).status_code == 405
    contacts = "/company/contacts"
    with small_sandbox(tmp_path / "two", denied_paths=(contacts,)) as client:
        assert client.get(contacts).status_code == 403
        assert ids(client.get(f"{contacts}/info")) == [1, 2]
        assert client.get(f"{contacts}/1/info").json()["firstName"] == "Kim1"
    own = (BOARDS_INFO,)
    with small_sandbox(tmp_path / "three", denied_paths=own) as client:
        assert client.get(BOARDS_INFO).status_code == 403


def test_conditions_know_the_names_of_the_twin_only(client):
    named = client.get(
        "/system/info/members", params={"conditions": "licenseClass='A'"}
    )
    assert {each["licenseClass"] for each in named.json()} == {"A"}
    hidden = client.get("/system/info/members", params={"conditions": "hourlyCost > 1"})
    assert hidden.status_code == 400
