"""The sandbox delivers as ConnectWise does: signed, tried again for a few, loopback."""

import json
from collections.abc import Iterator

import httpx
import pytest

from pipelines.connectwise.callbacks.signature import is_signed
from pipelines.sandbox.callbacks.centre import PATH, Callbacks
from pipelines.sandbox.callbacks.deliveries import Deliveries, Parcel, is_loopback
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.process import serving
from tests.support.http_server import Reply, ScriptedServer, scripted_server
from tests.support.sandbox import client_of, make_world

OWN = "/hook"
CLIENT_ID = {"clientId": "00000000-0000-4000-8000-000000000000"}


@pytest.fixture
def receiver() -> Iterator[ScriptedServer]:
    with scripted_server() as one:
        one.script(OWN, Reply({}, status=204))
        yield one


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def control(slept) -> SandboxControl:
    return SandboxControl(deliveries=Deliveries(sleep=slept.append))


@pytest.fixture
def callbacks(control) -> Callbacks:
    return control.callbacks


@pytest.fixture
def sandbox(tmp_path, control) -> Iterator[httpx.Client]:
    with (
        make_world(tmp_path / "world.sqlite") as store,
        serving(store, control=control) as endpoint,
        client_of(endpoint) as client,
    ):
        yield client


def register(sandbox, url: str, kind: str = "ticket", **changes) -> httpx.Response:
    wanted = {"url": url, "objectId": 0, "type": kind, "level": "owner"}
    return sandbox.post(PATH, json=wanted | changes)


def test_a_change_is_told_to_who_asked_for_its_type(sandbox, callbacks, receiver):
    register(sandbox, f"{receiver.origin}{OWN}?recordId=")
    callbacks.on_change("contact", 3, "updated", {"id": 3})
    callbacks.on_change("ticket", 7, "updated", {"id": 7, "customFields": [1]})
    callbacks.on_change("ticket", 8, "deleted", None)
    assert callbacks.deliveries.wait_until_sent()
    updated, deleted = receiver.calls(OWN)
    assert updated.target == f"{OWN}?recordId=7&action=updated"
    assert json.loads(updated.body["Entity"]) == {"id": 7}
    assert (deleted.body["Action"], deleted.body["Entity"]) == ("deleted", None)
    assert updated.body["MessageId"] != deleted.body["MessageId"]


def test_the_key_that_a_message_names_signs_it(sandbox, callbacks, receiver):
    register(sandbox, f"{receiver.origin}{OWN}?recordId=")
    callbacks.on_change("ticket", 7, "added", {"id": 7})
    assert callbacks.deliveries.wait_until_sent()
    [sent] = callbacks.deliveries.done
    url = json.loads(sent.parcel.body)["Metadata"]["key_url"]
    key = httpx.get(url, headers=CLIENT_ID).json()["signing_key"]
    assert is_signed(sent.parcel.body, signature=sent.parcel.signature, signing_key=key)
    [asked] = receiver.calls(OWN)
    assert asked.headers["x-content-signature"] == sent.parcel.signature


def test_another_company_or_key_has_no_page(sandbox, callbacks):
    root = str(sandbox.base_url).partition("/v4_6_release")[0]
    page = f"{root}/v2026_4/system/callbackkey/index.rails"
    good = {"companyName": "sandbox", "id": callbacks.key.id}
    assert httpx.get(page, params=good).status_code == 401
    assert httpx.get(page, params=good, headers=CLIENT_ID).status_code == 200
    for wrong in ({"companyName": "acme"}, {"id": "0"}):
        refused = httpx.get(page, params=good | wrong, headers=CLIENT_ID)
        assert refused.status_code == 404
        assert "html" in refused.headers["content-type"]


@pytest.mark.parametrize("status", [404, 409, 419, 429])
def test_these_are_tried_twice_more(callbacks, receiver, slept, status):
    receiver.script(OWN, Reply({}, status=status))
    callbacks.deliveries.send(Parcel(f"{receiver.origin}{OWN}", b"{}", "s"))
    assert callbacks.deliveries.wait_until_sent()
    [delivery] = callbacks.deliveries.done
    assert delivery.statuses == (status,) * 3
    assert not delivery.arrived
    assert slept == [2.0, 4.0]


def test_a_try_that_is_taken_is_the_last(callbacks, receiver, slept):
    receiver.script(OWN, Reply({}, status=429), Reply({}, status=200))
    callbacks.deliveries.send(Parcel(f"{receiver.origin}{OWN}", b"{}", "s"))
    assert callbacks.deliveries.wait_until_sent()
    [delivery] = callbacks.deliveries.done
    assert delivery.statuses == (429, 200)
    assert delivery.arrived
    assert slept == [2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 413, 500, 503])
def test_any_other_refusal_is_the_end(callbacks, receiver, slept, status):
    receiver.script(OWN, Reply({}, status=status))
    callbacks.deliveries.send(Parcel(f"{receiver.origin}{OWN}", b"{}", "s"))
    assert callbacks.deliveries.wait_until_sent()
    assert callbacks.deliveries.done[0].statuses == (status,)
    assert slept == []


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8000/x", True),
        ("https://localhost/x", True),
        ("http://[::1]:1/x", True),
        ("https://example.com/x", False),
        ("http://127.0.0.1.example.com/x", False),
        ("http://127.0.0.1@example.com/x", False),
        ("http://0.0.0.0/x", False),
        ("http://10.0.0.1/x", False),
    ],
)
def test_only_this_machine_is_delivered_to(url, own):
    assert is_loopback(url) is own


def test_another_machine_is_never_talked_to(sandbox, callbacks):
    register(sandbox, "https://example.com/webhook?recordId=")
    callbacks.on_change("ticket", 7, "added", {"id": 7})
    assert callbacks.deliveries.wait_until_sent()
    assert callbacks.deliveries.done[0].statuses == ()


def test_an_entry_that_is_removed_or_inactive_is_not_told(sandbox, callbacks, receiver):
    url = f"{receiver.origin}{OWN}?recordId="
    made = register(sandbox, url).json()
    register(sandbox, url, "contact", inactiveFlag=True)
    assert sandbox.get(f"{PATH}/{made['id']}").json() == made
    assert [entry["type"] for entry in sandbox.get(PATH).json()] == [
        "ticket",
        "contact",
    ]
    assert sandbox.get(f"{PATH}/count").json() == {"count": 2}
    assert sandbox.delete(f"{PATH}/{made['id']}").status_code == 204
    callbacks.on_change("ticket", 7, "added", {"id": 7})
    callbacks.on_change("contact", 7, "added", {"id": 7})
    assert callbacks.deliveries.wait_until_sent()
    assert receiver.calls(OWN) == []


def test_registering_needs_keys_and_all_that_is_required(sandbox):
    refused = sandbox.post(PATH, json={"type": "moon"})
    assert [e["field"] for e in refused.json()["errors"]] == [
        "url",
        "objectId",
        "level",
        "type",
    ]
    assert sandbox.post(PATH, content=b"{").status_code == 400
    assert sandbox.post(PATH, json={}, auth=("x", "y")).status_code == 401
    assert sandbox.patch(f"{PATH}/1", json=[]).status_code == 404
    assert sandbox.delete(PATH).status_code == 405
