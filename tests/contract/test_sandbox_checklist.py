"""Lines of the reference's checklist that no other file here is about.

Transport, conditions, paging, faults, switches and writes have files of their own;
callbacks have theirs under ``unit/sandbox/callbacks``.
"""

import pytest

from pipelines.sandbox.routes import ROUTES
from pipelines.sandbox.store import TicketEvent
from tests.support.sandbox import API, driven_sandbox, ids, small_sandbox

FORWARD = {"pagination-type": "forward-only"}
INFO = {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with driven_sandbox(tmp_path_factory.mktemp("checklist")) as (client, _, store):
        entry = {
            "id": 1,
            "chargeToId": 3,
            "chargeToType": "ServiceTicket",
            "ticket": {"id": 3, "summary": "Ticket number 3"},
            "notes": "Looked at it",
            "timeStart": "2026-01-05T09:00:00Z",
            "_info": INFO,
        }
        other = {**entry, "id": 2, "chargeToId": 4, "ticket": {"id": 4}}
        store.write("/time/entries", [entry, other])
        booking = {"id": 5, "objectId": 3, "name": "Visit", "type": {"id": 4}}
        store.write("/schedule/entries", [{**booking, "_info": INFO}])
        store.write_events(
            [
                TicketEvent(3, "2026-01-01T00:00:00Z", "created"),
                TicketEvent(3, "2026-01-02T00:00:00Z", "status", "New", "Closed", 1),
            ]
        )
        yield client


def test_no_forward_only_on_the_audit_trail(sandbox):
    query = {"type": "Ticket", "id": 3, "pageSize": 1}
    answer = sandbox.get("/system/audittrail", params=query, headers=FORWARD)
    assert "link" not in answer.headers
    assert [row["auditSubType"] for row in answer.json()] == ["created"]
    second = sandbox.get("/system/audittrail", params={**query, "page": 2})
    assert second.json() == [
        {
            "text": 'status changed from "New" to "Closed"',
            "enteredDate": "2026-01-02T00:00:00Z",
            "enteredBy": "mia",
            "auditType": "Ticket",
            "auditSubType": "status",
            "auditSource": "Sandbox",
        }
    ]
    count = sandbox.get("/system/audittrail/count", params=query)
    assert count.json() == {"count": 2}


def test_reference_only_child_lists(sandbox):
    base = str(sandbox.base_url)
    assert sandbox.get("/service/tickets/3/timeentries").json() == [
        {
            "id": 1,
            "_info": {"notes": "Looked at it", "time_href": f"{base}/time/entries/1"},
        }
    ]
    assert sandbox.get("/service/tickets/3/timeentries/count").json() == {"count": 1}
    booked = sandbox.get("/service/tickets/3/scheduleentries").json()
    assert [(row["id"], row["description"]) for row in booked] == [(5, "Visit")]
    for name in ("activities", "products", "configurations", "documents"):
        assert sandbox.get(f"/service/tickets/3/{name}").json() == []
    assert sandbox.get("/service/tickets/999/timeentries").status_code == 404
    assert sandbox.post("/service/tickets/3/timeentries").status_code == 405


def test_all_notes_are_a_union_without_a_count(sandbox):
    rows = sandbox.get("/service/tickets/3/allNotes").json()
    kinds = [(row["noteType"], row["id"], row["text"]) for row in rows]
    assert kinds == [("TicketNote", 1, "Done"), ("TimeEntryNote", 1, "Looked at it")]
    assert sandbox.get("/service/tickets/3/allNotes/count").status_code == 404


@pytest.mark.parametrize("template", [route.template for route in ROUTES])
def test_last_updated_and_date_entered_are_conditions_of_every_list(sandbox, template):
    path = template.replace("{parent_id}", "1")
    since = {"conditions": "lastUpdated >= [1999-01-01T00:00:00Z]"}
    entered = {"conditions": "dateEntered >= [1999-01-01T00:00:00Z]"}
    assert ids(sandbox.get(path, params=since)) == ids(sandbox.get(path))
    assert sandbox.get(path, params=entered).status_code == 200


def test_a_bundled_ticket_stays_open_below_its_parent(tmp_path):
    with small_sandbox(tmp_path) as client:
        body = {"childTicketIds": [4, 5]}
        answer = client.post("/service/tickets/3/attachChildren", json=body)
        assert answer.json()["success"] is True
        assert client.get("/service/tickets/3").json()["hasChildTicket"] is True
        child = client.get("/service/tickets/4").json()
        assert (child["parentTicketId"], child["closedFlag"]) == (3, False)
        client.post("/service/tickets/4/notes", json={"text": "From below"})
        notes = client.get("/service/tickets/3/allNotes").json()
        flags = {note["text"]: note["bundledFlag"] for note in notes}
        assert flags == {"Done": False, "From below": True}
        missing = {"childTicketIds": [999]}
        refused = client.post("/service/tickets/3/attachChildren", json=missing)
        assert refused.status_code == 404


@pytest.mark.parametrize("size", [50, 999, 1000])
def test_page_sizes_of_clients_in_the_field(sandbox, size):
    assert len(ids(sandbox.get("/service/tickets", params={"pageSize": size}))) == (
        min(size, 60)
    )


@pytest.mark.parametrize(
    "path",
    [
        "/v4_6_release/apis/3.0/service/tickets/",
        "/v2026_4/apis/3.0//service/tickets",
        "/V4_6_RELEASE/APIS/3.0/Service/Tickets/",
    ],
)
@pytest.mark.parametrize(
    "query", ["", "?PAGESIZE=25&RecordId=7", "?conditions=(id>0 and closedFlag=True)"]
)
def test_paths_as_clients_write_them(sandbox, path, query):
    root = str(sandbox.base_url).removesuffix(API + "/")
    accept = "application/vnd.connectwise.com+json; version=2025.1, application/json"
    answer = sandbox.get(root + path + query, headers={"accept": accept})
    assert len(ids(answer)) in {20, 25}
    link = answer.headers.get("link", "")
    if link:
        assert link.partition(">")[0].endswith("page=2")
        following = sandbox.get(link.partition("<")[2].partition(">")[0])
        assert len(ids(following)) == 25


def test_hrefs_of_references_have_a_double_slash(sandbox):
    record = sandbox.get("/service/tickets/3").json()
    references = [
        value["_info"]
        for value in record.values()
        if isinstance(value, dict) and "_info" in value
    ]
    hrefs = [info for each in references for info in each.values()]
    assert hrefs
    assert all("/apis/3.0//" in href for href in hrefs)


@pytest.mark.parametrize("number", ["9" * 19, "9" * 30, "9" * 5_000])
def test_a_number_beyond_all_ids_is_nobody(sandbox, number):
    for path in (number, f"{number}/notes", f"{number}/timeentries"):
        assert sandbox.get(f"/service/tickets/{path}").status_code == 404
    body = {"summary": "x", "company": {"id": int(number[:30])}}
    assert sandbox.post("/service/tickets", json=body).status_code == 400
    merge = {"mergeTicketIds": [1], "status": {"id": 11}}
    answer = sandbox.post(f"/service/tickets/{number}/merge", json=merge)
    assert answer.status_code == 404
    assert sandbox.delete(f"/service/tickets/{number}").status_code == 404
