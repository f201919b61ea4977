"""Every fault becomes one sentence that names the call and the remedy, no secret."""

import socket
import traceback

import httpx
import pytest

from pipelines.connectwise import (
    AuthenticationError,
    BadRequestError,
    ClientIdError,
    CompanyNotFoundError,
    ConnectWiseError,
    GatewayNotFoundError,
    HostUnreachableError,
    MalformedResponseError,
    NotFoundError,
    NotGrantedError,
    Query,
    RateLimitedError,
    ReadOnlyError,
    RequestTimedOutError,
    ServerError,
)
from pipelines.connectwise.client import ConnectWiseClient
from pipelines.connectwise.events import ApiAddressChanged
from pipelines.connectwise.read_only import refuse_writes
from tests.support.clients import CREDENTIALS, SECRETS, FakeTime, client_of, ids_of
from tests.support.http_server import INFO, Reply, listing

PATH = "/finance/agreements"
SMALL = Query(page_size=100)
IIS = b"<!DOCTYPE html><html><h2>404 - File or directory not found.</h2></html>"


def error_body(code, message, errors=None):
    return {"code": code, "message": message, "errors": errors}


def html(status, body=IIS):
    return Reply(body, status=status, content_type="text/html")


def plain(status, text):
    return Reply(text.encode(), status=status, content_type="text/plain")


def refused(status, code, message, **more):
    return Reply(error_body(code, message, **more), status=status)


FINAL = [
    (
        refused(401, "Unauthorized", "Incorrect public/private key"),
        AuthenticationError,
        ["CW_PUBLIC_KEY", "CW_PRIVATE_KEY", "Incorrect public/private key"],
    ),
    (html(401), AuthenticationError, ["CW_PUBLIC_KEY"]),
    (
        refused(400, "ConnectWiseApi", "clientId header is missing or invalid"),
        ClientIdError,
        ["CW_CLIENT_ID"],
    ),
    (refused(401, "Unauthorized", "Unknown ClientID"), ClientIdError, ["CW_CLIENT_ID"]),
    (
        refused(403, "Security", "You do not have security permission."),
        NotGrantedError,
        ["not granted", "security role"],
    ),
    (html(403), HostUnreachableError, ["CW_BASE_URL", "firewalls"]),
    (
        refused(400, "Security", "SSL is required."),
        HostUnreachableError,
        ["CW_BASE_URL", "https"],
    ),
    (
        Reply(b"", status=302, headers={"Location": "https://elsewhere/"}),
        HostUnreachableError,
        ["CW_BASE_URL"],
    ),
    (
        plain(400, "Cannot route. Codebase/company is invalid"),
        CompanyNotFoundError,
        ["CW_COMPANY_ID", "CW_BASE_URL"],
    ),
    (html(404), GatewayNotFoundError, ["CW_PUBLIC_KEY", "CW_COMPANY_ID"]),
    (
        refused(404, "NotFound", "Agreement 5 not found"),
        NotFoundError,
        ["Agreement 5 not found"],
    ),
    (
        refused(404, "ConnectWiseApi", "The endpoint does not exist."),
        NotFoundError,
        ["The endpoint does not exist"],
    ),
    (
        refused(400, "ApiFindCondition", "clientId is not a recognized name."),
        BadRequestError,
        ["clientId is not a recognized name", "condition"],
    ),
    (
        refused(
            400,
            "InvalidObject",
            "pageSize object is invalid",
            errors=[{"message": "The field pageSize must be between 1 and 100."}],
        ),
        BadRequestError,
        ["must be between 1 and 100"],
    ),
    (plain(405, "no"), BadRequestError, ["405"]),
    (Reply(b"", status=409), BadRequestError, ["409"]),
    (
        refused(500, "ConnectWiseApi", "String was not recognized as a valid Boolean."),
        ServerError,
        ["valid Boolean", "nothing already loaded is lost"],
    ),
    (refused(501, "X", "no"), ServerError, ["501"]),
]


