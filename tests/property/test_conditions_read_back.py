"""What the builder writes, an independent reader reads back as it was meant.

The reader is written from the published grammar of the query language and shares no
code with the builder.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from pipelines.connectwise import Query, field
from pipelines.connectwise.urls import url_of

TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<date>\[[^\]]*\])
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<op><=|>=|!=|=|<|>)
    | (?P<mark>[(),])
    | (?P<word>[A-Za-z_][A-Za-z0-9_/]*)
    )""",
    re.VERBOSE | re.DOTALL,
)
WORDS = {"true": True, "false": False, "null": None}


class Reader:
    """A recursive descent over the tokens of one condition."""

    def __init__(self, text: str) -> None:
        self.tokens, at = [], 0
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"unreadable at {at}: {text!r}"
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()

    def read(self):
        tree = self.either()
        assert not self.tokens, f"left over: {self.tokens}"
        return tree

    def either(self):
        return self.joined("or", lambda: self.joined("and", self.single))

    def joined(self, word, part):
        parts = [part()]
        while self.next_is("word", word):
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word, *parts)

    def single(self):
        if self.next_is("mark", "("):
            self.take()
            tree = self.either()
            assert self.take() == ("mark", ")")
            return tree
        kind, path = self.take()
        assert kind == "word"
        return self.comparison(path)

    def comparison(self, path):
        kind, op = self.take()
        if (kind, op) == ("word", "not"):
            op = f"not {self.take()[1]}"
        if not op.endswith("in") or op.endswith("contains"):
            return (path, op, self.value())
        assert self.take() == ("mark", "(")
        values = [self.value()]
        while self.take() == ("mark", ","):
            values.append(self.value())
        return (path, op, values)

    def value(self):
        kind, token = self.take()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)
        if kind == "date":
            return datetime.strptime(token, "[%Y-%m-%dT%H:%M:%SZ]").replace(tzinfo=UTC)
        if kind == "number":
            return Decimal(token)
        return WORDS[token]

    def next_is(self, kind, token):
        return bool(self.tokens) and self.tokens[0] == (kind, token)

    def take(self):
        return self.tokens.pop(0)


def read(condition):
    return Reader(str(condition)).read()


offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
instants = st.datetimes(
    datetime(1800, 1, 2),  # noqa: DTZ001  # Hypothesis adds the zone itself.
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=offsets,
)
numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4)
values = st.none() | st.booleans() | st.text() | numbers | instants
paths = st.from_regex(
    r"[A-Za-z][A-Za-z0-9]{0,8}(/[A-Za-z]{1,8})?", fullmatch=True
).filter(lambda path: path.lower() not in {"and", "or", "not", "in", "contains"})


def meant(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0)
    return value


@given(paths, values)
def test_every_value_is_read_back(path, value):
    assert read(field(path) == value) == (path, "=", meant(value))
    assert read(field(path) >= value) == (path, ">=", meant(value))


@given(paths, st.text())
def test_every_text_that_is_looked_for_is_read_back(path, text):
    assert read(field(path).contains(text)) == (path, "contains", text)
    assert read(field(path).not_contains(text)) == (path, "not contains", text)


@given(paths, st.lists(values, min_size=1, max_size=6))
def test_every_list_is_read_back(path, items):
    expected = [meant(item) for item in items]
    assert read(field(path).is_in(items)) == (path, "in", expected)
    assert read(field(path).not_in(items)) == (path, "not in", expected)


leaves = st.builds(lambda n: (f"f{n}", n), st.integers(0, 9))
trees = st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    max_leaves=12,
)


def built(tree):
    if len(tree) == 2:
        return field(tree[0]) == tree[1]
    joined = (built(tree[1]), built(tree[2]))
    return joined[0] & joined[1] if tree[0] == "and" else joined[0] | joined[1]


def truth(tree, facts):
    """Evaluate either form: our tree or the reader's."""
    if tree[0] in ("and", "or"):
        parts = [truth(part, facts) for part in tree[1:]]
        return all(parts) if tree[0] == "and" else any(parts)
    return facts[tree[0]] == tree[-1]


@given(trees, st.lists(st.integers(0, 9), min_size=10, max_size=10))
def test_brackets_keep_the_meaning(tree, numbers):
    facts = {f"f{n}": value for n, value in enumerate(numbers)}
    assert truth(read(built(tree)), facts) == truth(tree, facts)


@given(paths, st.text())
def test_no_text_is_lost_in_an_address(path, text):
    query = Query(conditions=field(path) == text)
    address = url_of("https://cw.example/apis/3.0", "/service/tickets", query.params())
    assert address.isascii()
    [sent] = parse_qs(urlsplit(address).query, keep_blank_values=True)["conditions"]
    assert read(sent) == (path, "=", text)
