"""Writes change the world as ConnectWise does, and are refused in its words."""

import pytest

from tests.support.sandbox import Heard, driven_sandbox, ids

NOW = "2026-03-31T21:0"


@pytest.fixture
def sandbox(tmp_path):
    with driven_sandbox(tmp_path) as (client, _, store):
        info = {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"}
        company = {"id": 2, "identifier": "Acme", "name": "Acme Ltd.", "_info": info}
        store.write("/company/companies", [company])
        closed = store.find("/service/boards/{parent_id}/statuses", 12)
        closed |= {"closedStatus": True, "timeEntryNotAllowed": True}
        store.put("/service/boards/{parent_id}/statuses", closed)
        yield client


NEW = {"summary": "Printer on fire", "company": {"id": 2}}


def made(client, path, body):
    answer = client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def patch(client, path, **changes):
    operations = [
        {"op": "replace", "path": name, "value": value}
        for name, value in changes.items()
    ]
    return client.patch(path, json=operations)


def problem(answer, status=400):
    assert answer.status_code == status, answer.text
    error = answer.json()["errors"][0]
    return error["code"], error["field"]


def test_a_posted_ticket_is_served_from_then_on(sandbox):
    ticket = made(sandbox, "/service/tickets", {**NEW, "initialDescription": "Smoke"})
    assert ticket["id"] == 61
    assert ticket["company"]["name"] == "Acme Ltd."
    assert (ticket["board"]["name"], ticket["status"]["name"]) == ("Help Desk", "New")
    assert ticket["closedFlag"] is False
    assert ticket["_info"]["lastUpdated"].startswith(NOW)
    assert ticket["_info"]["dateEntered"].startswith(NOW)
    assert "initialDescription" not in ticket
    assert [field["value"] for field in ticket["customFields"]] == [None, None]
    notes = sandbox.get("/service/tickets/61/notes").json()
    assert [(n["text"], n["detailDescriptionFlag"]) for n in notes] == [("Smoke", True)]
    window = {"conditions": "lastUpdated > [2026-03-31T00:00:00Z]"}
    assert ids(sandbox.get("/service/tickets", params=window)) == [61]


def test_names_of_a_body_are_taken_in_any_case(sandbox):
    body = {"Summary": "x", "COMPANY": {"Identifier": "acme"}}
    ticket = made(sandbox, "/service/tickets", body)
    assert (ticket["summary"], ticket["company"]["id"]) == ("x", 2)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"company": {"id": 2}}, ("MissingRequiredField", "summary")),
        ({"summary": "x"}, ("MissingRequiredField", "company")),
        ({**NEW, "company": {"id": 99}}, ("NotFound", "company/id")),
        ({**NEW, "board": {"id": 1}, "status": {"id": 17}}, ("NotFound", "status/id")),
        ({**NEW, "summary": "x" * 101}, ("MaxLengthField", "summary")),
    ],
)
def test_an_invalid_ticket_is_refused_by_field(sandbox, body, expected):
    answer = sandbox.post("/service/tickets", json=body)
    assert problem(answer) == expected
    assert answer.json()["code"] == "InvalidObject"
    assert answer.json()["message"] == "ticket object is invalid"
    assert sandbox.get("/service/tickets/count").json() == {"count": 60}


