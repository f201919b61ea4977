"""The query language over HTTP: what the reference says it takes and refuses."""

import pytest

from tests.support.sandbox import ids, small_sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with small_sandbox(tmp_path_factory.mktemp("conditions")) as client:
        yield client


def found(client, path="/service/tickets", **params):
    return ids(client.get(path, params={"pageSize": 1000, **params}))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ("id = 7", [7]),
        ("ID=7 OR Id=8", [7, 8]),
        ('id = "7"', [7]),
        ("id >= 59", [59, 60]),
        ("id < 3 and id != 1", [2]),
        ("id in (1, 2, 99)", [1, 2]),
        ("id > 57 and id not in (59)", [58, 60]),
        ("(closedFlag=False and id<=3)", [1, 2]),
        ("closedflag = TRUE and id < 7", [3, 6]),
        ("budgetHours = 2.5", [10]),
        ('summary = "ticket NUMBER 7"', [7]),
        ("summary = 'Ticket number 7'", [7]),
        ('summary contains "NUMBER 5" and id < 52', [5, 50, 51]),
        ('summary not contains "number"', []),
        ('summary like "*number 1"', [1]),
        ('summary like "Ticket*6" and id < 20', [6, 16]),
        ('summary not like "*number*"', []),
        ("contact = null and id < 11", [5, 10]),
        ("contact/name = null and id < 11", [5, 10]),
        ("Contact/Id != null and id < 4", [1, 2, 3]),
        ('contact/name != "Contact 1" and id < 6', [2, 3, 4]),
        ('board/name = "help desk" and id = 1', [1]),
        ("status/sort = 1 and id = 1", [1]),
        ("lastUpdated >= [2026-01-28T10:00:00Z]", [27, 55]),
        ("lastUpdated > [2026-01-28T10:00:00Z]", []),
        ("LastUpdated > [2026-01-28T09:59:59.123456]", [27, 55]),
        ("lastUpdated >= [2026-01-28T05:00:00-05:00]", [27, 55]),
        ("lastUpdated < [01/02/2026]", [28, 56]),
        ("dateEntered >= [2025-12-28]", [27, 55]),
        ("id = 1 and (id = 2 or (id = 3 or (id = 1)))", [1]),
        ("id = 1 or id = 2 and id = 3", [1]),
        ("type/id = 3", []),
        ('id = "many"', []),
    ],
)
def test_conditions(sandbox, conditions, expected):
    assert found(sandbox, conditions=conditions) == expected
    count = sandbox.get("/service/tickets/count", params={"conditions": conditions})
    assert count.json() == {"count": len(expected)}


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_backslash_escapes_a_quote(sandbox, quote):
    text = f"summary = {quote}it\\{quote}s{quote}"
    assert found(sandbox, conditions=text) == []


@pytest.mark.parametrize(
    "name", ["resources/identifier", "nope", "_info/lastUpdated", "customFields"]
)
def test_an_unknown_name_is_refused_by_name(sandbox, name):
    answer = sandbox.get("/service/tickets", params={"conditions": f"{name} = 1"})
    assert answer.status_code == 400
    assert answer.json() == {
        "code": "ApiFindCondition",
        "message": f"{name} is not a recognized name.",
    }


@pytest.mark.parametrize(
    "conditions", ["id =", "id = 1 and", "(id = 1", "id ~ 1", "id = [soon]", "= 1"]
)
def test_what_is_no_condition_is_refused(sandbox, conditions):
    answer = sandbox.get("/service/tickets", params={"conditions": conditions})
    assert answer.status_code == 400
    assert answer.json()["code"] == "ApiFindCondition"


@pytest.mark.parametrize(
    "path",
    ["/service/priorities", "/company/contacts", "/service/boards/1/statuses"],
)
def test_last_updated_and_date_entered_are_names_of_every_list(sandbox, path):
    for name in ("lastUpdated", "DateEntered"):
        assert found(sandbox, path, conditions=f"{name} > [2030-01-01T00:00:00Z]") == []


def test_a_search_may_be_long(sandbox):
    numbers = range(1, 2_000)
    texts = ", ".join(f"'Ticket number {number}'" for number in numbers)
    chain = " or ".join(f"id = {number}" for number in numbers)
    for conditions in (f"summary in ({texts})", chain):
        body = {"conditions": conditions}
        answer = sandbox.post("/service/tickets/search?pageSize=100", json=body)
        assert len(ids(answer)) == 60


def test_nothing_of_a_request_becomes_sql(sandbox):
    text = 'summary = "x\' or 1=1 --"'
    assert found(sandbox, conditions=text) == []


def test_a_like_with_percent_is_ignored_unless_switched_on(sandbox, tmp_path):
    conditions = "summary like '%number 60%'"
    assert len(found(sandbox, conditions=conditions)) == 60
    with small_sandbox(tmp_path, percent_like=True) as client:
        assert found(client, conditions=conditions) == [60]


def test_child_conditions_are_about_one_element(sandbox):
    email = 'communicationItems/communicationType = "Email"'
    address = 'communicationItems/value like "KIM@example.com"'
    both = {"childConditions": f"{address} AND {email}"}
    assert found(sandbox, "/company/contacts", **both) == [1]
    assert found(sandbox, "/company/contacts", childConditions=address) == [1, 2]
    assert found(sandbox, "/company/contacts", childConditions="types/id=1") == [2]
    either = {"childConditions": f"types/id=1 or {address} and {email}"}
    assert found(sandbox, "/company/contacts", **either) == [1, 2]


def test_custom_field_conditions_are_about_one_field(sandbox):
    text = 'caption="Floor" AND value = 4'
    floor = {"customFieldConditions": text, "conditions": "id < 10"}
    assert found(sandbox, **floor) == [4, 9]
    room = {"customFieldConditions": 'caption="room" and value != null'}
    assert found(sandbox, **room, conditions="id<5") == [2, 4]
    named = {"customFieldConditions": 'caption = "Room" and value = "r4"'}
    assert found(sandbox, **named) == [4]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("childConditions", "customFields/id in (1)"),
        ("customFieldConditions", "id in (1)"),
    ],
)
def test_in_is_for_conditions_only(sandbox, name, text):
    assert sandbox.get("/service/tickets", params={name: text}).status_code == 400


@pytest.mark.parametrize(
    ("order_by", "first"),
    [
        ("id desc", [60, 59]),
        ("lastUpdated desc, id desc", [55, 27]),
        ("contact/name desc,id asc", [3, 7]),
        ("closedFlag desc", [3, 6]),
        ("ContactNAME", None),
    ],
)
def test_order_by(sandbox, order_by, first):
    answer = sandbox.get("/service/tickets", params={"orderBy": order_by})
    if first is None:
        assert answer.status_code == 200
    else:
        assert ids(answer)[:2] == first


def test_order_by_keeps_pages_apart(sandbox):
    seen = []
    for page in range(1, 7):
        params = {"orderBy": "closedFlag", "pageSize": 10, "page": page}
        seen += ids(sandbox.get("/service/tickets", params=params))
    assert sorted(seen) == list(range(1, 61))
