"""From a path below the API to an answer: address, search switch, stale codebase.

Knows where the tenant's API is and what to do when it moved. Retries live in
``exchange.py``, paging in ``listing.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from pipelines.connectwise.calls import Call
from pipelines.connectwise.company_info import Address, Site
from pipelines.connectwise.errors import (
    BadRequestError,
    CompanyNotFoundError,
    ConnectWiseError,
    GatewayNotFoundError,
    HostUnreachableError,
    MalformedResponseError,
    NotFoundError,
)
from pipelines.connectwise.events import ApiAddressChanged
from pipelines.connectwise.exchange import Exchange, Outgoing
from pipelines.connectwise.read_only import SEARCHES
from pipelines.connectwise.responses import request_id_of, value_of
from pipelines.connectwise.urls import MAX_URL_LENGTH, Params, check_path, url_of

T = TypeVar("T")
Read = Callable[[httpx.Response, Call], T]

_FILTERS = ("conditions", "childConditions", "customFieldConditions", "orderBy")


@dataclass(frozen=True, slots=True)
class Ask:
    """One read of a path; ``page`` is only for error texts."""

    path: str
    params: Params = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    page: int | None = None
    may_ask_for_less: bool = False


class Gateway:
    """Answers asks for one tenant; safe between threads."""

    def __init__(self, exchange: Exchange, address: Address, company_id: str) -> None:
        self.exchange = exchange
        self._site = Site(address, company_id, ask=self._ask_unsigned)

    def api_url(self) -> str:
        """The root of the tenant's API, ``…/apis/3.0``."""
        return self._site.api_url()

    def answer(self, ask: Ask, read: Read[T]) -> T:
        """Send ``ask``; if the gateway does not know the address, look it up again.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """
        check_path(ask.path)
        api_url = self.api_url()
        try:
            return self._send(api_url, ask, read)
        except (GatewayNotFoundError, CompanyNotFoundError) as error:
            moved = self._moved(api_url, error)
        return self._send(moved, ask, read)

    def _send(self, api_url: str, ask: Ask, read: Read[T]) -> T:
        return self.exchange.send(
            outgoing(api_url, ask), read, may_ask_for_less=ask.may_ask_for_less
        )

    def _moved(self, stale: str, error: ConnectWiseError) -> str:
        try:
            fresh = self._site.refresh(stale)
        except HostUnreachableError:
            raise error from None
        if fresh == stale:
            raise error
        self.exchange.emit(ApiAddressChanged(stale, fresh))
        return fresh

    def _ask_unsigned(self, origin: str, path: str) -> Any:
        """Company info: no keys, and every refusal means that the host is wrong."""
        call = Call("GET", path)
        request = Outgoing(call, url_of(origin, path, {}), signed=False)
        try:
            return self.exchange.send(request, value_of)
        except NotFoundError as error:
            raise _no_company(error) from None
        except (GatewayNotFoundError, BadRequestError, MalformedResponseError) as error:
            raise _not_connectwise(error) from None


def outgoing(api_url: str, ask: Ask) -> Outgoing:
    """A GET, or where its address grows too long and the path has one, a search.

    Raises:
        BadRequestError: too long, and the path has no search.
    """
    url = url_of(api_url, ask.path, ask.params)
    if len(url) <= MAX_URL_LENGTH:
        return Outgoing(Call("GET", ask.path, ask.page), url, ask.headers)
    return _search(api_url, ask)


def _search(api_url: str, ask: Ask) -> Outgoing:
    path = SEARCHES.get(ask.path)
    if path is None:
        raise BadRequestError(
            f"The conditions make an address longer than {MAX_URL_LENGTH} characters",
            remedy="split them, for example into batches of ids",
            call=Call("GET", ask.path, ask.page),
        )
    body = {name: text for name, text in ask.params.items() if name in _FILTERS}
    rest = {name: text for name, text in ask.params.items() if name not in _FILTERS}
    call = Call("POST", path, ask.page)
    return Outgoing(call, url_of(api_url, path, rest), ask.headers, body)


def _no_company(error: ConnectWiseError) -> CompanyNotFoundError:
    return CompanyNotFoundError(
        "ConnectWise knows no such company at this host",
        remedy="check CW_COMPANY_ID and CW_BASE_URL",
        call=error.call,
        status=error.status,
        request_id=error.request_id,
    )


def _not_connectwise(error: ConnectWiseError) -> HostUnreachableError:
    answered = f"status {error.status}" if error.status else "something else"
    return HostUnreachableError(
        f"The host does not answer as ConnectWise PSA does, but with {answered}",
        remedy="check CW_BASE_URL",
        call=error.call,
        status=error.status,
        request_id=error.request_id,
    )


def unexpected(response: httpx.Response, call: Call, what: str) -> ConnectWiseError:
    """The error for complete JSON that is not what the call is documented to give."""
    return MalformedResponseError(
        f"ConnectWise's answer {what}",
        remedy="check the path, or whether a proxy rewrites answers",
        call=call,
        status=response.status_code,
        request_id=request_id_of(response),
    )
