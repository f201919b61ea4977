"""Pages, their links, counts, single records, children and searches."""

import re

import pytest

from tests.support.sandbox import TICKETS, ids, small_sandbox

LINK = re.compile(r'<([^>]*)>; rel="(\w+)"')
FORWARD = {"pagination-type": "forward-only"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with small_sandbox(tmp_path_factory.mktemp("paging")) as client:
        yield client


def links(answer) -> dict[str, str]:
    return {rel: url for url, rel in LINK.findall(answer.headers.get("link", ""))}


def test_a_page_has_25_rows_by_default(sandbox):
    assert ids(sandbox.get("/service/tickets")) == list(range(1, 26))


def test_pages_are_full_and_complete(sandbox):
    url, seen = "/service/tickets?pageSize=7", []
    while url:
        answer = sandbox.get(url)
        seen.append(ids(answer))
        url = links(answer).get("next")
    assert [number for page in seen for number in page] == list(range(1, TICKETS + 1))
    assert {len(page) for page in seen[:-1]} == {7}


def test_links_of_the_first_a_middle_and_the_last_page(sandbox):
    first, middle, last = (
        links(sandbox.get("/service/tickets", params={"pageSize": 20, "page": page}))
        for page in (1, 2, 3)
    )
    assert set(first) == {"next", "last"}
    assert set(middle) == {"next", "last", "first", "prev"}
    assert set(last) == {"first", "prev"}
    assert middle["last"].endswith("&page=3")
    assert middle["prev"].endswith("&page=1")


def test_page_is_last_in_a_link_and_the_query_is_encoded_as_dotnet_does(sandbox):
    answer = sandbox.get(
        "/service/tickets",
        params={
            "page": 1,
            "conditions": "LastUpdated >= [2025-04-01T20:02:28Z]",
            "pageSize": 2,
        },
    )
    assert links(answer)["next"].partition("?")[2] == (
        "conditions=LastUpdated+%3e%3d+%5b2025-04-01T20%3a02%3a28Z%5d&pageSize=2&page=2"
    )
    assert re.search(r'page=(\d+)>; rel="next"', answer.headers["link"])[1] == "2"


def test_a_single_page_has_no_link(sandbox):
    assert "link" not in sandbox.get("/service/tickets?pageSize=60").headers


def test_a_page_behind_the_last_is_empty(sandbox):
    assert ids(sandbox.get("/service/tickets?pageSize=60&page=2")) == []


@pytest.mark.parametrize("size", ["0", "1001", "-1", "many"])
def test_a_page_size_out_of_range_is_refused(sandbox, size):
    answer = sandbox.get("/service/tickets", params={"pageSize": size})
    assert answer.status_code == 400
    assert answer.json() == {
        "code": "InvalidObject",
        "message": "pageSize object is invalid",
        "errors": [
            {
                "code": "OutOfRange",
                "message": "The field pageSize must be between 1 and 1000.",
                "resource": "pageSize",
                "field": "pageSize",
            }
        ],
    }


def test_names_of_parameters_are_read_in_any_case(sandbox):
    answer = sandbox.get("/service/tickets?PAGESIZE=2&Page=2&Conditions=ID>10")
    assert ids(answer) == [13, 14]


def test_unknown_parameters_and_a_trailing_slash_are_tolerated(sandbox):
    answer = sandbox.get("/service/tickets/?recordId=5&recordType=Ticket&pageSize=1")
    assert ids(answer) == [1]


def test_forward_only_reads_by_id_and_always_has_a_link(sandbox):
    url, seen, ends = "/service/tickets?pageSize=25&page=3&orderBy=id desc", [], []
    while url:
        answer = sandbox.get(url, headers=FORWARD)
        seen += ids(answer)
        ends.append(answer.headers["link"])
        url = links(answer).get("next")
    assert seen == list(range(1, TICKETS + 1))
    assert [bool(end) for end in ends] == [True, True, False]
    assert ends[0].endswith('&pageId=25>; rel="next"')
    assert "page=" not in ends[0]


def test_forward_only_ends_on_a_full_last_page(sandbox):
    answer = sandbox.get("/service/tickets?pageSize=60", headers=FORWARD)
    assert (len(ids(answer)), answer.headers["link"]) == (TICKETS, "")


def test_page_id_counts_in_forward_only_mode_only(sandbox):
    path = "/service/tickets?pageSize=1&pageId=30"
    assert ids(sandbox.get(path, headers=FORWARD)) == [31]
    assert ids(sandbox.get(path)) == [1]


def test_count_takes_conditions(sandbox):
    assert sandbox.get("/service/tickets/count").json() == {"count": TICKETS}
    answer = sandbox.get("/service/tickets/count/?conditions=closedFlag=true")
    assert answer.json() == {"count": 20}
    assert sandbox.get("/project/tickets/count").json() == {"count": 0}


def test_one_record_by_its_id(sandbox):
    assert sandbox.get("/service/tickets/3").json()["summary"] == "Ticket number 3"
    assert sandbox.get("/system/members/1").json()["identifier"] == "mia"
    assert sandbox.get("/system/members/MIA").json()["id"] == 1


def test_a_missing_record_is_named(sandbox):
    answer = sandbox.get("/service/tickets/1255787")
    assert answer.status_code == 404
    assert answer.json() == {"code": "NotFound", "message": "Ticket 1255787 not found"}
    assert sandbox.get("/project/tickets/3").status_code == 404


def test_children_are_those_of_one_parent(sandbox):
    assert ids(sandbox.get("/service/boards/1/statuses")) == [11, 12]
    assert sandbox.get("/service/boards/1/statuses/count").json() == {"count": 2}
    assert sandbox.get("/service/boards/1/statuses/12").json()["name"] == "Closed"
    assert ids(sandbox.get("/service/tickets/4/notes")) == []


def test_children_of_a_missing_parent_are_not_found(sandbox):
    answer = sandbox.get("/service/tickets/999/notes")
    assert answer.status_code == 404
    assert answer.json()["message"] == "Ticket 999 not found"


def test_search_takes_conditions_in_its_body(sandbox):
    body = {"conditions": "id in (5,6,7)", "orderBy": "id desc"}
    answer = sandbox.post("/service/tickets/search?pageSize=2&fields=id", json=body)
    assert answer.status_code == 200
    assert answer.json() == [{"id": 7}, {"id": 6}]
    assert links(answer)["next"].endswith("page=2")


def test_search_refuses_other_keys(sandbox):
    answer = sandbox.post(
        "/service/tickets/search", content='{"conditions":"id=1","page":2}'
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "ConnectWiseApi"
    assert answer.json()["message"] == (
        "Could not find member 'page' on object of type 'FilterValues'. "
        "Path 'page', line 1, position 28."
        "Check your accept header to make sure you are using the correct version."
    )


def test_fields_keep_the_nesting_and_drop_unknown_names(sandbox):
    answer = sandbox.get("/service/tickets/2?fields=id,Status/Name,nope,contact/id")
    assert answer.json() == {"id": 2, "status": {"name": "New"}, "contact": {"id": 7}}


def test_info_comes_with_fields_only_if_it_is_listed(sandbox):
    assert sandbox.get("/service/tickets/2?fields=id").json() == {"id": 2}
    listed = sandbox.get("/service/tickets?fields=id,_info&pageSize=1").json()[0]
    assert listed["_info"]["updatedBy"] == "mia"


def test_what_has_no_value_is_left_out_but_in_custom_fields(sandbox):
    record = sandbox.get("/service/tickets/5").json()
    assert "contact" not in record
    assert [field["value"] for field in record["customFields"]] == [0, None]


def test_info_of_records_and_of_references(sandbox):
    record = sandbox.get("/service/tickets/3").json()
    base = str(sandbox.base_url)
    assert record["_info"]["lastUpdated"] == "2026-01-04T10:00:00Z"
    assert record["_info"]["enteredBy"] == "mia"
    status = record["status"]["_info"]["status_href"]
    assert status == f"{base}/service/boards/1/statuses/11"
    assert sandbox.get("/service/priorities/4").json()["_info"] == {}
