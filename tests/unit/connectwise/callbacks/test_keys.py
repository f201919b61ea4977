"""Signing keys come from the configured host and path, or nobody is asked."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from pipelines.connectwise.callbacks.keys import CallbackKeys, KeyRules
from pipelines.connectwise.company_info import parse_address
from pipelines.connectwise.errors import CallbackRefusedError, KeyUnavailableError
from tests.support.callbacks import (
    KEY_ID,
    KEY_PATH,
    SIGNING_KEY,
    key_url,
    script_key,
)
from tests.support.clients import FakeTime
from tests.support.http_server import Reply, ScriptedServer, scripted_server

CLIENT_ID = "c11e47-1d"
OTHER_ID = "0f2d1c3b-0000-4000-8000-00000000000"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as one:
        script_key(one)
        yield one


@contextmanager
def keys_of(
    base_url: str, *, time: FakeTime | None = None, **rules: float
) -> Iterator[CallbackKeys]:
    with CallbackKeys(
        parse_address(base_url),
        "acme",
        client_id=CLIENT_ID,
        api_url=lambda: f"{base_url}/v2026_4/apis/3.0",
        rules=KeyRules(**{"wait_seconds": 5.0, **rules}),
        timer=(time or FakeTime()).monotonic,
    ) as keys:
        yield keys


def test_a_key_is_fetched_once_with_the_client_id_and_without_keys(server):
    with keys_of(server.origin) as keys:
        assert [keys.key_for(key_url(server.origin)) for _ in range(3)] == (
            [SIGNING_KEY] * 3
        )
    [asked] = server.calls(KEY_PATH)
    assert asked.params == {"companyName": "acme", "id": KEY_ID}
    assert asked.headers["clientid"] == CLIENT_ID
    assert "authorization" not in asked.headers


def test_a_key_is_fetched_anew_when_it_is_old(server):
    time = FakeTime()
    with keys_of(server.origin, time=time, ttl_seconds=60) as keys:
        keys.key_for(key_url(server.origin))
        time.sleep(61)
        keys.key_for(key_url(server.origin))
    assert len(server.calls(KEY_PATH)) == 2


@pytest.mark.parametrize(
    "forged",
    [
        "http://evil.example/v2026_4/system/callbackkey/index.rails?{q}",
        "https://{host}/v2026_4/system/callbackkey/index.rails?{q}",
        "//{host}/v2026_4/system/callbackkey/index.rails?{q}",
        "ftp://{host}/v2026_4/system/callbackkey/index.rails?{q}",
        "http://{host}@evil.example/v2026_4/system/callbackkey/index.rails?{q}",
        "http://user:word@{host}/v2026_4/system/callbackkey/index.rails?{q}",
        "http://{host}.evil.example/v2026_4/system/callbackkey/index.rails?{q}",
        "http://127.0.0.1:1/v2026_4/system/callbackkey/index.rails?{q}",
        "http://127.0.0.1/v2026_4/system/callbackkey/index.rails?{q}",
        "http://{host}\\@evil.example/v2026_4/system/callbackkey/index.rails?{q}",
        "http://{host}/v2026_4/apis/3.0/system/callbackkey/index.rails?{q}",
        "http://{host}/v2026_4/system/callbackkey/../../evil?{q}",
        "http://{host}/..//system/callbackkey/index.rails/evil?{q}",
        "http://{host}/..//system/callbackkey/index.rails?{q}",
        "http://{host}/v2026_4/evil/system/callbackkey/index.rails?{q}",
        "http://{host}/evil?{q}",
        "http://{host}/v2026_4/system/callbackkey/index.rails?{q}#evil",
        "http://{host}/v2026_4/system/callbackkey/index.rails?companyName=other&id=1",
        "http://{host}/v2026_4/system/callbackkey/index.rails?companyName=acme",
        "http://{host}/v2026_4/system/callbackkey/index.rails?companyName=acme&id=1",
        "http://{host}/v2026_4/system/callbackkey/index.rails?{q}&companyName=other",
        "http://{host}/v2026_4/system/callbackkey/index.rails?{q}&ID=2",
        "http://[evil/",
        "http://{host}:port/v2026_4/system/callbackkey/index.rails?{q}",
        "",
    ],
)
def test_a_forged_address_is_refused_without_any_request(server, forged):
    host = server.origin.removeprefix("http://")
    address = forged.format(host=host, q=f"companyName=acme&id={KEY_ID}")
    with keys_of(server.origin) as keys, pytest.raises(CallbackRefusedError):
        keys.key_for(address)
    assert server.asked == []


def test_what_is_fetched_lies_below_our_codebase_whatever_the_message_says(server):
    address = key_url(server.origin).replace("v2026_4", "v4_6_release")
    with keys_of(server.origin) as keys:
        assert keys.key_for(address) == SIGNING_KEY
    assert [asked.path for asked in server.asked] == [KEY_PATH]


def test_ui_host_and_api_host_of_a_cloud_tenant_are_both_its_own():
    with keys_of("https://na.myconnectwise.net") as keys:
        for host in ("na.myconnectwise.net", "api-na.myconnectwise.net"):
            origin, key_id = keys._checked(key_url(f"https://{host}"))
            assert (origin, key_id) == (f"https://{host}", KEY_ID)
        with pytest.raises(CallbackRefusedError):
            keys._checked(key_url("https://eu.myconnectwise.net"))


def test_a_redirect_is_not_followed(server):
    with scripted_server() as elsewhere:
        script_key(elsewhere)
        target = f"{elsewhere.origin}{KEY_PATH}"
        script_key(server, Reply({}, status=302, headers={"Location": target}))
        with keys_of(server.origin) as keys, pytest.raises(CallbackRefusedError):
            keys.key_for(key_url(server.origin))
        assert elsewhere.asked == []


def test_an_unknown_key_is_not_asked_for_again_at_once(server):
    script_key(server, Reply(b"<html>404</html>", status=404, content_type="text/html"))
    time = FakeTime()
    with keys_of(server.origin, time=time, unknown_ttl_seconds=30) as keys:
        for _ in range(3):
            with pytest.raises(CallbackRefusedError):
                keys.key_for(key_url(server.origin))
        assert len(server.calls(KEY_PATH)) == 1
        time.sleep(31)
        script_key(server)
        assert keys.key_for(key_url(server.origin)) == SIGNING_KEY


@pytest.mark.parametrize(
    "reply",
    [
        Reply({"message": "no"}, status=503),
        Reply({"error": "x"}, status=429),
        Reply({}, cut=1),
    ],
)
def test_trouble_at_connectwise_says_nothing_about_the_message(server, reply):
    script_key(server, reply, Reply({"signing_key": SIGNING_KEY}))
    with keys_of(server.origin) as keys:
        with pytest.raises(KeyUnavailableError):
            keys.key_for(key_url(server.origin))
        assert keys.key_for(key_url(server.origin)) == SIGNING_KEY


def test_a_slow_key_is_there_for_the_next_delivery(server):
    may_answer = threading.Event()

    def slowly(_):
        may_answer.wait(10)
        return Reply({"signing_key": SIGNING_KEY})

    server.script(KEY_PATH, slowly)
    with keys_of(server.origin, wait_seconds=0.01) as keys:
        with pytest.raises(KeyUnavailableError):
            keys.key_for(key_url(server.origin))
        fetching = keys._pending[KEY_ID]
        may_answer.set()
        fetching.result(10)
        assert keys.key_for(key_url(server.origin)) == SIGNING_KEY
    assert len(server.calls(KEY_PATH)) == 1


def test_only_so_many_messages_wait_at_a_time(server):
    may_answer, asked = threading.Event(), threading.Event()

    def slowly(_):
        asked.set()
        may_answer.wait(10)
        return Reply({"signing_key": SIGNING_KEY})

    server.script(KEY_PATH, slowly)
    with (
        keys_of(server.origin, wait_seconds=10, most_waiting=1) as keys,
        ThreadPoolExecutor(1) as other,
    ):
        first = other.submit(keys.key_for, key_url(server.origin))
        assert asked.wait(10)
        while keys._seats.acquire(blocking=False):
            keys._seats.release()  # Until the first one sits.
        with pytest.raises(KeyUnavailableError, match="enough messages"):
            keys.key_for(key_url(server.origin))
        may_answer.set()
        assert first.result(10) == SIGNING_KEY
        assert keys.key_for(key_url(server.origin)) == SIGNING_KEY


def test_strangers_cannot_keep_us_from_a_key_that_we_had(server):
    time = FakeTime()
    with keys_of(server.origin, time=time, ttl_seconds=5, fetches_per_minute=3) as keys:
        keys.key_for(key_url(server.origin))
        time.sleep(6)
        script_key(server, Reply({}, status=404))
        for number in (2, 3, 4, 5):
            with pytest.raises((CallbackRefusedError, KeyUnavailableError)):
                keys.key_for(key_url(server.origin, id=f"{OTHER_ID}{number}"))
        script_key(server)
        assert keys.key_for(key_url(server.origin)) == SIGNING_KEY


def test_strangers_cannot_make_us_ask_without_end(server):
    script_key(server, Reply({}, status=404))
    with keys_of(server.origin, fetches_per_minute=3) as keys:
        for number in range(3):
            with pytest.raises(CallbackRefusedError):
                keys.key_for(key_url(server.origin, id=f"{OTHER_ID}{number}"))
        with pytest.raises(KeyUnavailableError):
            keys.key_for(key_url(server.origin, id=f"{OTHER_ID}9"))
    assert len(server.calls(KEY_PATH)) == 3