@pytest.mark.parametrize(("reply", "kind", "words"), FINAL)
def test_what_cannot_help_is_asked_once(bench, reply, kind, words):
    bench.server.script(PATH, reply)
    with pytest.raises(ConnectWiseError) as caught:
        list(bench.client.iter_pages(PATH))
    assert type(caught.value) is kind
    text = str(caught.value)
    assert all(word in text for word in words), text
    assert f"GET {PATH}, page 1" in text
    assert "request rid-1" in text
    assert text.endswith(".")
    assert "\n" not in text
    assert len(bench.server.calls(PATH)) == 1
    assert bench.time.slept == []


TRANSIENT = [
    (refused(500, "ConnectWiseApi", "Timeout expired."), RequestTimedOutError),
    (refused(500, "ConnectWiseApi", "The query timed out"), RequestTimedOutError),
    (html(500), ServerError),
    (html(502), ServerError),
    (refused(503, "X", "maintenance"), ServerError),
    (html(504), RequestTimedOutError),
    (html(524), ServerError),
    (Reply(b"", status=408), RequestTimedOutError),
    (html(200), MalformedResponseError),
    (Reply(IIS), MalformedResponseError),
    (Reply(b""), MalformedResponseError),
    (Reply(b'[{"id": 1}, {"id"'), MalformedResponseError),
    (Reply(b'[{"id": "\xff"}]'), MalformedResponseError),
    (Reply(b'[{"id": "' + b"x" * 20_000 + b'\xff"}]'), MalformedResponseError),
    (Reply([{"id": 1}], cut=3), MalformedResponseError),
]


@pytest.mark.parametrize(("reply", "kind"), TRANSIENT)
def test_what_may_pass_is_asked_again(bench, reply, kind):
    bench.server.script("/system/info", Reply({}))
    bench.client.get("/system/info")
    bench.server.script(PATH, reply, reply, Reply([{"id": 1}], headers={"Link": ""}))
    [page] = bench.client.iter_pages(PATH, query=SMALL)
    assert page.row_count == 1
    assert len(bench.server.calls(PATH)) == 3
    assert bench.time.slept == [0.5, 1.0]


@pytest.mark.parametrize(("reply", "kind"), TRANSIENT)
def test_what_does_not_pass_is_given_up(bench, reply, kind):
    bench.server.script("/system/info", Reply({}))
    bench.client.get("/system/info")
    bench.server.script(PATH, reply)
    pages = bench.client.iter_pages(PATH, query=SMALL)
    with pytest.raises(ConnectWiseError) as caught:
        next(pages)
    assert type(caught.value) is kind
    assert len(bench.server.calls(PATH)) == 8
    assert "8 tries" in str(caught.value)
    assert bench.time.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


@pytest.mark.parametrize("before", ["", "x", "xx"])
def test_text_beyond_ascii_arrives_whatever_its_length(bench, before):
    """It is looked at in pieces, and a piece may end within a character."""
    sent = f'[{{"id": 1, "name": "{before}{"€" * 9_000}"}}]'.encode()
    bench.server.script(PATH, Reply(sent, headers={"Link": ""}))
    [page] = bench.client.iter_pages(PATH, query=SMALL)
    assert page.content == sent


def test_an_object_where_a_list_belongs_is_not_asked_again(bench):
    bench.server.script(PATH, Reply({"id": 1}))
    with pytest.raises(MalformedResponseError, match="not a JSON array"):
        list(bench.client.iter_pages(PATH))
    assert len(bench.server.calls(PATH)) == 1


@pytest.mark.parametrize("body", [{}, [], {"count": "many"}])
def test_a_count_without_a_number_is_refused(bench, body):
    bench.server.script(f"{PATH}/count", Reply(body))
    with pytest.raises(MalformedResponseError, match="has no count"):
        bench.client.count(PATH)


