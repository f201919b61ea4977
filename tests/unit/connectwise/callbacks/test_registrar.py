"""The one class that writes: what it may, what it may not, and what it is told."""

from collections.abc import Iterator

import httpx
import pytest

from pipelines.connectwise.callbacks.registrar import (
    CallbackRegistrar,
    refuse_all_but_callbacks,
)
from pipelines.connectwise.errors import (
    BadRequestError,
    NotFoundError,
    NotGrantedError,
    ReadOnlyError,
)
from pipelines.connectwise.read_only import refuse_writes
from tests.support.clients import CREDENTIALS, FakeTime
from tests.support.http_server import Reply, ScriptedServer, scripted_server

PATH = "/system/callbacks"
ENTRY = {
    "id": 5,
    "url": "https://dw.example.com/callbacks/connectwise?recordId=",
    "objectId": 1,
    "type": "ticket",
    "level": "owner",
    "inactiveFlag": False,
}
EXISTS = {
    "code": "InvalidObject",
    "message": "callbackEntry object is invalid",
    "errors": [
        {
            "code": "ObjectExists",
            "message": "A matching callback entry already exists",
            "resource": "callbackEntry",
            "field": "objectId",
        }
    ],
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as one:
        yield one


@pytest.fixture
def registrar(server) -> Iterator[CallbackRegistrar]:
    retry = FakeTime().policy()
    with CallbackRegistrar(CREDENTIALS, server.origin, retry=retry) as one:
        yield one


def test_entries_are_listed(server, registrar):
    server.script(PATH, Reply([ENTRY, {**ENTRY, "id": 6, "inactiveFlag": True}]))
    assert [(e.id, e.type, e.is_inactive) for e in registrar.entries()] == [
        (5, "ticket", False),
        (6, "ticket", True),
    ]


def test_a_registration_is_sent_as_recorded(server, registrar):
    server.script(PATH, Reply(ENTRY, status=201))
    made = registrar.register("ticket", ENTRY["url"])
    assert made is not None
    assert made.id == 5
    [asked] = server.calls(PATH)
    assert asked.method == "POST"
    assert asked.headers["authorization"].startswith("Basic ")
    assert asked.body == {
        "url": ENTRY["url"],
        "objectId": 0,
        "type": "ticket",
        "level": "owner",
        "inactiveFlag": False,
        "payloadVersion": "3.0.0",
    }


def test_a_registration_that_exists_is_no_error(server, registrar):
    server.script(PATH, Reply(EXISTS, status=400))
    assert registrar.register("ticket", ENTRY["url"]) is None


def test_other_refusals_are_errors(server, registrar):
    server.script(PATH, Reply({"code": "InvalidObject", "message": "no"}, status=400))
    with pytest.raises(BadRequestError):
        registrar.register("ticket", ENTRY["url"])
    server.script(PATH, Reply({"code": "Security", "message": "no"}, status=403))
    with pytest.raises(NotGrantedError):
        registrar.register("ticket", ENTRY["url"])


def test_an_entry_is_removed_by_its_id(server, registrar):
    server.script(f"{PATH}/5", Reply(b"", status=204))
    registrar.remove(5)
    assert [asked.method for asked in server.calls(f"{PATH}/5")] == ["DELETE"]


def test_removing_what_is_not_there_is_told(server, registrar):
    missing = {"code": "ConnectWiseApi", "message": "The endpoint does not exist."}
    server.script(f"{PATH}/5", Reply(missing, status=404))
    with pytest.raises(NotFoundError, match="There is no callback 5"):
        registrar.remove(5)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/service/tickets"),
        ("POST", "/system/callbacks/5"),
        ("POST", "/system/callbacks/"),
        ("POST", "/system/callbacks/../members"),
        ("POST", "/service/tickets/search"),
        ("DELETE", "/system/callbacks"),
        ("DELETE", "/system/callbacks/5/6"),
        ("DELETE", "/system/callbacks/all"),
        ("DELETE", "/service/tickets/5"),
        ("DELETE", "/service/tickets/changelogs/5"),
        ("PATCH", "/system/callbacks/5"),
        ("PUT", "/system/callbacks/5"),
        ("HEAD", "/system/callbacks"),
    ],
)
def test_everything_else_is_refused_before_it_is_sent(method, path):
    request = httpx.Request(method, f"https://cw.example.com/v2026_4/apis/3.0{path}")
    with pytest.raises(ReadOnlyError):
        refuse_all_but_callbacks(request)


@pytest.mark.parametrize(("method", "path"), [("POST", PATH), ("DELETE", f"{PATH}/5")])
def test_the_ordinary_guard_lets_no_registration_pass(method, path):
    url = f"https://cw.example.com/v2026_4/apis/3.0{path}"
    request = httpx.Request(method, url)
    refuse_all_but_callbacks(request)
    with pytest.raises(ReadOnlyError):
        refuse_writes(request)
