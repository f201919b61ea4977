"""The conditions language of ConnectWise: from text to a small tree.

``closedFlag = false and (board/name like "Help*" or id in (1,2))``. Keywords and
names are read in any case; strings stand in single or double quotes, with a backslash
before a quote or a backslash; datetimes stand in brackets. What a name means, and how
a tree is evaluated, is decided in ``compiler``.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

_GRAMMAR = r"""
start: either
?either: both (_OR both)*
?both: single (_AND single)*
?single: "(" either ")" | condition
condition: PATH OPERATOR value                      -> comparison
    | PATH [NOT] (CONTAINS | LIKE) STRING           -> matching
    | PATH [NOT] _IN "(" value ("," value)* ")"     -> membership
value: STRING | NUMBER | DATETIME | TRUE | FALSE | NULL
OPERATOR: "!=" | "<=" | ">=" | "=" | "<" | ">"
_AND.2: /and(?![\w\/])/i
_OR.2: /or(?![\w\/])/i
_IN.2: /in(?![\w\/])/i
NOT.2: /not(?![\w\/])/i
CONTAINS.2: /contains(?![\w\/])/i
LIKE.2: /like(?![\w\/])/i
TRUE.2: /true(?![\w\/])/i
FALSE.2: /false(?![\w\/])/i
NULL.2: /null(?![\w\/])/i
PATH: /[A-Za-z_]\w*(\/[A-Za-z_]\w*)*/
STRING: /"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/s
NUMBER: /[+-]?(\d+(\.\d*)?|\.\d+)/
DATETIME: /\[[^\]]*\]/
%import common.WS
%ignore WS
"""
_US_FORMS = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")
_ISO_FRACTION = re.compile(r"\.(\d{1,6})\d*")

Value = str | int | float | bool | datetime | None


class ConditionError(ValueError):
    """The text is not in the language; ``str()`` says where."""


class Operator(Enum):
    """Comparison operators, as they are written."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Comparison:
    """``path operator value``; the value is of the type it was written in."""

    path: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Matching:
    """``path [not] contains|like "text"``."""

    path: str
    text: str
    is_like: bool
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """``path [not] in (value, …)``."""

    path: str
    values: tuple[Value, ...]
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Both:
    """Parts joined by ``and``."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts joined by ``or``."""

    parts: tuple["Expression", ...]


Condition = Comparison | Matching | Membership
Expression = Condition | Both | Either


@lru_cache(maxsize=256)
def parse(text: str) -> Expression:
    """Read conditions.

    Raises:
        ConditionError: the text is not in the language.
    """
    try:
        tree = _parser().parse(text)
        expression: Expression = _Builder().transform(tree)
    except UnexpectedInput as error:
        position = error.column if error.column > 0 else len(text) + 1
        message = f"The conditions cannot be read from position {position} on."
        raise ConditionError(message) from None
    except VisitError as error:
        raise ConditionError(str(error.orig_exc)) from None
    return expression


def read_datetime(text: str) -> datetime:
    """Read a datetime as conditions may have it, as UTC where no zone is given.

    ISO 8601 with or without zone and fraction, a bare date, or the US form
    ``06/30/2019`` with an optional time.

    Raises:
        ConditionError: it is none of these.
    """
    trimmed = text.strip()
    try:
        moment = datetime.fromisoformat(_ISO_FRACTION.sub(_six_digits, trimmed))
    except ValueError:
        moment = _read_us(trimmed)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def _six_digits(match: re.Match[str]) -> str:
    return "." + match[1].ljust(6, "0")


def _read_us(text: str) -> datetime:
    for form in _US_FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    message = f"[{text}] is not a datetime."
    raise ConditionError(message)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=True)


class _Builder(Transformer[Token, Any]):
    """Turns Lark's tree into ours."""

    def start(self, children: list[Expression]) -> Expression:
        return children[0]

    def either(self, children: list[Expression]) -> Expression:
        return Either(tuple(children))

    def both(self, children: list[Expression]) -> Expression:
        return Both(tuple(children))

    def comparison(self, children: list[Any]) -> Comparison:
        path, operator, value = children
        return Comparison(str(path), Operator(str(operator)), value)

    def matching(self, children: list[Any]) -> Matching:
        path, negation, kind, text = children
        return Matching(
            str(path),
            _unquoted(text),
            is_like=kind.type == "LIKE",
            is_negated=negation is not None,
        )

    def membership(self, children: list[Any]) -> Membership:
        path, negation, *values = children
        return Membership(str(path), tuple(values), is_negated=negation is not None)

    def value(self, children: list[Token]) -> Value:
        return _value(children[0])


def _value(token: Token) -> Value:
    match token.type:
        case "STRING":
            return _unquoted(token)
        case "NUMBER":
            return float(token) if "." in token else int(token)
        case "DATETIME":
            return read_datetime(token[1:-1])
        case "TRUE":
            return True
        case "FALSE":
            return False
        case _:
            return None


def _unquoted(text: str) -> str:
    return re.sub(r"\\([\"'\\])", r"\1", text[1:-1])
