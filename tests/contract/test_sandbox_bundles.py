"""``POST /system/bundles``: several reads in one request, each with its own status."""

from typing import Any

import pytest

from pipelines.sandbox.bundles import resources
from tests.support import vendor_contract as contract
from tests.support.sandbox import small_sandbox

BUNDLES = "/system/bundles"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    denied = ("/system/members",)
    with small_sandbox(tmp_path_factory.mktemp("bundles"), denied_paths=denied) as one:
        yield one


def asked(number: int, kind: str, **request: Any) -> dict[str, Any]:
    return {
        "version": "2026.4",
        "sequenceNumber": number,
        "resourceType": kind,
        "apiRequest": request,
    }


def test_each_request_is_answered_as_its_list_or_record_would_be(client):
    board = {"conditions": "board/name = 'Help Desk'", "orderBy": "id desc"}
    body = {
        "requests": [
            asked(1, "ticket", filters=board, page={"page": 2, "pageSize": 3}),
            asked(2, "Company"),
            asked(3, "contact", id=2),
            asked(4, "boardstatus", parentId=1, fields="id,name"),
        ]
    }
    answer = client.post(BUNDLES, json=body)
    assert answer.status_code == 200
    tickets, companies, contact, statuses = answer.json()["results"]
    assert [each["id"] for each in tickets["entities"]] == [57, 56, 55]
    listed = {**board, "page": 2, "pageSize": 3}
    assert tickets["entities"] == client.get("/service/tickets", params=listed).json()
    assert (companies["count"], companies["entities"]) == (0, [])
    assert contact["entities"] == [client.get("/company/contacts/2").json()]
    assert statuses["entities"] == [
        {"id": 11, "name": "New"},
        {"id": 12, "name": "Closed"},
    ]
    assert [each["sequenceNumber"] for each in answer.json()["results"]] == [1, 2, 3, 4]


def test_counts(client):
    closed = {"conditions": "closedFlag = true"}
    body = {"requests": [asked(1, "ticket", filters=closed), asked(2, "contact")]}
    answer = client.post(f"{BUNDLES}/count", json=body)
    assert answer.status_code == 200
    found = [(one["count"], one["entities"]) for one in answer.json()["results"]]
    assert found == [(20, []), (2, [])]


def test_a_request_that_fails_leaves_the_others_alone(client):
    wrong = {"conditions": "nope = 1"}
    body = {
        "requests": [
            asked(1, "ticket", filters=wrong),
            asked(2, "contact", id=99),
            asked(3, "member"),
            asked(4, "unheardof"),
            asked(5, "boardstatus"),
            asked(6, "ticket", page={"pageSize": 1001}),
            asked(7, "ticket", id=7),
        ]
    }
    answer = client.post(BUNDLES, json=body)
    assert answer.status_code == 207
    results = answer.json()["results"]
    statuses = [one["statusCode"] for one in results]
    assert statuses == [400, 404, 403, 404, 404, 400, 200]
    assert [one["success"] for one in results] == [False] * 6 + [True]
    assert results[0]["error"]["code"] == "ApiFindCondition"
    assert results[6]["entities"][0]["id"] == 7


def test_names_are_read_in_any_case(client):
    filters = {
        "Conditions": "id = 3",
        "childConditions": "",
        "customFieldConditions": "",
    }
    request = {
        "Version": "2019.3",
        "SequenceNumber": 1,
        "ResourceType": "Ticket",
        "ApiRequest": {"Filters": filters},
    }
    answer = client.post(BUNDLES, json={"requests": [request]})
    (result,) = answer.json()["results"]
    assert [one["id"] for one in result["entities"]] == [3]
    assert result["version"] == "2019.3"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"requests": [1]}', b"{}"])
def test_what_is_no_bundle_is_refused(client, body):
    assert client.post(BUNDLES, content=body).status_code == 400


def test_it_is_asked_by_post_and_needs_its_right(client, tmp_path):
    assert client.get(BUNDLES).status_code == 405
    with small_sandbox(tmp_path, denied_paths=(BUNDLES,)) as other:
        assert other.post(BUNDLES, json={"requests": []}).status_code == 403


def test_kinds_are_called_as_the_vendor_calls_them():
    kinds = {"ticket", "company", "member", "purchaseorderlineitem", "timeentry"}
    assert kinds <= set(resources())
    assert resources()["ticket"].template == "/service/tickets"


@pytest.mark.contract
@pytest.mark.skipif(not contract.FOLDER.is_dir(), reason="no vendor contract here")
def test_the_answer_has_the_vendors_names(client):
    body = {"requests": [asked(1, "ticket", id=7), asked(2, "contact", id=99)]}
    answer = client.post(BUNDLES, json=body).json()
    assert set(answer) <= set(contract.schema("BundleResultsCollection"))
    names = set(contract.schema("BundleResult"))
    assert all(set(one) <= names for one in answer["results"])
    error = set(contract.schema("ErrorResponseMessage"))
    assert set(answer["results"][1]["error"]) <= error
