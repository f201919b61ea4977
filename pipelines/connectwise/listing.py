"""Reading a list page by page.

Drives one pager over the gateway: falls back to keyset where forward-only paging is
unknown, and asks for fewer rows where the server fails over many. Yields bytes as
received.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import httpx

from pipelines.connectwise.calls import Call
from pipelines.connectwise.conditions import field
from pipelines.connectwise.errors import ServerError
from pipelines.connectwise.events import PageSizeReduced, PagingFellBack
from pipelines.connectwise.gateway import Ask, Gateway, unexpected
from pipelines.connectwise.pagination import (
    Answer,
    Keyset,
    Page,
    Pager,
    PagingError,
    Turn,
)
from pipelines.connectwise.query import MAX_PAGE_SIZE, Query
from pipelines.connectwise.read_only import SEARCHES
from pipelines.connectwise.responses import request_id_of, rows_of, server_date_of
from pipelines.connectwise.urls import MAX_URL_LENGTH, url_of

# What is asked after pages have failed, and how many good ones lead back up.
_STEPS = (500, 250, 100)
_GOOD_PAGES = 5
_HIGHEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Received:
    page: Page
    turn: Turn


class ListReader:
    """One pass over one list; not shared between threads."""

    def __init__(
        self,
        gateway: Gateway,
        path: str,
        *,
        query: Query,
        pager: Pager,
        page_size: int,
    ) -> None:
        self._gateway = gateway
        self._path = path
        self._query = query
        self._pager = pager
        self._page_size = page_size
        self._sizes = (page_size, *(step for step in _STEPS if step < page_size))
        self._good = 0
        self._number = 1

    def pages(self) -> Iterator[Page]:
        """Every page with rows; an empty list gives one page without any.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        while True:
            received = self._read()
            if received.turn is Turn.UNSUPPORTED:
                self._fall_back()
                continue
            if received.page.row_count or self._number == 1:
                yield received.page
                self._number += 1
                self._grow()
            if received.turn is Turn.END:
                return

    def _read(self) -> _Received:
        while True:
            smaller = self._smaller_size()
            try:
                return self._gateway.answer(
                    self._ask(may_ask_for_less=smaller is not None), self._received
                )
            except ServerError as error:
                if smaller is None or not error.retryable:
                    raise
            self._shrink(smaller)

    def _ask(self, *, may_ask_for_less: bool) -> Ask:
        params = self._pager.query(self._query).params()
        return Ask(
            self._path,
            params | self._pager.params(self._page_size),
            self._pager.headers,
            page=self._number,
            may_ask_for_less=may_ask_for_less,
        )

    def _received(self, response: httpx.Response, call: Call) -> _Received:
        content, rows = rows_of(response, call, or_object=self._pager.takes_object)
        page = Page(
            path=self._path,
            number=self._number,
            content=content,
            server_date=server_date_of(response, call),
            request_id=request_id_of(response),
            row_count=len(rows),
        )
        answer = Answer(rows, response.headers.get("link"), self._page_size)
        try:
            return _Received(page, self._pager.advance(answer))
        except PagingError as error:
            raise unexpected(response, call, f"cannot be paged: {error}") from error

    def _smaller_size(self) -> int | None:
        smaller = (size for size in self._sizes if size < self._page_size)
        return next(filter(self._pager.can_go_on_with, smaller), None)

    def _shrink(self, smaller: int) -> None:
        call = Call("GET", self._path, self._number)
        reduced = PageSizeReduced(call, self._page_size, smaller)
        self._gateway.exchange.emit(reduced)
        self._page_size = smaller
        self._good = 0

    def _grow(self) -> None:
        """After some good pages, ask for more rows again."""
        self._good += 1
        larger = [size for size in self._sizes if size > self._page_size]
        if (
            larger
            and self._good >= _GOOD_PAGES
            and self._pager.can_go_on_with(larger[-1])
        ):
            self._page_size = larger[-1]
            self._good = 0

    def _fall_back(self) -> None:
        call = Call("GET", self._path, self._number)
        self._gateway.exchange.emit(PagingFellBack(call))
        self._pager = Keyset(after=self._pager.after)


def id_batches(
    ids: Iterable[int],
    *,
    api_url: str,
    path: str,
    query: Query,
    most: int,
) -> Iterator[Query]:
    """Queries of ``id in (…)``, each with an address below 2,000 characters.

    A search takes its conditions in the body, so there only ``most`` counts.
    """
    room = MAX_URL_LENGTH - _address_length(api_url, path, query)
    if path in SEARCHES:
        room = sys.maxsize
    batch: list[int] = []
    length = 0
    for record_id in ids:
        cost = len(str(record_id)) + 1
        if batch and (len(batch) == most or length + cost > room):
            yield _of_ids(query, batch)
            batch, length = [], 0
        batch.append(record_id)
        length += cost
    if batch:
        yield _of_ids(query, batch)


def renumbered(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages of several lists as one list's."""
    for number, page in enumerate(pages, start=1):
        yield replace(page, number=number)


def _of_ids(query: Query, ids: list[int]) -> Query:
    return query.narrowed(field("id").is_in(ids))


def _address_length(api_url: str, path: str, query: Query) -> int:
    """Characters of the longest address without the ids."""
    pager = Keyset(after=_HIGHEST_ID)
    params = pager.query(_of_ids(query, [0])).params() | pager.params(MAX_PAGE_SIZE)
    return len(url_of(api_url, path, params))
