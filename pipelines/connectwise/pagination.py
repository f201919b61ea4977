"""How a list is read to its end.

One tiny state machine per kind of paging: each says what the next request carries and,
from the answer, whether more follows. Sending, retrying and yielding belong to
``client.py``. Filters are ours on every request: nothing but a position is taken from
a ``Link`` header, because links were seen to lose conditions.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import msgspec

from pipelines.connectwise.conditions import field
from pipelines.connectwise.query import Query


class Paging(StrEnum):
    """The kind of paging an endpoint answers to."""

    FORWARD_ONLY = "forward-only"
    NAVIGABLE = "navigable"
    KEYSET = "keyset"
    LIST_OR_OBJECT = "forward-only, or one object"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as received.

    ``number`` counts from 1; ``content`` is the JSON array's bytes, known to be
    complete and to hold no half of a surrogate pair; ``server_date`` is the answer's
    ``Date``.
    """

    path: str
    number: int
    content: bytes
    server_date: datetime
    request_id: str | None
    row_count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What paging needs of an answer; ``link`` is None where the header is absent."""

    rows: Sequence[msgspec.Raw]
    link: str | None
    page_size: int


class Turn(Enum):
    """What follows an answer."""

    MORE = auto()
    END = auto()
    UNSUPPORTED = auto()  # The answer is of no use; another kind of paging must begin.


class PagingError(ValueError):
    """The server's pages do not advance; going on would loop or skip rows."""


class Pager(Protocol):
    """A position in one list."""

    headers: Mapping[str, str]
    takes_object: bool  # Whether one record may stand for a list of one.
    after: int | None  # Last id read so far, where the position is an id.

    def query(self, query: Query) -> Query:
        """The query of the next request."""
        ...

    def params(self, page_size: int) -> dict[str, str]:
        """The paging parameters of the next request."""
        ...

    def advance(self, answer: Answer) -> Turn:
        """Move behind ``answer``."""
        ...

    def can_go_on_with(self, page_size: int) -> bool:
        """Whether the position can also be told with another page size."""
        ...


class ForwardOnly:
    """``pagination-type: forward-only``; each ``Link`` names the next ``pageId``.

    The header is always there and empty at the end; an endpoint without support sends
    none, or one with page numbers.
    """

    headers: Mapping[str, str] = {"pagination-type": "forward-only"}
    takes_object = False

    def __init__(self) -> None:
        self.after: int | None = None

    def query(self, query: Query) -> Query:
        """Unchanged: the position travels as ``pageId``."""
        return query

    def params(self, page_size: int) -> dict[str, str]:
        """Page size and, behind the first page, the last id."""
        position = {} if self.after is None else {"pageId": str(self.after)}
        return {"pageSize": str(page_size), **position}

    def advance(self, answer: Answer) -> Turn:
        """Take ``pageId`` of the next link."""
        if answer.link is None:
            return _without_link(answer)
        target = next_target(answer.link)
        if target is None:
            return Turn.END
        if "pageid" not in target:
            return Turn.UNSUPPORTED
        return self._move(target["pageid"], answer)

    def can_go_on_with(self, page_size: int) -> bool:
        """Always: the position is an id."""
        return page_size > 0

    def _move(self, page_id: int, answer: Answer) -> Turn:
        if page_id > (self.after or 0):
            self.after = page_id
            return Turn.MORE
        if answer.rows:
            raise PagingError("the next link does not move forward")
        return Turn.END


class ListOrObject(ForwardOnly):
    """Forward-only, of an endpoint that is known to answer one object instead."""

    takes_object = True


class Navigable:
    """Page numbers; ``Link`` has a ``rel="next"`` until the last page."""

    headers: Mapping[str, str] = {}
    takes_object = False
    after: int | None = None

    def __init__(self) -> None:
        self._rows_before = 0

    def query(self, query: Query) -> Query:
        """Unchanged."""
        return query

    def params(self, page_size: int) -> dict[str, str]:
        """Page size and number."""
        number = self._rows_before // page_size + 1
        return {"pageSize": str(page_size), "page": str(number)}

    def advance(self, answer: Answer) -> Turn:
        """Go on while a next page is named, or while pages without links are full."""
        self._rows_before += answer.page_size
        if not answer.rows:
            return Turn.END
        return Turn.MORE if _may_follow(answer) else Turn.END

    def can_go_on_with(self, page_size: int) -> bool:
        """Only where a page of that size begins."""
        return self._rows_before % page_size == 0


class Keyset:
    """``orderBy=id asc`` and ``id > last``: safe while rows come and go."""

    headers: Mapping[str, str] = {}
    takes_object = False

    def __init__(self, *, after: int | None = None) -> None:
        self.after = after

    def query(self, query: Query) -> Query:
        """Ordered by id, beginning behind the last one."""
        fields = query.fields
        if fields and "id" not in fields:
            fields = ("id", *fields)
        ordered = replace(query, order_by="id asc", fields=fields)
        if self.after is None:
            return ordered
        return ordered.narrowed(field("id") > self.after)

    def params(self, page_size: int) -> dict[str, str]:
        """Page size; it is always the first page of what remains."""
        return {"pageSize": str(page_size), "page": "1"}

    def advance(self, answer: Answer) -> Turn:
        """Remember the last id, after a check that the order was kept."""
        if not answer.rows:
            return Turn.END
        ids = [_id_of(row) for row in answer.rows]
        before = [self.after if self.after is not None else ids[0] - 1, *ids]
        if any(low >= high for low, high in zip(before, ids, strict=False)):
            raise PagingError("the rows are not in the order of their id")
        self.after = ids[-1]
        return Turn.MORE if _may_follow(answer) else Turn.END

    def can_go_on_with(self, page_size: int) -> bool:
        """Always: the position is an id."""
        return page_size > 0


_PAGERS: Mapping[Paging, Callable[[], Pager]] = {
    Paging.FORWARD_ONLY: ForwardOnly,
    Paging.NAVIGABLE: Navigable,
    Paging.KEYSET: Keyset,
    Paging.LIST_OR_OBJECT: ListOrObject,
}
_NEXT = re.compile(r"<([^>]*)>\s*;[^,<]*\brel=\"?next\b", re.IGNORECASE)


def pager_for(paging: Paging) -> Pager:
    """A pager at the beginning of a list."""
    return _PAGERS[paging]()


def next_target(link: str) -> dict[str, int] | None:
    """Whole-number parameters of the ``rel="next"`` link, names in lower case.

    None where the header names no next page.
    """
    match = _NEXT.search(link)
    if match is None:
        return None
    pairs = parse_qs(urlsplit(match[1]).query)
    last = {name.lower(): values[-1] for name, values in pairs.items()}
    return {name: int(text) for name, text in last.items() if text.isdecimal()}


def _without_link(answer: Answer) -> Turn:
    """Forward-only paging is not supported; a page that is not full is the whole."""
    full = len(answer.rows) >= answer.page_size
    return Turn.UNSUPPORTED if full else Turn.END


def _may_follow(answer: Answer) -> bool:
    if answer.link is not None and next_target(answer.link) is not None:
        return True
    return answer.link is None and len(answer.rows) >= answer.page_size


class _Identified(msgspec.Struct):
    id: int


_IDENTIFIED = msgspec.json.Decoder(_Identified)


def _id_of(row: msgspec.Raw) -> int:
    try:
        return _IDENTIFIED.decode(row).id
    except msgspec.DecodeError as error:
        raise PagingError("a row has no whole-number id") from error
