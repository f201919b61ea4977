"""Whatever a body holds, a write is carried out or refused; it never breaks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.changes import Editor
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.errors import Refusal
from pipelines.sandbox.patching import Operation, patched
from pipelines.sandbox.routes import find
from pipelines.sandbox.writing import Writes
from tests.support.sandbox import make_world

LISTS = (
    "/service/tickets",
    "/project/tickets",
    "/service/tickets/3/notes",
    "/time/entries",
    "/company/companies",
    "/company/contacts",
)
ACTIONS = ("merge", "convert", "attachChildren")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["2026-04-01T10:00:00Z", "2026-19-39T29:00:00Z", "nan", "inf", "1e999", "12"]
    ),
)
KEYS = st.sampled_from(["id", "name", "identifier", "value", "phase", "nope"])
VALUES = st.recursive(
    SCALARS,
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3)
    ),
    max_leaves=6,
)
REQUIRED = {
    "summary": "x",
    "company": {"id": 2},
    "phase": {"id": 5},
    "text": "x",
    "timeStart": "2026-04-01T10:00:00Z",
    "identifier": "x",
    "name": "x",
    "firstName": "x",
}


@pytest.fixture(scope="module")
def writes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bodies")
    with make_world(folder / "world.sqlite") as store:
        yield Writes(Editor(store, SandboxControl()))


def attempt(writes, method, path, body):
    try:
        status = writes.answer(method, find(path), json.dumps(body).encode()).status
    except Refusal as refusal:
        status = refusal.status
    assert status in {200, 201, 400, 404}


def fields_of(path):
    template = find(path).route.template
    return sorted(field.name for field in schema_of(template).fields.values())


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_post_is_carried_out_or_refused(writes, data):
    path = data.draw(st.sampled_from(LISTS))
    names = fields_of(path)
    given_fields = st.dictionaries(st.sampled_from(names), VALUES, max_size=4)
    known = {name: value for name, value in REQUIRED.items() if name in names}
    attempt(writes, "POST", path, known | data.draw(given_fields))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_patch_is_carried_out_or_refused(writes, data):
    names = st.sampled_from([*fields_of("/service/tickets"), "0", "nope", ""])
    paths = st.lists(names, min_size=1, max_size=3).map("/".join)
    verbs = st.sampled_from(["add", "replace", "remove", "move"])
    operation = st.fixed_dictionaries({"op": verbs, "path": paths, "value": VALUES})
    body = data.draw(st.lists(operation, max_size=3))
    attempt(writes, "PATCH", "/service/tickets/7", body)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(ACTIONS),
    st.dictionaries(
        st.sampled_from(["mergeTicketIds", "status", "phase", "childTicketIds"]),
        VALUES,
        max_size=3,
    ),
)
def test_an_action_is_carried_out_or_refused(writes, action, body):
    attempt(writes, "POST", f"/service/tickets/9/{action}", body)


RECORDS = st.dictionaries(KEYS, VALUES, max_size=4)


@given(RECORDS, KEYS, VALUES)
def test_what_is_replaced_is_there_and_the_rest_is_as_it_was(record, name, value):
    result = patched(record, [Operation("replace", name, value)])
    assert result == {**record, name: value}


@given(st.lists(SCALARS, max_size=5), st.data(), SCALARS)
def test_what_is_added_to_a_list_can_be_removed_again(values, data, value):
    place = data.draw(st.integers(0, len(values)))
    path = f"types/{place}"
    operations = [Operation("add", path, value), Operation("remove", path)]
    assert patched({"types": values}, operations) == {"types": values}