def test_a_status_of_another_board_is_named_with_the_board(sandbox):
    body = {**NEW, "board": {"id": 1}, "status": {"id": 17}}
    error = sandbox.post("/service/tickets", json=body).json()["errors"][0]
    assert error["message"] == "Service Status 17 not found for Service Board 1"


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-02T10:00:00-04:00",
        "2026-04-02T10:00:00",
        "2026-04-02T10:00:00.000Z",
        "2026-04-02",
    ],
)
def test_dates_of_a_body_have_one_form(sandbox, text):
    answer = patch(sandbox, "/service/tickets/1", requiredDate=text)
    assert problem(answer) == ("UnsupportedFormat", "requiredDate")
    right = patch(sandbox, "/service/tickets/1", requiredDate="2026-04-02T10:00:00Z")
    assert right.json()["requiredDate"] == "2026-04-02T10:00:00Z"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "could not be read"),
        (b"[]", "could not be read"),
        (b'{"nope":1}', "Could not find member 'nope' on object of type 'Ticket'"),
        (b'{"company":"250"}', "Error converting value"),
        (b'{"budgetHours":"many"}', "Error converting value"),
    ],
)
def test_a_body_of_another_type_is_refused(sandbox, body, words):
    answer = sandbox.post("/service/tickets", content=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "ConnectWiseApi"
    assert words in answer.json()["message"]


def test_patch_changes_what_it_names_and_bumps_last_updated(sandbox):
    before = sandbox.get("/service/tickets/2").json()
    answer = patch(sandbox, "/service/tickets/2", summary="New words")
    assert answer.status_code == 200
    after = sandbox.get("/service/tickets/2").json()
    assert answer.json() == after
    info = {**before["_info"], "updatedBy": "sandbox"}
    info["lastUpdated"] = after["_info"]["lastUpdated"]
    assert after == {**before, "summary": "New words", "_info": info}
    assert after["_info"]["lastUpdated"].startswith(NOW)


def test_patch_steps_into_lists_and_takes_paths_with_a_slash(sandbox):
    operations = [
        {"op": "replace", "path": "/communicationItems/1/value", "value": "1"},
        {"op": "add", "path": "/communicationItems/2", "value": {"value": "2"}},
        {"op": "remove", "path": "types"},
    ]
    contact = sandbox.patch("/company/contacts/1", json=operations).json()
    values = [item["value"] for item in contact["communicationItems"]]
    assert values == ["kim@example.com", "1", "2"]
    assert "types" not in contact


@pytest.mark.parametrize("path", ["communicationItems/9/value", "types/x", "id/a/b"])
def test_patch_of_what_is_not_there_is_refused(sandbox, path):
    operations = [{"op": "replace", "path": path, "value": 1}]
    answer = sandbox.patch("/company/contacts/1", json=operations)
    assert answer.status_code == 400


def test_patch_validates_the_whole_record(sandbox):
    operations = [{"op": "remove", "path": "summary"}]
    answer = sandbox.patch("/service/tickets/1", json=operations)
    assert problem(answer) == ("MissingRequiredField", "summary")


def test_custom_fields_keep_their_definition(sandbox):
    values = [{"id": 2, "value": "R9"}]
    ticket = patch(sandbox, "/service/tickets/1", customFields=values).json()
    fields = [(f["id"], f["caption"], f["value"]) for f in ticket["customFields"]]
    assert fields == [(1, "Floor", 1), (2, "Room", "R9")]


def test_a_closed_status_closes_and_another_opens_again(sandbox):
    closed = patch(sandbox, "/service/tickets/1", status={"id": 12}).json()
    assert (closed["closedFlag"], closed["status"]["name"]) == (True, "Closed")
    assert closed["closedDate"].startswith(NOW)
    opened = patch(sandbox, "/service/tickets/1", status={"id": 11}).json()
    assert opened["closedFlag"] is False
    assert "closedDate" not in opened


def test_a_write_answers_in_the_version_that_was_asked(sandbox):
    pinned = {"accept": "application/vnd.connectwise.com+json; version=2025.1"}
    new = {**NEW, "respondByGoalUTC": "2026-04-01T10:00:00Z"}
    older = sandbox.post("/service/tickets", json=new, headers=pinned)
    assert (older.status_code, older.json()["id"]) == (201, 61)
    assert "respondByGoalUTC" not in older.json()
    assert "respondByGoalUTC" in sandbox.get("/service/tickets/61").json()


def test_put_replaces_the_record(sandbox):
    answer = sandbox.put("/service/tickets/5", json={**NEW, "id": 5})
    assert answer.status_code == 200
    ticket = sandbox.get("/service/tickets/5").json()
    assert ticket["summary"] == "Printer on fire"
    assert "budgetHours" not in ticket
    assert ticket["_info"]["dateEntered"].startswith("2025-12")


def test_delete_is_for_good_and_takes_the_children_along(sandbox):
    answer = sandbox.delete("/service/tickets/3")
    assert (answer.status_code, answer.content) == (204, b"")
    gone = sandbox.get("/service/tickets/3")
    assert gone.json() == {"code": "NotFound", "message": "Ticket 3 not found"}
    assert sandbox.get("/service/tickets/3/notes").status_code == 404
    assert sandbox.delete("/service/tickets/3").status_code == 404


def test_an_id_is_never_given_twice(sandbox):
    assert made(sandbox, "/service/tickets", NEW)["id"] == 61
    sandbox.delete("/service/tickets/61")
    assert made(sandbox, "/service/tickets", NEW)["id"] == 62


def test_a_company_is_deleted_softly_by_its_flag(sandbox):
    company = patch(sandbox, "/company/companies/2", deletedFlag=True).json()
    assert company["deletedBy"] == "sandbox"
    assert company["dateDeleted"].startswith(NOW)
    assert sandbox.get("/company/companies/2").status_code == 200
    assert sandbox.delete("/company/companies/2").status_code == 204
    assert sandbox.get("/company/companies/2").status_code == 404


def test_a_company_needs_an_identifier_of_its_own(sandbox):
    body = {"identifier": "ACME", "name": "Other"}
    answer = sandbox.post("/company/companies", json=body)
    assert problem(answer) == ("ObjectExists", "identifier")
    company = made(sandbox, "/company/companies", {**body, "identifier": "Other"})
    assert (company["id"], company["deletedFlag"]) == (3, False)


def test_a_contact_needs_a_first_name(sandbox):
    answer = sandbox.post("/company/contacts", json={"lastName": "Doe"})
    assert answer.json() == {
        "code": "InvalidObject",
        "message": "contact object is invalid",
        "errors": [
            {
                "code": "MissingRequiredField",
                "message": "The firstName field is required.",
                "resource": "contact",
                "field": "firstName",
            }
        ],
    }


TIME = {
    "chargeToId": 4,
    "chargeToType": "ServiceTicket",
    "member": {"identifier": "mia"},
    "timeStart": "2026-03-31T08:00:00Z",
    "timeEnd": "2026-03-31T09:30:00Z",
    "hoursDeduct": 0.25,
}


def test_time_is_charged_to_its_ticket(sandbox):
    entry = made(sandbox, "/time/entries", TIME)
    assert entry["actualHours"] == 1.25
    assert entry["ticket"]["summary"] == "Ticket number 4"
    assert entry["company"]["identifier"] == "Acme"
    assert entry["member"]["id"] == 1
    assert sandbox.get("/service/tickets/4").json()["actualHours"] == 1.25
    path = f"/time/entries/{entry['id']}"
    patch(sandbox, path, timeEnd="2026-03-31T10:30:00Z")
    assert sandbox.get("/service/tickets/4").json()["actualHours"] == 2.25
    sandbox.delete(path)
    assert sandbox.get("/service/tickets/4").json()["actualHours"] == 0


def test_a_status_may_take_no_time(sandbox):
    patch(sandbox, "/service/tickets/4", status={"id": 12})
    answer = sandbox.post("/time/entries", json=TIME)
    assert (answer.status_code, answer.json()["code"]) == (400, "TimeEntryApi")


def test_a_child_bumps_its_parent(sandbox):
    note = made(sandbox, "/service/tickets/7/notes", {"text": "Called back"})
    assert (note["ticketId"], note["internalFlag"]) == (7, False)
    info = sandbox.get("/service/tickets/7").json()["_info"]
    assert info["lastUpdated"].startswith(NOW)


def test_a_child_leaves_its_parent_alone_where_that_is_chosen(tmp_path):
    with driven_sandbox(tmp_path, child_edits_bump_parent=False) as (client, _, _):
        before = client.get("/service/tickets/4").json()
        made(client, "/service/tickets/4/notes", {"text": "x"})
        made(client, "/time/entries", TIME)
        assert client.get("/service/tickets/4").json() == before


def test_merged_tickets_are_closed_and_name_their_parent(sandbox):
    body = {"mergeTicketIds": [8, 10], "status": {"id": 12}}
    answer = sandbox.post("/service/tickets/7/merge", json=body)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert sandbox.get("/service/tickets/7").json()["hasMergedChildTicketFlag"] is True
    for number in (8, 10):
        child = sandbox.get(f"/service/tickets/{number}").json()
        assert child["mergedParentTicket"]["summary"] == "Ticket number 7"
        assert child["closedFlag"] is True
        assert child["_info"]["lastUpdated"].startswith(NOW)


def test_a_merge_needs_tickets_that_are_there(sandbox):
    body = {"mergeTicketIds": [8, 999], "status": {"id": 12}}
    assert sandbox.post("/service/tickets/7/merge", json=body).status_code == 404
    assert "mergedParentTicket" not in sandbox.get("/service/tickets/8").json()
    answer = sandbox.post("/service/tickets/7/merge", json={"status": {"id": 12}})
    assert problem(answer) == ("MissingRequiredField", "mergeTicketIds")


def test_a_converted_ticket_moves_with_its_notes(sandbox):
    body = {"recordType": "ProjectTicket", "phase": {"id": 5}, "project": {"id": 3}}
    answer = sandbox.post("/service/tickets/3/convert", json=body)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert sandbox.get("/service/tickets/3").status_code == 404
    ticket = sandbox.get("/project/tickets/3").json()
    assert (ticket["phase"]["id"], ticket["project"]["id"]) == (5, 3)
    assert "recordType" not in ticket
    assert ticket["_info"]["lastUpdated"].startswith(NOW)
    notes = sandbox.get("/project/tickets/3/notes").json()
    assert [note["text"] for note in notes] == ["Done"]
    back = sandbox.post("/project/tickets/3/convert", json={"recordType": "x"})
    assert back.status_code == 200
    assert sandbox.get("/service/tickets/3").json()["recordType"] == "ServiceTicket"
    assert sandbox.get("/service/tickets/3/notes").json()[0]["text"] == "Done"


def test_a_conversion_needs_a_phase(sandbox):
    answer = sandbox.post("/service/tickets/3/convert", json={"wbsCode": "1"})
    assert problem(answer) == ("MissingRequiredField", "phase")


@pytest.mark.parametrize(
    ("verb", "path", "allowed"),
    [
        ("PUT", "/service/tickets", "GET, POST"),
        ("POST", "/service/tickets/1", "GET, PUT, PATCH, DELETE"),
        ("GET", "/service/tickets/1/merge", "POST"),
        ("POST", "/service/boards", "GET"),
        ("DELETE", "/service/tickets/count", "GET"),
    ],
)
def test_verbs_that_a_path_does_not_take(sandbox, verb, path, allowed):
    answer = sandbox.request(verb, path, json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_listeners_hear_of_every_change(tmp_path):
    heard = Heard()
    with driven_sandbox(tmp_path) as (client, control, _):
        control.listen(heard)
        patch(client, "/service/tickets/2", summary="x")
        client.delete("/service/tickets/2")
        made(client, "/service/tickets/7/notes", {"text": "x"})
    assert heard.changes == [
        ("ticket", 2, "updated"),
        ("ticket", 2, "deleted"),
        ("ticketnote", 2, "added"),
        ("ticket", 7, "updated"),
    ]
    assert heard.records[0]["summary"] == "x"
    assert heard.records[1] is None


def test_the_event_log_tells_what_happened_to_a_ticket(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, store):
        closed = store.find("/service/boards/{parent_id}/statuses", 12)
        closed |= {"closedStatus": True}
        store.put("/service/boards/{parent_id}/statuses", closed)
        path = "/service/tickets/7"
        patch(client, path, status={"id": 12})
        control.advance(minutes=1)
        patch(client, path, status={"id": 11}, owner={"id": 1})
        patch(client, path, summary="No event")
        client.post("/service/tickets/8/merge", json=MERGE)
        convert = {"recordType": "ProjectTicket", "phase": {"id": 5}}
        client.post(f"{path}/convert", json=convert)
        client.delete("/project/tickets/7")
        events = [event for event in store.events() if event.ticket_id == 7]
    assert [(e.kind, e.from_value, e.to_value) for e in events] == [
        ("status", "New", "Closed"),
        ("reopened", "Closed", "New"),
        ("owner", None, "mia"),
        ("status", "New", "Closed"),
        ("merged", None, "8"),
        ("converted", "service", "project"),
        ("deleted", None, None),
    ]
    assert events[0].at < events[1].at


MERGE = {"mergeTicketIds": [7], "status": {"id": 12}}
