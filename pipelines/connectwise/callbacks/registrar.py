"""The one class that may write to a tenant: it registers and removes callbacks.

The guard of the client stays for everything else. This one lets reads pass, POST to
``/system/callbacks`` and DELETE of one entry below it, and nothing besides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from pipelines.connectwise.auth import API_VERSION, Credentials
from pipelines.connectwise.calls import Call
from pipelines.connectwise.company_info import parse_address
from pipelines.connectwise.errors import BadRequestError, NotFoundError, ReadOnlyError
from pipelines.connectwise.exchange import Exchange, Outgoing
from pipelines.connectwise.gateway import Gateway
from pipelines.connectwise.listing import ListReader
from pipelines.connectwise.pagination import Paging, pager_for
from pipelines.connectwise.query import MAX_PAGE_SIZE, Query
from pipelines.connectwise.rate_limit import RateLimiter
from pipelines.connectwise.responses import value_of
from pipelines.connectwise.retry import RetryPolicy
from pipelines.connectwise.transport import open_http
from pipelines.connectwise.urls import API_ROOT, url_of

PATH = "/system/callbacks"
LEVEL = "owner"  # All records of a type, whoever holds them.

_ENTRY = re.compile(rf"{PATH}/\d+")
_EXISTS = "ObjectExists"
_DEFAULT_RETRY = RetryPolicy()


@dataclass(frozen=True, slots=True)
class CallbackEntry:
    """One registration; an inactive one was switched off, and delivers nothing."""

    id: int
    type: str
    level: str
    url: str
    is_inactive: bool


def refuse_all_but_callbacks(request: httpx.Request) -> None:
    """Let reads and callback registrations pass; a request hook of httpx.

    Raises:
        ReadOnlyError: anything else; it was not sent.
    """
    path = request.url.path.partition(API_ROOT)[2] or request.url.path
    match request.method:
        case "GET":
            return
        case "POST" if path == PATH:
            return
        case "DELETE" if _ENTRY.fullmatch(path):
            return
    raise ReadOnlyError(
        "Only callbacks may be registered and removed, so the request was not sent",
        remedy="use ConnectWise itself to change data",
        call=Call(request.method, path),
    )


class CallbackRegistrar:
    """Callback entries of one tenant. Close it, or use it as a context manager."""

    def __init__(
        self,
        credentials: Credentials,
        base_url: str,
        *,
        timeout_seconds: float = 60.0,
        retry: RetryPolicy = _DEFAULT_RETRY,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Nothing is sent yet.

        Raises:
            SettingsError: ``base_url`` is not usable.
        """
        address = parse_address(base_url)
        self._http = open_http(
            credentials,
            address,
            guard=refuse_all_but_callbacks,
            timeout_seconds=timeout_seconds,
            api_version=API_VERSION,
            transport=transport,
        )
        limiter = RateLimiter(None, sleep=retry.sleep, monotonic=retry.monotonic)
        exchange = Exchange(
            self._http,
            limiter=limiter,
            policy=retry,
            hooks=(),
            redact=credentials.redact,
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

    def close(self) -> None:
        """Close the connection pool."""
        self._http.close()

    def entries(self) -> Iterator[CallbackEntry]:
        """Every entry that the API member may see.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        reader = ListReader(
            self._gateway,
            PATH,
            query=Query(),
            pager=pager_for(Paging.NAVIGABLE),
            page_size=MAX_PAGE_SIZE,
        )
        for page in reader.pages():
            yield from map(_entry, msgspec.json.decode(page.content))

    def register(self, kind: str, url: str) -> CallbackEntry | None:
        """Ask for callbacks of one type; None where ConnectWise has such an entry.

        Sending it twice does no harm: the second one is refused as a duplicate.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        body = {
            "url": url,
            "objectId": 0,
            "type": kind,
            "level": LEVEL,
            "inactiveFlag": False,
            "payloadVersion": "3.0.0",
        }
        request = self._outgoing("POST", PATH, body)
        try:
            made = self._gateway.exchange.send(request, value_of)
        except BadRequestError as error:
            if _EXISTS in error.codes:
                return None
            raise
        return _entry(made)

    def remove(self, entry_id: int) -> None:
        """Remove one entry.

        Raises:
            NotFoundError: there is none of this id.
            ConnectWiseError: as drawn in ``errors.py``.
        """
        request = self._outgoing("DELETE", f"{PATH}/{entry_id:d}")
        try:
            self._gateway.exchange.send(request, _nothing)
        except NotFoundError as error:
            raise NotFoundError(
                f"There is no callback {entry_id}",
                remedy="`cwp callbacks list` shows those that there are",
                call=request.call,
                status=error.status,
                request_id=error.request_id,
            ) from None

    def _outgoing(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> Outgoing:
        url = url_of(self._gateway.api_url(), path, {})
        return Outgoing(Call(method, path), url, body=body)


def _entry(said: dict[str, Any]) -> CallbackEntry:
    return CallbackEntry(
        id=int(said["id"]),
        type=str(said.get("type", "")),
        level=str(said.get("level", "")),
        url=str(said.get("url", "")),
        is_inactive=bool(said.get("inactiveFlag")),
    )


def _nothing(response: httpx.Response, call: Call) -> None:
    """A removal answers without a body."""
