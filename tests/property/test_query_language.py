"""Conditions mean in SQL what they mean in plain Python, for any records."""

import contextlib
import operator
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.parameters import ListRequest
from pipelines.sandbox.query_language import ConditionError, parse
from pipelines.sandbox.reading import Reader
from pipelines.sandbox.routes import find
from pipelines.sandbox.store import Store

PATH = "/service/tickets"
OPERATORS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
START = datetime(2026, 1, 1, tzinfo=UTC)

# Words that meet each other, among texts with everything that needs care.
WORDS = ("a", "A", "aB", "Ab", "bAb", "É", "é", "éa", "a_b", "axb", "A%B", "", "a\\b")
texts = st.one_of(
    st.sampled_from([*WORDS, "A*", "*b", "a_*", "*É*"]),
    st.text(alphabet="aB éÉ'\"\\*%_()[]", max_size=6),
)
seconds = st.integers(0, 6)
halves = st.integers(-4, 4).map(lambda number: number / 2)


def iso(second):
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


records = st.fixed_dictionaries(
    {
        "id": st.integers(1, 9),
        "_info": seconds.map(lambda s: {"lastUpdated": iso(s), "dateEntered": iso(s)}),
    },
    optional={
        "summary": texts,
        "closedFlag": st.booleans(),
        "budgetHours": halves,
        "requiredDate": seconds.map(iso),
        "board": st.fixed_dictionaries(
            {}, optional={"id": st.integers(1, 3), "name": texts}
        ),
    },
)
KINDS = {
    "id": "number",
    "board/id": "number",
    "budgetHours": "number",
    "summary": "text",
    "board/name": "text",
    "closedFlag": "boolean",
    "requiredDate": "moment",
    "lastUpdated": "moment",
    "dateEntered": "moment",
}
# Half seconds, because the API takes fractions and stores none.
VALUES = {
    "number": halves,
    "text": texts,
    "boolean": st.booleans(),
    "moment": st.integers(0, 13).map(lambda h: START + timedelta(seconds=h / 2)),
}


def conditions_on(name):
    values = VALUES[KINDS[name]]
    comparing = st.tuples(
        st.just("compare"), st.just(name), st.sampled_from([*OPERATORS]), values
    )
    null = st.tuples(
        st.just("compare"), st.just(name), st.sampled_from(["=", "!="]), st.none()
    )
    several = st.tuples(
        st.just("in"), st.just(name), st.booleans(), st.lists(values, min_size=1)
    )
    forms = [comparing, null, several]
    if KINDS[name] == "text":
        words = st.sampled_from(["contains", "like"])
        forms.append(
            st.tuples(words, st.just(name), st.booleans(), texts),
        )
    return st.one_of(forms)


leaves = st.sampled_from([*KINDS]).flatmap(conditions_on)
expressions = st.recursive(
    leaves,
    lambda inner: st.tuples(
        st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=6,
)


def written(expression):
    """The expression as a client writes it."""
    match expression:
        case ("and" | "or") as joint, parts:
            return "(" + f" {joint.upper()} ".join(map(written, parts)) + ")"
        case "compare", name, sign, value:
            return f"{name.upper()} {sign} {literal(value)}"
        case "in", name, negated, values:
            listed = ",".join(map(literal, values))
            return f"{name} {'not ' if negated else ''}in ({listed})"
        case word, name, negated, text:
            return f"{name} {'NOT ' if negated else ''}{word} {literal(text)}"


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return f"[{value.isoformat().replace('+00:00', 'Z')}]"
    if isinstance(value, str):
        return "'" + re.sub(r"(['\\])", r"\\\1", value) + "'"
    return str(value)


def is_true(expression, record):
    """What the expression means, said again without SQL."""
    kind, *rest = expression
    if kind in {"and", "or"}:
        parts = [is_true(part, record) for part in rest[0]]
        return all(parts) if kind == "and" else any(parts)
    name, how, given_value = rest
    found = value_of(record, name)
    if given_value is None:
        return (found is None) == (how == "=")
    if kind == "like" and "%" in given_value:
        return True
    if found is None:
        return False
    if kind == "compare":
        return OPERATORS[how](found, folded(given_value))
    return is_found(kind, found, given_value) != how


def is_found(kind, found, wanted):
    if kind == "in":
        return found in [folded(value) for value in wanted]
    if kind == "contains":
        return wanted.lower() in found
    pattern = ".*".join(map(re.escape, wanted.lower().split("*")))
    return bool(re.fullmatch(pattern, found, re.DOTALL))


def value_of(record, name):
    if name in {"lastUpdated", "dateEntered"}:
        found = record["_info"][name]
    elif "/" in name:
        first, second = name.split("/")
        found = record.get(first, {}).get(second)
    else:
        found = record.get(name)
    if KINDS[name] == "moment" and found:
        return datetime.fromisoformat(found)
    return folded(found)


def folded(value):
    return value.lower() if isinstance(value, str) else value


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("property") / "world.sqlite"
    with Store.create(path) as store:
        yield store


def fill(store, world):
    for record in list(store.records(PATH)):
        store.delete(PATH, record["id"])
    store.write(PATH, world)


def check(store, world, expression):
    request = ListRequest(conditions=written(expression), fields=("id",))
    reader = Reader(store, SandboxControl())
    rows = reader.page(find(PATH), request)
    expected = sorted(each["id"] for each in world if is_true(expression, each))
    listed = ",".join(f'{{"id":{number}}}' for number in expected)
    assert rows.content.decode() == f"[{listed}]"
    assert reader.count(find(PATH), request) == len(expected)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, max_size=6, unique_by=lambda r: r["id"]), expressions)
def test_conditions_select_what_they_say(store, world, expression):
    fill(store, world)
    check(store, world, expression)


@pytest.fixture(scope="module")
def words_store(tmp_path_factory):
    info = {"lastUpdated": iso(0), "dateEntered": iso(0)}
    world = [
        {"id": number, "summary": word, "_info": info}
        for number, word in enumerate(WORDS, 1)
    ]
    world.append({"id": 99, "_info": info})
    path = tmp_path_factory.mktemp("words") / "world.sqlite"
    with Store.create(path) as store:
        fill(store, world)
        yield store, world


@settings(max_examples=200, deadline=None)
@given(conditions_on("summary"))
def test_text_is_compared_in_any_case(words_store, condition):
    check(*words_store, condition)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab1 =<>!'\"()[]\\/,andorinlkeT:-Z.", max_size=25))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ConditionError):
        parse(text)
