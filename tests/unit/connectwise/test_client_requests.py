"""What a request carries: address, headers, escaping, search, cache."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from pipelines.connectwise import BadRequestError, Query, field
from pipelines.connectwise.client import SystemInfo
from pipelines.errors import SettingsError
from tests.support.clients import CREDENTIALS, SECRETS, FakeTime, client_of
from tests.support.http_server import INFO, Reply, listing

SYSTEM = {"version": "v2026.4", "isCloud": True, "serverTimeZone": "GMT Standard Time"}


def test_a_call_is_signed_and_names_its_model_version(bench):
    bench.server.script("/system/info", Reply(SYSTEM))
    assert bench.client.get("/system/info") == SYSTEM
    [asked] = bench.server.calls("/system/info")
    scheme, _, token = asked.headers["authorization"].partition(" ")
    assert scheme == "Basic"
    pair = f"acme+{SECRETS[0]}:{SECRETS[1]}"
    assert base64.b64decode(token).decode() == pair
    assert asked.headers["clientid"] == SECRETS[2]
    accept = "application/vnd.connectwise.com+json; version=2026.4"
    assert asked.headers["accept"] == accept
    assert asked.target == "/v2026_4/apis/3.0/system/info"


def test_company_info_is_asked_once_and_without_keys(bench):
    bench.server.script("/system/info", Reply(SYSTEM))
    bench.client.get("/system/info")
    bench.client.get("/system/info")
    [info] = bench.server.calls("/login/companyinfo/acme")
    assert "authorization" not in info.headers
    assert "clientid" not in info.headers


def test_a_full_address_needs_no_company_info(bench):
    bench.server.script("/system/info", Reply(SYSTEM))
    address = bench.server.origin + "/v4_6_release/apis/3.0/"
    with client_of(bench.server, bench.time) as plain:
        assert plain.api_url().endswith("/v2026_4/apis/3.0")
    bench.server.asked.clear()
    full = type(bench.client)(CREDENTIALS, address, rate_limit_per_minute=None)
    with full:
        assert full.get("/system/info") == SYSTEM
    assert [a.target for a in bench.server.asked] == [
        "/v4_6_release/apis/3.0/system/info"
    ]


def test_on_premises_has_one_codebase_whatever_company_info_names(bench):
    info = {**INFO.body, "IsCloud": "False", "Codebase": "v2019_1/"}
    bench.server.script("/login/companyinfo/acme", Reply(info))
    assert bench.client.api_url().endswith("/v4_6_release/apis/3.0")


def test_cloud_is_understood_as_text_too(bench):
    info = {**INFO.body, "IsCloud": "True"}
    bench.server.script("/login/companyinfo/acme", Reply(info))
    assert bench.client.api_url().endswith("/v2026_4/apis/3.0")


def test_values_reach_the_server_as_they_were_meant(bench):
    bench.server.script("/service/tickets", Reply([]))
    text = 'Müller & Söhne "A+B" \\ 100% #1?=x'
    query = Query(conditions=field("summary") == text, fields=("id", "status/id"))
    list(bench.client.iter_pages("/service/tickets", query=query))
    [asked] = bench.server.calls("/service/tickets")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert asked.params["conditions"] == f'summary = "{escaped}"'
    assert asked.params["fields"] == "id,status/id"
    assert " " not in asked.target
    assert "+" not in asked.target


def test_parameters_of_a_get_are_escaped(bench):
    bench.server.script("/system/audittrail", Reply([]))
    bench.client.get("/system/audittrail", params={"type": "A&B", "id": 5, "x": True})
    [asked] = bench.server.calls("/system/audittrail")
    assert asked.params == {"type": "A&B", "id": "5", "x": "true"}


def test_all_three_kinds_of_conditions_are_sent(bench):
    bench.server.script("/company/contacts/count", Reply({"count": 3}))
    query = Query(
        conditions="inactiveFlag = false",
        child_conditions=field("types/id") == 1,
        custom_field_conditions='caption = "T"',
    )
    assert bench.client.count("/company/contacts", query=query) == 3
    [asked] = bench.server.calls("/company/contacts/count")
    assert asked.params == {
        "conditions": "inactiveFlag = false",
        "childConditions": "types/id = 1",
        "customFieldConditions": 'caption = "T"',
    }


@pytest.mark.parametrize(
    "path",
    ["service/tickets", "https://evil.example/x", "/a?b=1", "/a/../b", "/a/{id}"],
)
def test_only_plain_paths_are_accepted(bench, path):
    with pytest.raises(ValueError, match="is not a path"):
        bench.client.get(path)
    assert bench.server.asked == []


def test_conditions_too_long_for_an_address_go_to_the_search(bench):
    ids = list(range(1, 8))
    bench.server.script("/service/tickets/search", listing(ids, support="navigable"))
    query = Query(conditions=field("id").is_in(range(100000, 100400)), page_size=3)
    pages = list(bench.client.iter_pages("/service/tickets", query=query))
    got = [row["id"] for page in pages for row in json.loads(page.content)]
    assert got == ids
    asked = bench.server.calls("/service/tickets/search")
    assert {a.method for a in asked} == {"POST"}
    assert asked[0].body == {"conditions": str(query.conditions)}
    assert asked[1].body["orderBy"] == "id asc"
    assert asked[0].params == {"pageSize": "3"}


def test_conditions_too_long_without_a_search_are_refused_before_sending(bench):
    query = Query(conditions=field("id").is_in(range(100000, 100400)))
    with pytest.raises(BadRequestError, match="longer than 2000"):
        list(bench.client.iter_pages("/time/entries", query=query))
    assert bench.server.calls("/time/entries") == []


def test_ids_are_read_in_batches_with_short_addresses(bench):
    wanted = list(range(1_000_000, 1_000_500))

    def by_id(asked):
        inside = asked.params["conditions"].partition("id in (")[2].partition(")")[0]
        return Reply([{"id": int(i)} for i in inside.split(",")])

    bench.server.script("/time/entries", by_id)
    query = Query(conditions='status = "Open" or status = "Rejected"')
    pages = list(bench.client.get_many("/time/entries", iter(wanted), query=query))
    got = [row["id"] for page in pages for row in json.loads(page.content)]
    assert got == wanted
    assert [page.number for page in pages] == [1, 2, 3]
    for asked in bench.server.calls("/time/entries"):
        assert len(bench.server.origin + asked.target) <= 2000
        joined = '(status = "Open" or status = "Rejected") and id in ('
        assert asked.params["conditions"].startswith(joined)


def test_a_batch_has_no_more_ids_than_asked(bench):
    bench.server.script("/time/entries", Reply([]))
    list(bench.client.get_many("/time/entries", [1, 2, 3, 4, 5], batch_size=2))
    sent = [a.params["conditions"] for a in bench.server.calls("/time/entries")]
    assert sent == ["id in (1,2)", "id in (3,4)", "id in (5)"]


def test_no_ids_no_call(bench):
    assert list(bench.client.get_many("/time/entries", [])) == []
    assert bench.server.calls("/time/entries") == []


def test_set_up_tables_are_cached_only_when_asked(bench):
    bench.server.script("/service/priorities", Reply([{"id": 1}]), Reply([{"id": 2}]))
    first = bench.client.get("/service/priorities", cached=True)
    first.append("mine")
    assert bench.client.get("/service/priorities", cached=True) == [{"id": 1}]
    assert bench.client.get("/service/priorities") == [{"id": 2}]


def test_the_servers_clock_is_the_date_header(bench):
    bench.server.script("/system/info", Reply(SYSTEM))
    assert bench.client.server_now() == datetime(2026, 3, 31, 21, tzinfo=UTC)
    ahead = datetime.now(UTC) - datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert abs(bench.client.clock_skew() - ahead) < timedelta(seconds=30)


def test_system_info_is_told(bench):
    bench.server.script("/system/info", Reply(SYSTEM))
    expected = SystemInfo("v2026.4", True, "GMT Standard Time", None)
    assert bench.client.system_info() == expected


@pytest.mark.parametrize("size", [0, 1001])
def test_page_sizes_the_api_refuses_are_refused_here(bench, size):
    with pytest.raises(ValueError, match="1 to 1000 rows"):
        Query(page_size=size)
    with pytest.raises(ValueError, match="1 to 1000 rows"):
        client_of(bench.server, FakeTime(), page_size=size)


def test_keys_that_no_header_can_carry_are_named_not_shown():
    with pytest.raises(SettingsError, match="CW_PRIVATE_KEY") as caught:
        replace(CREDENTIALS, private_key=SecretStr("oops\nagain"))
    assert "oops" not in repr(caught.value)


def test_the_servers_clock_is_told_where_system_info_is_not_granted(bench):
    bench.server.script("/system/info", Reply({"code": "x"}, status=403))
    assert bench.client.server_now().isoformat() == "2026-03-31T21:00:00+00:00"