def test_an_answer_without_a_clock_is_refused():
    def undated(request):
        return httpx.Response(200, json=[])

    with (
        offline(httpx.MockTransport(undated)) as client,
        pytest.raises(MalformedResponseError, match="no readable Date"),
    ):
        client.server_now()


def offline(transport, *, url="https://cw.example/v4_6_release/apis/3.0", **options):
    time = FakeTime()
    return ConnectWiseClient(
        CREDENTIALS,
        url,
        transport=transport,
        retry=time.policy(),
        rate_limit_per_minute=None,
        **options,
    )


def test_a_host_that_does_not_exist_is_tried_thrice():
    calls = []

    def nowhere(request):
        calls.append(request)
        raise httpx.ConnectError("[Errno -2] Name or service not known")

    with (
        offline(httpx.MockTransport(nowhere), url="na.myconnectwise.net") as client,
        pytest.raises(HostUnreachableError) as caught,
    ):
        client.get("/system/info")
    assert "na.myconnectwise.net cannot be reached" in str(caught.value)
    assert "CW_BASE_URL" in str(caught.value)
    assert len(calls) == 3


def test_a_closed_port_is_named():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        offline(None, url=f"http://127.0.0.1:{port}") as client,
        pytest.raises(HostUnreachableError, match="CW_BASE_URL"),
    ):
        client.get("/system/info")


def test_a_certificate_nobody_signed_is_not_retried():
    calls = []

    def untrusted(request):
        calls.append(request)
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")

    with (
        offline(httpx.MockTransport(untrusted)) as client,
        pytest.raises(HostUnreachableError, match="SSL_CERT_FILE"),
    ):
        client.get("/system/info")
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (httpx.ReadTimeout("slow"), RequestTimedOutError),
        (httpx.ReadError("reset"), HostUnreachableError),
        (httpx.ProxyError("no"), HostUnreachableError),
        (httpx.DecodingError("gzip"), MalformedResponseError),
        (httpx.RemoteProtocolError("bye"), MalformedResponseError),
    ],
)
def test_broken_connections_have_their_own_errors(fault, kind):
    def broken(request):
        raise fault

    with (
        offline(httpx.MockTransport(broken)) as client,
        pytest.raises(ConnectWiseError) as caught,
    ):
        client.get("/system/info")
    assert type(caught.value) is kind
    assert caught.value.attempts == 3


def test_a_server_that_never_answers_times_out(bench):
    bench.server.script(PATH, Reply(hang=True))
    with client_of(bench.server, FakeTime(), timeout_seconds=0.05) as impatient:
        impatient.api_url()
        with pytest.raises(RequestTimedOutError, match="TIMEOUT_SECONDS"):
            impatient.get(PATH)


@pytest.mark.parametrize(
    ("reply", "kind", "word"),
    [
        (Reply(None), CompanyNotFoundError, "'acme'"),
        (refused(404, "NotFound", "x"), CompanyNotFoundError, "CW_COMPANY_ID"),
        (html(404), HostUnreachableError, "CW_BASE_URL"),
        (html(200, b"<html>Welcome to nginx"), HostUnreachableError, "CW_BASE_URL"),
        (plain(400, "Bad request"), HostUnreachableError, "CW_BASE_URL"),
        (Reply([1]), HostUnreachableError, "CW_BASE_URL"),
    ],
)
def test_company_info_tells_wrong_company_from_wrong_host(bench, reply, kind, word):
    bench.server.script("/login/companyinfo/acme", reply)
    with pytest.raises(ConnectWiseError) as caught:
        bench.client.get("/system/info")
    assert type(caught.value) is kind
    assert word in str(caught.value)
    assert "GET /login/companyinfo/acme" in str(caught.value)
    assert bench.server.calls("/system/info") == []
    assert len(bench.server.asked) <= 3


