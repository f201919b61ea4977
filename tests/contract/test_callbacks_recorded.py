"""Callbacks against what was recorded: messages, registrations and their errors."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipelines.connectwise.callbacks.payload import parse
from pipelines.connectwise.callbacks.types import LISTS
from pipelines.sandbox.callbacks.messages import Change, Sender, SigningKey, body_of
from tests.support import vendor_contract as contract
from tests.support.sandbox import small_sandbox

pytestmark = contract.needs_contract
PATH = "/system/callbacks"


def recorded(name: str) -> bytes:
    path = contract.FOLDER / "payloads" / "amp_labs" / f"internal_{name}.json"
    return path.read_bytes()


def subscriber(name: str) -> Any:
    return json.loads(recorded(f"subscriber_test_create_{name}"))


def shape(value: Any) -> Any:
    """Names and types of an object, in order."""
    if isinstance(value, dict):
        return [(name, shape(each)) for name, each in value.items()]
    return type(value)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[httpx.Client]:
    with small_sandbox(tmp_path) as client:
        yield client


@pytest.mark.parametrize("action", ["create", "update", "delete"])
def test_recorded_messages_are_read(action):
    body = recorded(f"webhook_test_contact-{action}")
    said, told = parse(body), json.loads(body)
    assert (said.type, said.action) == (told["Type"], told["Action"])
    assert said.record_id == told["ID"]
    assert said.message_id == told["MessageId"]
    assert said.key_url == told["Metadata"]["key_url"]


@pytest.mark.parametrize(
    ("name", "record"), [("create", {"id": 1, "_info": {}}), ("delete", None)]
)
def test_the_sandbox_sends_the_recorded_shape(name, record):
    change = Change("contact", 1, "added", record)
    sender = Sender("127.0.0.1:1", "http://127.0.0.1:1/v2025_1/", "acme")
    body = body_of(change, entry_id=1, sender=sender, key=SigningKey())
    assert shape(json.loads(body)) == shape(
        json.loads(recorded(f"webhook_test_contact-{name}"))
    )


@pytest.mark.parametrize("kind", ["contacts", "tickets"])
def test_a_recorded_registration_is_answered_as_recorded(sandbox, kind):
    made = sandbox.post(PATH, json=subscriber(f"{kind}_request"))
    wanted = subscriber(f"{kind}_response")
    assert made.status_code == 201
    assert shape(made.json()) == shape(wanted)
    own = {"id", "memberId", "connectWiseID", "_info"}
    assert {k: v for k, v in made.json().items() if k not in own} == {
        k: v for k, v in wanted.items() if k not in own
    }


def test_a_second_registration_is_refused_as_recorded(sandbox):
    request = subscriber("contacts_request")
    sandbox.post(PATH, json=request)
    again = sandbox.post(PATH, json=request)
    assert again.status_code == 400
    assert again.json() == subscriber("create-webhook-bad-request-2")


def test_a_bad_address_and_level_are_refused_as_recorded(sandbox):
    request = {**subscriber("contacts_request"), "url": "webhook", "level": "planet"}
    refused = sandbox.post(PATH, json=request)
    assert refused.status_code == 400
    assert refused.json() == subscriber("create-webhook-bad-request-1")


def test_removing_what_is_not_there_is_refused_as_recorded(sandbox):
    refused = sandbox.delete(f"{PATH}/1")
    assert refused.status_code == 404
    assert refused.json() == subscriber("remove-webhook-failed")


def test_every_list_that_callbacks_speak_of_is_the_vendors():
    lists = {path for paths in LISTS.values() for path in paths}
    assert lists <= contract.get_paths()
    assert len(LISTS) == 15
