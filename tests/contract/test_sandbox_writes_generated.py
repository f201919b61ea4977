"""Writes on a generated world, with all its dirt: what is not named does not change."""

import shutil

import pytest

from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from tests.support.sandbox import client_of, tiny_world

PATHS = {
    "/service/tickets": "summary",
    "/project/tickets": "summary",
    "/time/entries": "notes",
    "/company/companies": "name",
    "/company/contacts": "lastName",
}
MOST = 150


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("writes")
    world = shutil.copy(tiny_world(tmp_path_factory), folder / "world.sqlite")
    with (
        Store(world) as store,
        serving(store) as endpoint,
        client_of(endpoint) as client,
    ):
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_a_patch_of_any_record_changes_what_it_names_and_no_more(client, path):
    records = client.get(path, params={"pageSize": MOST}).json()
    assert records
    for before in records:
        name, value = PATHS[path], f"x{before['id']}"
        operation = {"op": "replace", "path": name, "value": value}
        answer = client.patch(f"{path}/{before['id']}", json=[operation])
        assert answer.status_code == 200, answer.text
        info = {**before["_info"], "updatedBy": "sandbox"}
        info["lastUpdated"] = answer.json()["_info"]["lastUpdated"]
        assert answer.json() == {**before, name: value, "_info": info}


@pytest.mark.parametrize("path", PATHS)
def test_a_record_may_be_put_back_as_it_was_read(client, path):
    before = client.get(path, params={"pageSize": 1}).json()[0]
    answer = client.put(f"{path}/{before['id']}", json=before)
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after | {"_info": None} == before | {"_info": None}


def test_a_company_goes_with_what_hangs_on_it(client):
    company = client.get("/company/companies?orderBy=id desc&pageSize=1").json()[0]
    path = f"/company/companies/{company['id']}"
    assert client.get(f"{path}/sites").json()
    assert client.delete(path).status_code == 204
    assert client.get(f"{path}/sites").status_code == 404