def test_after_an_upgrade_the_new_codebase_is_found(bench):
    def upgraded(asked):
        if asked.target.startswith("/v2026_5/"):
            return Reply({"version": "v2026.5"})
        return html(404)

    bench.server.script("/system/info", upgraded)
    newer = Reply({**INFO.body, "Codebase": "v2026_5/"})
    bench.server.script("/login/companyinfo/acme", INFO, newer)
    assert bench.client.get("/system/info") == {"version": "v2026.5"}
    [moved] = bench.told(ApiAddressChanged)
    assert moved.after.endswith("/v2026_5/apis/3.0")
    bench.client.get("/system/info")
    assert len(bench.server.calls("/login/companyinfo/acme")) == 2


def test_a_list_goes_on_where_it_was_when_the_codebase_changes(bench):
    ids = [1, 2, 3, 4, 5]
    rows = listing(ids, support="forward-only")

    def upgrading(asked):
        old = asked.target.startswith("/v2026_4/")
        return html(404) if old and "pageId" in asked.params else rows(asked)

    bench.server.script(PATH, upgrading)
    newer = Reply({**INFO.body, "Codebase": "v2026_5/"})
    bench.server.script("/login/companyinfo/acme", INFO, newer)
    pages = list(bench.client.iter_pages(PATH, query=Query(page_size=2)))
    assert ids_of(pages) == ids


def test_an_edge_404_asks_company_info_once_more_then_fails(bench):
    bench.server.script("/system/info", html(404))
    with pytest.raises(GatewayNotFoundError):
        bench.client.get("/system/info")
    assert len(bench.server.calls("/login/companyinfo/acme")) == 2
    assert len(bench.server.calls("/system/info")) == 1


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/service/tickets",
        "/service/tickets/changelogs",
        "/system/callbacks",
        "/x/search",
    ],
)
def test_nothing_but_reads_leaves_the_machine(bench, method, path):
    url = f"{bench.server.origin}/v2026_4/apis/3.0{path}"
    with pytest.raises(ReadOnlyError) as caught:
        bench.client._http.request(method, url)
    assert f"{method} {path}" in str(caught.value)
    assert bench.server.asked == []


@pytest.mark.parametrize("path", ["/service/tickets/search", "/project/tickets/search"])
def test_the_two_searches_may_be_posted(path):
    refuse_writes(httpx.Request("POST", f"https://cw.example/v1/apis/3.0{path}"))
    with pytest.raises(ReadOnlyError):
        refuse_writes(httpx.Request("DELETE", f"https://cw.example/v1/apis/3.0{path}"))


def test_no_secret_reaches_text_repr_or_trace(bench):
    echo = " ".join(SECRETS)
    seen = [repr(bench.client), repr(CREDENTIALS), str(CREDENTIALS)]
    for status in (400, 401, 403, 404, 409, 429, 500, 503):
        bench.server.script(PATH, refused(status, "Echo", echo))
        with pytest.raises(ConnectWiseError) as caught:
            bench.client.get(PATH, params={"conditions": "a = 1"})
        error = caught.value
        seen += [str(error), repr(error), repr(vars(error))]
        seen += traceback.format_exception(error)
    seen += [repr(event) for event in bench.events]
    assert len(seen) > 50
    token = bench.server.calls(PATH)[0].headers["authorization"].removeprefix("Basic ")
    for text in seen:
        for secret in (*SECRETS, token):
            assert secret not in text
    urls = [asked.target for asked in bench.server.asked]
    assert not any(secret in url for secret in SECRETS for url in urls)


def test_long_answers_are_cut_in_messages(bench):
    bench.server.script(PATH, refused(400, "X", "long\n\x00 " * 400))
    with pytest.raises(BadRequestError) as caught:
        bench.client.get(PATH)
    assert len(str(caught.value)) < 400
    assert "\x00" not in str(caught.value)


def test_rate_limit_outlives_the_tries(bench):
    body = {"error": "ConnectWiseAPI", "message": "Too many requests."}
    bench.server.script(PATH, Reply(body, status=429))
    with pytest.raises(RateLimitedError, match="RATE_LIMIT_PER_MINUTE"):
        bench.client.get(PATH)
    assert len(bench.server.calls(PATH)) == 8
