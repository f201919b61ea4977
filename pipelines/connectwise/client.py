"""The client of ConnectWise PSA: synchronous, read-only, safe between threads.

Puts the parts together: address, credentials, query, paging and exchange. It hands on
page bytes as received; decoding them into tables belongs to ``pipelines.ingest``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeAlias

import httpx
import msgspec

from pipelines.connectwise.auth import API_VERSION, Credentials
from pipelines.connectwise.cache import SetupCache
from pipelines.connectwise.calls import Call
from pipelines.connectwise.company_info import parse_address
from pipelines.connectwise.concurrency import DEFAULT_CEILING, Concurrency
from pipelines.connectwise.errors import NotGrantedError
from pipelines.connectwise.events import Hook
from pipelines.connectwise.exchange import Exchange
from pipelines.connectwise.gateway import Ask, Gateway, unexpected
from pipelines.connectwise.listing import ListReader, id_batches, renumbered
from pipelines.connectwise.pagination import Page, Paging, pager_for
from pipelines.connectwise.query import MAX_PAGE_SIZE, Query, check_page_size
from pipelines.connectwise.rate_limit import RateLimiter
from pipelines.connectwise.read_only import refuse_writes
from pipelines.connectwise.responses import server_date_of, value_of
from pipelines.connectwise.retry import RetryPolicy
from pipelines.connectwise.transport import open_http
from pipelines.connectwise.urls import check_path

Param: TypeAlias = str | int | bool

_ALL = Query()
_DEFAULT_RETRY = RetryPolicy()


@dataclass(frozen=True, slots=True)
class SystemInfo:
    """What ``/system/info`` says; ``server_time_zone`` is a Windows zone name."""

    version: str
    is_cloud: bool
    server_time_zone: str | None
    cloud_region: str | None


class ConnectWiseClient:
    """Reads one tenant.

    Close it, or use it as a context manager: it owns one connection pool. Threads may
    share it; they then share the rate limit, and a 429 pauses all of them.
    """

    def __init__(  # noqa: PLR0913  # One keyword per knob, all with defaults.
        self,
        credentials: Credentials,
        base_url: str,
        *,
        rate_limit_per_minute: int | None = 600,
        timeout_seconds: float = 60.0,
        page_size: int = MAX_PAGE_SIZE,
        concurrency: int = DEFAULT_CEILING,
        hooks: Sequence[Hook] = (),
        retry: RetryPolicy = _DEFAULT_RETRY,
        cache: SetupCache | None = None,
        api_version: str | None = API_VERSION,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Nothing is sent yet.

        Args:
            credentials: keys and clientId.
            base_url: UI host, API host or a full ``…/apis/3.0`` address; plain http
                only to this machine.
            rate_limit_per_minute: None for no limit (our own sandbox).
            timeout_seconds: limit of one read from the socket.
            page_size: rows asked for a page, 1 to 1,000.
            concurrency: most requests at one time, however many threads ask.
            hooks: told of requests, retries and waits.
            retry: numbers of the retry rule.
            cache: used by ``get(…, cached=True)``; None gives a fresh one.
            api_version: model version asked for; None for the server's newest.
            transport: replaces the network, in tests.

        Raises:
            SettingsError: ``base_url`` is not usable.
            ValueError: ``page_size`` is out of range.
        """
        check_page_size(page_size)
        self._page_size = page_size
        self._credentials = credentials
        self._cache = cache or SetupCache()
        address = parse_address(base_url)
        self._http = open_http(
            credentials,
            address,
            guard=refuse_writes,
            timeout_seconds=timeout_seconds,
            api_version=api_version,
            transport=transport,
        )
        limiter = RateLimiter(
            rate_limit_per_minute, sleep=retry.sleep, monotonic=retry.monotonic
        )
        exchange = Exchange(
            self._http,
            limiter=limiter,
            policy=retry,
            hooks=hooks,
            redact=credentials.redact,
            concurrency=Concurrency(concurrency),
        )
        self._gateway = Gateway(exchange, address, credentials.company_id)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"ConnectWiseClient(company_id={self._credentials.company_id!r})"

    @property
    def page_size(self) -> int:
        """Rows asked for a page."""
        return self._page_size

    def close(self) -> None:
        """Close the connection pool."""
        self._http.close()

    def api_url(self) -> str:
        """The root of the tenant's API; asks company info the first time.

        Raises:
            ConnectionFailedError: host or company is wrong.
        """
        return self._gateway.api_url()

    def get(
        self,
        path: str,
        *,
        params: Mapping[str, Param] | None = None,
        cached: bool = False,
    ) -> Any:
        """Decoded JSON of one GET.

        Args:
            path: below the API's root, such as ``/system/info``.
            params: query parameters, not yet escaped.
            cached: allow an answer up to the cache's age; only for set-up tables.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        texts = {name: _text(value) for name, value in (params or {}).items()}
        if not cached:
            return self._gateway.answer(Ask(path, texts), value_of)
        key = (path, tuple(sorted(texts.items())))
        body = self._cache.get(
            key, lambda: self._gateway.answer(Ask(path, texts), _checked_bytes)
        )
        return msgspec.json.decode(body)

    def iter_pages(
        self,
        path: str,
        *,
        query: Query = _ALL,
        paging: Paging = Paging.FORWARD_ONLY,
    ) -> Iterator[Page]:
        """Every page of a list, in order; an empty list gives one page of no rows.

        Forward-only paging falls back to keyset where an endpoint does not know it. A
        server that fails over a large page is asked for smaller ones.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``, while iterating.
            ValueError: the query orders a list that is read by id.
        """
        check_path(path)
        if query.order_by and paging is not Paging.NAVIGABLE:
            raise ValueError(f"{paging} paging goes by id and takes no order_by.")
        reader = ListReader(
            self._gateway,
            path,
            query=query,
            pager=pager_for(paging),
            page_size=query.page_size or self._page_size,
        )
        return reader.pages()

    def count(self, path: str, *, query: Query = _ALL) -> int:
        """Rows that match, from ``{path}/count``.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        return self._gateway.answer(Ask(f"{path}/count", query.filters()), _count)

    def get_many(
        self,
        path: str,
        ids: Iterable[int],
        *,
        query: Query = _ALL,
        batch_size: int = MAX_PAGE_SIZE,
    ) -> Iterator[Page]:
        """Records by id, in batches of ``id in (…)`` with short addresses.

        Ids that do not exist are simply absent. A batch has at most ``batch_size`` ids,
        and fewer where the address would grow beyond 2,000 characters. Within a batch
        rows come by id.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``, while iterating.
        """
        return renumbered(self._batched_pages(path, ids, query, batch_size))

    def server_now(self) -> datetime:
        """ConnectWise's clock in UTC, to the second: the Date of a cheap call.

        A role that may not read ``/system/info`` is told the time all the same.
        """
        try:
            return self._gateway.answer(Ask("/system/info"), server_date_of)
        except NotGrantedError as error:
            if error.server_date is None:
                raise
            return error.server_date

    def clock_skew(self) -> timedelta:
        """How far this machine's clock is ahead of ConnectWise's, to about 1 s."""
        return datetime.now(UTC) - self.server_now()

    def system_info(self) -> SystemInfo:
        """Version and zone of the tenant: the vendor's natural connection test."""
        return self._gateway.answer(Ask("/system/info"), _system_info)

    def _batched_pages(
        self, path: str, ids: Iterable[int], query: Query, batch_size: int
    ) -> Iterator[Page]:
        batches = id_batches(
            ids,
            api_url=self.api_url(),
            path=check_path(path),
            query=query,
            most=min(batch_size, query.page_size or self._page_size),
        )
        for batch in batches:
            yield from self.iter_pages(path, query=batch, paging=Paging.KEYSET)


def _text(value: Param) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _checked_bytes(response: httpx.Response, call: Call) -> bytes:
    value_of(response, call)
    return response.content


def _count(response: httpx.Response, call: Call) -> int:
    value = value_of(response, call)
    count = value.get("count") if isinstance(value, dict) else None
    if not isinstance(count, int):
        raise unexpected(response, call, "has no count")
    return count


def _system_info(response: httpx.Response, call: Call) -> SystemInfo:
    value = value_of(response, call)
    if not isinstance(value, dict):
        raise unexpected(response, call, "does not describe a system")
    return SystemInfo(
        version=str(value.get("version", "")),
        is_cloud=bool(value.get("isCloud")),
        server_time_zone=value.get("serverTimeZone"),
        cloud_region=value.get("cloudRegion"),
    )
