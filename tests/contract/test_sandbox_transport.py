"""Company info, credentials, codebases, headers and refusals, as the reference says."""

import base64
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.support.sandbox import API, small_sandbox

GUID = "6f6d5b3e-5f1c-4a3d-9d3c-0d6ce0d3f7a1"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    denied = ("/sales/opportunities", "/service/boards/{parent_id}/statuses")
    folder = tmp_path_factory.mktemp("transport")
    with small_sandbox(folder, denied_paths=denied) as client:
        yield client


def root(client: httpx.Client) -> str:
    return str(client.base_url).removesuffix(API + "/")


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_company_info_needs_no_credentials(sandbox):
    answer = httpx.get(f"{root(sandbox)}/login/companyinfo/SANDBOX")
    info = answer.json()
    assert info["Codebase"] == "v2026_4/"
    assert info["VersionCode"] == "v2026.4"
    assert info["IsCloud"] is True


def test_company_info_of_an_unknown_company_is_null(sandbox):
    answer = httpx.get(f"{root(sandbox)}/login/companyinfo/nobody")
    assert (answer.status_code, answer.text) == (200, "null")


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        basic("sandbox+public", "wrong"),
        basic("sandbox+wrong", "private"),
        basic("other+public", "private"),
        "Basic !!!",
        "Bearer token",
    ],
)
def test_wrong_keys_are_401(sandbox, authorization):
    headers = {"clientId": GUID}
    if authorization:
        headers["authorization"] = authorization
    answer = httpx.get(f"{root(sandbox)}{API}/system/info", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["code"] == "Unauthorized"


@pytest.mark.parametrize("client_id", ["", "not-a-guid"])
def test_a_missing_client_id_is_refused_by_name(sandbox, client_id):
    answer = sandbox.get("/system/info", headers={"clientId": client_id})
    assert answer.status_code == 401
    assert "clientId" in answer.json()["message"]


def test_any_guid_will_do_as_client_id(sandbox):
    answer = sandbox.get("/system/info", headers={"clientId": GUID})
    assert answer.status_code == 200


@pytest.mark.parametrize("codebase", ["v4_6_release", "v2026_4", "V2026_4"])
def test_both_codebases_lead_into_the_api(sandbox, codebase):
    url = f"{root(sandbox)}/{codebase}/apis/3.0/service/tickets/1"
    answer = sandbox.get(url)
    href = answer.json()["board"]["_info"]["board_href"]
    assert href == f"{root(sandbox)}/{codebase}/apis/3.0//service/boards/1"


def test_a_link_of_a_record_can_be_followed(sandbox):
    href = sandbox.get("/service/tickets/1").json()["board"]["_info"]["board_href"]
    assert sandbox.get(href).json()["name"] == "Help Desk"
    notes = sandbox.get("/service/tickets/3").json()["_info"]["notes_href"]
    assert sandbox.get(notes).json()[0]["text"] == "Done"


@pytest.mark.parametrize("path", ["/v2019_1/apis/3.0/system/info", "/", "/apis/3.0/x"])
def test_a_wrong_codebase_is_a_page_in_html(sandbox, path):
    answer = sandbox.get(root(sandbox) + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "404 - File or directory not found." in answer.text


def test_a_doubled_path_cannot_be_routed(sandbox):
    answer = sandbox.get(f"{API}/system/info")
    assert answer.status_code == 400
    assert answer.text == "Cannot route. Codebase/company is invalid"


def test_an_unknown_path_inside_the_api_is_json(sandbox):
    for path in ("/nope", "/service/tickets/x", "/service/boards/count/statuses"):
        answer = sandbox.get(path)
        assert answer.status_code == 404
        assert answer.json() == {
            "code": "ConnectWiseApi",
            "message": "The endpoint does not exist.",
        }


def test_what_the_role_does_not_grant_is_403(sandbox):
    for path in ("/sales/opportunities", "/sales/opportunities/count"):
        answer = sandbox.get(path)
        assert answer.status_code == 403
        assert answer.json() == {
            "code": "Security",
            "message": "You do not have security permission to perform this action.",
        }
    assert sandbox.get("/service/boards/1/statuses").status_code == 403
    assert sandbox.get("/service/boards").status_code == 200


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_verbs_are_405(sandbox, verb):
    answer = sandbox.request(verb, "/service/boards/1", json={})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


def test_a_search_takes_post_only(sandbox):
    assert sandbox.get("/service/tickets/search").status_code == 405


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/vnd.connectwise.com+json",
        "application/vnd.connectwise.com+json; version=2020.1",
        "application/vnd.connectwise.com+json; version=2026.4, application/json",
    ],
)
def test_every_accept_header_of_the_field_is_served(sandbox, accept):
    answer = sandbox.get("/service/tickets", headers={"accept": accept})
    assert answer.status_code == 200
    asked = accept.split(",")[0]
    expected = asked if "connectwise" in asked else "application/json"
    assert answer.headers["content-type"] == f"{expected}; charset=utf-8"


def test_headers_of_an_answer(sandbox):
    answer = sandbox.get("/service/tickets", headers={"accept-encoding": "gzip"})
    headers = answer.headers
    assert headers["api-current-version"] == "2026.4"
    assert re.fullmatch(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", headers["x-cw-request-id"]
    )
    assert (headers["cache-control"], headers["pragma"]) == ("no-cache", "no-cache")
    assert headers["expires"] == "-1"
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-encoding" not in headers


def test_a_refusal_has_the_headers_too(sandbox):
    headers = sandbox.get("/nope").headers
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert "x-cw-request-id" in headers


def test_the_date_is_the_sandbox_clock(sandbox):
    date = parsedate_to_datetime(sandbox.get("/system/info").headers["date"])
    seconds = (date - datetime(2026, 3, 31, 21, tzinfo=UTC)).total_seconds()
    assert 0 <= seconds < 300


def test_system_info(sandbox):
    info = sandbox.get("/system/info").json()
    assert info["serverTimeZone"] == "Eastern Standard Time"
    assert info["version"].startswith("v2026.4")
    assert info["isCloud"] is True


def test_a_pinned_version_gets_the_older_model(sandbox):
    pinned = {"accept": "application/vnd.connectwise.com+json; version=2025.1"}
    older = sandbox.get("/service/priorities/4", headers=pinned).json()
    newest = sandbox.get("/service/priorities/4").json()
    assert newest == {**older, "connectWiseId": "x-4"}
    assert "connectWiseId" not in older


def test_the_older_version_has_its_own_codebase_and_names(tmp_path):
    with small_sandbox(tmp_path, api_version="2025.1") as client:
        info = httpx.get(f"{root(client)}/login/companyinfo/sandbox").json()
        assert info["Codebase"] == "v2025_1/"
        conditions = {"conditions": "connectWiseId != null"}
        unknown = client.get("/service/priorities", params=conditions)
        assert unknown.json()["code"] == "ApiFindCondition"
        assert "connectWiseId" not in client.get("/service/priorities/4").json()


def test_the_limit_answers_429_and_names_the_seconds(tmp_path):
    with small_sandbox(tmp_path, rate_limit_per_minute=2) as client:
        statuses = [client.get("/system/info").status_code for _ in range(2)]
        refused = client.get("/system/info")
    assert statuses == [200, 200]
    assert refused.status_code == 429
    seconds = int(refused.headers["retry-after"])
    assert 1 <= seconds <= 60
    assert refused.json() == {
        "error": "ConnectWiseAPI",
        "message": f"Too many requests. Please try again in {seconds} seconds.",
    }
