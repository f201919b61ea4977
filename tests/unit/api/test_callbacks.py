"""The callback route: signed hints are kept, all else is refused without a reason."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from pipelines.appdb.database import opened
from pipelines.connectwise.callbacks.signature import HEADER
from pipelines.settings import CallbackSettings
from tests.support.api import ROUTE, api_of, hints_of, tenant_at
from tests.support.callbacks import (
    KEY_PATH,
    SIGNING_KEY,
    key_url,
    message,
    script_key,
    sign,
)
from tests.support.http_server import Reply, ScriptedServer, scripted_server
from tests.support.warehouses import settings_in

WITHIN = 1.0


@pytest.fixture
def connectwise() -> Iterator[ScriptedServer]:
    with scripted_server() as one:
        script_key(one)
        yield one


@pytest.fixture
def settings(connectwise, tmp_path):
    return tenant_at(connectwise.origin, tmp_path / "warehouse")


@pytest.fixture
def api(settings) -> Iterator[httpx.Client]:
    with api_of(settings) as client:
        yield client


def deliver(
    api: httpx.Client, body: bytes, *, signature: str | None = None, query: str = ""
) -> httpx.Response:
    headers = {HEADER: sign(body) if signature is None else signature}
    started = time.monotonic()
    answer = api.post(f"{ROUTE}{query}", content=body, headers=headers)
    assert time.monotonic() - started < WITHIN
    assert answer.content == b""
    return answer


def test_a_signed_message_becomes_a_hint(api, connectwise, settings):
    body = message(key_url(connectwise.origin))
    assert deliver(api, body, query="?recordId=7&action=updated").status_code == 204
    [hint] = hints_of(settings)
    assert (hint.type, hint.action, hint.record_id) == ("ticket", "updated", 7)


def test_what_is_kept_says_nothing_of_the_record(api, connectwise, settings):
    deliver(api, message(key_url(connectwise.origin), Entity='{"summary":"Secret"}'))
    with opened(settings) as database, database.engine.connect() as connection:
        rows = connection.exec_driver_sql("select * from webhook_inbox").all()
    assert len(rows) == 1
    assert "Secret" not in str(rows)


def test_a_deleted_record_comes_without_entity(api, connectwise, settings):
    body = message(key_url(connectwise.origin), Action="deleted", Entity=None)
    assert deliver(api, body).status_code == 204
    assert [hint.action for hint in hints_of(settings)] == ["deleted"]


def test_the_address_is_not_believed(api, connectwise, settings):
    body = message(key_url(connectwise.origin))
    deliver(api, body, query="?recordId=999&action=deleted")
    [hint] = hints_of(settings)
    assert (hint.action, hint.record_id) == ("updated", 7)


def test_a_replayed_message_is_kept_once(api, connectwise, settings):
    body = message(key_url(connectwise.origin))
    assert [deliver(api, body).status_code for _ in range(3)] == [204] * 3
    assert len(hints_of(settings)) == 1
    assert len(connectwise.calls(KEY_PATH)) == 1


@pytest.mark.parametrize("signature", ["", "AAAA", sign(b"another body"), "é"])
def test_a_bad_signature_is_refused(api, connectwise, settings, signature):
    body = message(key_url(connectwise.origin))
    headers = [(HEADER.encode(), signature.encode("latin-1"))]
    answer = api.post(ROUTE, content=body, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert hints_of(settings) == []


def test_a_body_changed_by_one_space_is_refused(api, connectwise, settings):
    body = message(key_url(connectwise.origin))
    assert deliver(api, body + b" ", signature=sign(body)).status_code == 403
    assert hints_of(settings) == []


def test_a_forged_key_is_refused_without_any_request(api, connectwise, settings):
    with scripted_server() as evil:
        script_key(evil, Reply({"signing_key": "mine"}))
        body = message(key_url(evil.origin))
        assert deliver(api, body, signature=sign(body, "mine")).status_code == 403
        assert evil.asked == []
    assert connectwise.asked == []
    assert hints_of(settings) == []


@pytest.mark.parametrize("body", [b"", b"hello", b"[1]", b"\x00" * 100, b"{}"])
def test_what_is_no_callback_is_refused(api, settings, body):
    assert deliver(api, body).status_code == 403
    assert hints_of(settings) == []


def test_a_large_body_is_refused_before_it_is_read_to_its_end(connectwise, tmp_path):
    settings = tenant_at(connectwise.origin, tmp_path).model_copy(
        update={"callbacks": CallbackSettings(max_body_bytes=1_000)}
    )
    body = message(key_url(connectwise.origin), Entity="x" * 2_000)
    with api_of(settings) as api:
        assert deliver(api, body).status_code == 413
        chunks = iter([body[:700], body[700:]])
        assert api.post(ROUTE, content=chunks).status_code == 413
    assert connectwise.asked == []


def test_while_the_key_server_is_slow_the_vendor_is_asked_to_come_again(
    api, connectwise, settings
):
    may_answer, answered = threading.Event(), threading.Event()

    def slowly(_):
        may_answer.wait(10)
        answered.set()
        return Reply({"signing_key": SIGNING_KEY})

    connectwise.script(KEY_PATH, slowly)
    body = message(key_url(connectwise.origin))
    put_off = deliver(api, body)
    assert put_off.status_code == 429
    assert put_off.headers["retry-after"] == "2"
    assert hints_of(settings) == []
    may_answer.set()
    assert answered.wait(10)
    assert deliver(api, body).status_code == 204
    assert len(hints_of(settings)) == 1
    assert len(connectwise.calls(KEY_PATH)) == 1


def test_while_connectwise_is_down_the_vendor_is_asked_to_come_again(
    api, connectwise, settings
):
    script_key(connectwise, Reply({}, status=503))
    assert deliver(api, message(key_url(connectwise.origin))).status_code == 429
    assert hints_of(settings) == []


def test_while_the_inbox_is_locked_the_vendor_is_asked_to_come_again(
    api, connectwise, settings
):
    body = message(key_url(connectwise.origin))
    with opened(settings) as database, database.engine.connect() as connection:
        connection.exec_driver_sql("begin immediate")
        assert deliver(api, body).status_code == 429
        connection.rollback()
    assert deliver(api, body).status_code == 204
    assert len(hints_of(settings)) == 1


def test_without_a_tenant_no_callbacks_are_taken(tmp_path):
    with api_of(settings_in(tmp_path)) as api:
        assert api.post(ROUTE, content=b"{}").status_code == 404


def test_other_verbs_and_routes_are_refused(api):
    assert api.get(ROUTE).status_code == 405
    for path in ("/", "/docs", "/openapi.json", "/redoc"):
        assert api.get(path).status_code == 404


def test_a_sender_that_goes_away_is_no_trouble(api, connectwise, settings):
    with socket.create_connection((api.base_url.host, api.base_url.port)) as one:
        one.sendall(f"POST {ROUTE} HTTP/1.1\r\nHost: x\r\n".encode())
        one.sendall(b"Content-Length: 500\r\n\r\n{")
    assert deliver(api, message(key_url(connectwise.origin))).status_code == 204
