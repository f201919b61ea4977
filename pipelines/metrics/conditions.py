"""Filters: a dimension, an operator, a literal; read from text and written anew.

``board = 'Help Desk' and priority in ('High', 'Low')`` is taken apart here, and only
the parts go on: no text of a person reaches SQL. Literals are quoted by our own hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.metrics.errors import MetricError

Literal = str | int | float | bool | date
OPERATORS: Final = ("=", "!=", "<=", ">=", "<", ">", "in", "not in")
_WITHOUT_LITERAL: Final = ("is null", "is not null")
_MOST_TEXT: Final = 200
_MOST_LITERALS: Final = 100
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^']|'')*')
      | (?P<number>-?\d+(?:\.\d+)?)(?![\w.])
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>!=|<>|<=|>=|=|<|>|\(|\)|,)
    )""",
    re.VERBOSE,
)
_SHAPE: Final = (
    "a filter is a dimension, an operator and a value, such as board = 'Help Desk' "
    "or priority in ('High', 'Low'), joined by and"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. ``operator`` is one of ``OPERATORS`` or ``is [not] null``."""

    dimension: str
    operator: str
    values: tuple[Literal, ...] = ()


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """Take a filter apart.

    Raises:
        MetricError: it is not of the shape that is allowed.
    """
    reader = _Reader(text, list(_tokens(text)))
    found = [reader.condition()]
    while not reader.at_end:
        reader.expect("and")
        found.append(reader.condition())
    return tuple(found)


def template(condition: Condition, dimension: str) -> str:
    """The condition in MetricFlow's template language.

    Args:
        condition: operator and values.
        dimension: MetricFlow's own name of the dimension.

    Raises:
        MetricError: an operator or a value that is not allowed.
    """
    left = f"{{{{ Dimension('{dimension}') }}}}"
    if condition.operator in _WITHOUT_LITERAL:
        return f"{left} {condition.operator}"
    if condition.operator not in OPERATORS:
        raise MetricError(f"{condition.operator!r} is no operator of a filter.")
    values = [quoted_literal(value) for value in condition.values]
    if condition.operator in ("in", "not in"):
        return f"{left} {condition.operator} ({', '.join(values)})"
    return f"{left} {condition.operator} {values[0]}"


def quoted_literal(value: Literal) -> str:
    """A value as SQL that can be nothing but a value.

    Raises:
        MetricError: text that is too long or would mean something to a template.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if len(value) > _MOST_TEXT:
        raise MetricError(f"A value of a filter holds at most {_MOST_TEXT} characters.")
    if any(sign in value for sign in ("{", "}", "\\", "\x00")):
        raise MetricError("A value of a filter may hold no brace, backslash or NUL.")
    return "'" + value.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            column = position + 1 + len(text[position:]) - len(text[position:].lstrip())
            raise MetricError(f"Cannot read the filter at column {column}: {_SHAPE}.")
        kind = match.lastgroup
        yield _Token(kind, match[kind], match.start(kind) + 1)
        position = match.end()


class _Reader:
    """Takes conditions off a list of tokens, from the left."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._end = len(text) + 1

    @property
    def at_end(self) -> bool:
        return not self._tokens

    def condition(self) -> Condition:
        dimension = self._take("word").text
        operator = self._operator()
        if operator in _WITHOUT_LITERAL:
            return Condition(dimension, operator)
        if operator in ("in", "not in"):
            return Condition(dimension, operator, tuple(self._list()))
        return Condition(dimension, operator, (self._literal(),))

    def expect(self, word: str) -> None:
        token = self._take()
        if token.text.lower() != word:
            raise self._unreadable(token)

    def _operator(self) -> str:
        token = self._take()
        word = token.text.lower()
        if word == "is":
            return self._null_test()
        if word == "not":
            self.expect("in")
            return "not in"
        word = "!=" if word == "<>" else word
        if word not in OPERATORS:
            raise self._unreadable(token)
        return word

    def _null_test(self) -> str:
        token = self._take()
        if token.text.lower() == "not":
            self.expect("null")
            return "is not null"
        if token.text.lower() != "null":
            raise self._unreadable(token)
        return "is null"

    def _list(self) -> list[Literal]:
        self.expect("(")
        values = [self._literal()]
        while (token := self._take()).text == ",":
            values.append(self._literal())
        if token.text != ")" or len(values) > _MOST_LITERALS:
            raise self._unreadable(token)
        return values

    def _literal(self) -> Literal:
        token = self._take()
        if token.kind == "text":
            return token.text[1:-1].replace("''", "'")
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        if token.text.lower() in ("true", "false"):
            return token.text.lower() == "true"
        raise self._unreadable(token)

    def _take(self, kind: str | None = None) -> _Token:
        if not self._tokens:
            raise MetricError(f"The filter ends too early: {_SHAPE}.")
        token = self._tokens.pop(0)
        if kind and token.kind != kind:
            raise self._unreadable(token)
        return token

    def _unreadable(self, token: _Token) -> MetricError:
        return MetricError(
            f"Cannot read {token.text!r} at column {token.column} of the filter: "
            f"{_SHAPE}."
        )
