"""Recorded payloads that are served again come back equal as JSON."""

import json

import pytest

from pipelines.sandbox.process import serving
from pipelines.sandbox.recorded import load_recorded
from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import Store
from tests.support import vendor_contract as contract
from tests.support.sandbox import client_of

pytestmark = contract.needs_contract

AMP, STAGING, MISC = "amp_labs", "pipedream_staging", "misc"
FILES = {
    "/company/contacts": (AMP, "test_read_contacts.json"),
    "/project/projects": (STAGING, "project.json"),
    "/service/tickets": (STAGING, "service_ticket.json"),
    "/service/locations": (MISC, "service_locations.json"),
    "/system/userDefinedFields": (AMP, "test_custom-fields_definitions.json"),
}


def payload(*names):
    return contract.FOLDER.joinpath("payloads", *names).read_text(encoding="utf-8")


def recorded(path):
    content = json.loads(payload(*FILES[path]))
    return content if isinstance(content, list) else [content]


def served(folder, tmp_path):
    load_recorded(folder, tmp_path / "world.sqlite")
    return Store(tmp_path / "world.sqlite")


@pytest.mark.parametrize("path", FILES)
def test_a_recorded_payload_comes_back_equal(tmp_path, path):
    folder = tmp_path / "data"
    folder.mkdir()
    records = recorded(path)
    assert records
    name = path.strip("/").replace("/", "__")
    (folder / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    with (
        served(folder, tmp_path) as store,
        serving(store) as endpoint,
        client_of(endpoint) as client,
    ):
        by_id = sorted(records, key=lambda record: record["id"])
        assert client.get(path, params={"pageSize": 1000}).json() == by_id
        for record in records:
            assert client.get(f"{path}/{record['id']}").json() == record


def test_every_route_takes_a_file(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    paths = [route.template.replace("{parent_id}", "7") for route in ROUTES]
    for number, path in enumerate(paths, 1):
        name = path.strip("/").replace("/", "__")
        (folder / f"{name}.json").write_text(json.dumps([{"id": number}]))
    with (
        served(folder, tmp_path) as store,
        serving(store) as endpoint,
        client_of(endpoint) as client,
    ):
        for number, path in enumerate(paths, 1):
            assert client.get(path).json() == [{"id": number}], path
