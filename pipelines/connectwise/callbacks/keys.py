"""Signing keys of callbacks, fetched from the configured ConnectWise and nowhere else.

A message names the address of its own key, and whoever forges a message would name
their own. So that address is only compared with the configured tenant's; what is
fetched is put together from the settings and the key's id, below the codebase that
company info names. A redirect is not followed. Keys are kept for a while, so that a
burst of messages costs one request.
"""

import re
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import msgspec
from cachetools import TTLCache

from pipelines.connectwise.company_info import Address
from pipelines.connectwise.errors import (
    CallbackRefusedError,
    KeyUnavailableError,
)
from pipelines.connectwise.urls import API_ROOT
from pipelines.errors import PipelinesError

PATH = "/system/callbackkey/index.rails"

_KEY_PATH = re.compile(rf"/+[A-Za-z0-9_]+/+{re.escape(PATH[1:])}")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT_KEYS = 64


@dataclass(frozen=True, slots=True)
class KeyRules:
    """How long keys are kept, how long is waited for one, how many may be asked.

    Attributes:
        ttl_seconds: age up to which a key is used again.
        unknown_ttl_seconds: for how long an id that gave no key is not asked again.
        wait_seconds: how long a message waits for its key; the fetch goes on.
        most_waiting: messages that may wait at a time; others are put off at once.
        fetch_seconds: limit of one fetch.
        fetches_per_minute: more than that are refused without a request, but for
            keys that were had before.
    """

    ttl_seconds: float = 3600.0
    unknown_ttl_seconds: float = 30.0
    wait_seconds: float = 0.4
    most_waiting: int = 16
    fetch_seconds: float = 4.0
    fetches_per_minute: int = 20


class _Answer(msgspec.Struct):
    signing_key: str


class CallbackKeys:
    """The signing keys of one tenant; safe between threads. Close it."""

    def __init__(
        self,
        address: Address,
        company_id: str,
        *,
        client_id: str,
        api_url: Callable[[], str],
        rules: KeyRules | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is sent yet.

        Args:
            address: where the tenant signs in and where its API is.
            company_id: its login company.
            client_id: goes with every fetch; the API keys do not.
            api_url: looks up the API's root, whose codebase an upgrade changes; asked
                before each fetch.
            rules: times and limits.
            timer: seconds on a monotonic clock.
        """
        self._address = address
        self._company_id = company_id
        self._api_url = api_url
        self._rules = rules or KeyRules()
        self._timer = timer
        self._lock = threading.Lock()
        self._keys: TTLCache[str, str] = TTLCache(
            _KEPT_KEYS, self._rules.ttl_seconds, timer
        )
        self._unknown: TTLCache[str, bool] = TTLCache(
            _KEPT_KEYS, self._rules.unknown_ttl_seconds, timer
        )
        self._pending: dict[str, Future[str]] = {}
        self._seats = threading.Semaphore(self._rules.most_waiting)
        self._asked: deque[float] = deque()
        self._proven: set[str] = set()  # Ids that once gave a key: few.
        self._http = httpx.Client(
            headers={"clientId": client_id},
            timeout=self._rules.fetch_seconds,
            follow_redirects=False,
            trust_env=address.api_origin.startswith("https:"),
        )
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="callback-key")

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
        """Let go of the connection; a fetch under way ends by itself."""
        self._workers.shutdown(wait=False, cancel_futures=True)
        self._http.close()

    def key_for(self, key_url: str) -> str:
        """The signing key that ``key_url`` names.

        Raises:
            CallbackRefusedError: the address is not the tenant's, or there is no such
                key.
            KeyUnavailableError: ConnectWise did not answer in time; the fetch goes on
                and the same message, delivered again, finds the key.
        """
        origin, key_id = self._checked(key_url)
        with self._lock:
            known = self._keys.get(key_id)
            if known is not None:
                return known
            if key_id in self._unknown:
                raise CallbackRefusedError("ConnectWise has no such signing key")
            fetching = self._pending.get(key_id) or self._begin(origin, key_id)
        return self._awaited(fetching)

    def _awaited(self, fetching: "Future[str]") -> str:
        if not self._seats.acquire(blocking=False):
            raise KeyUnavailableError("enough messages wait for a signing key")
        try:
            return fetching.result(self._rules.wait_seconds)
        except TimeoutError:
            raise KeyUnavailableError("the signing key did not come in time") from None
        finally:
            self._seats.release()

    def _checked(self, key_url: str) -> tuple[str, str]:
        """Origin and key id of an address that is the tenant's own."""
        try:
            parts = urlsplit(key_url)
            origin = _origin(key_url)
        except ValueError:
            raise CallbackRefusedError("key_url is no address") from None
        own = {_origin(text): text for text in self._origins()}
        if origin not in own or "@" in parts.netloc:
            raise CallbackRefusedError("key_url is not at the configured host")
        if parts.fragment or not _KEY_PATH.fullmatch(parts.path):
            raise CallbackRefusedError("key_url is not the path of signing keys")
        return own[origin], self._key_id(parts.query)

    def _key_id(self, query: str) -> str:
        asked = {name.lower(): values for name, values in parse_qs(query).items()}
        companies = [name.lower() for name in asked.get("companyname", [])]
        if companies != [self._company_id.lower()]:
            raise CallbackRefusedError("key_url names another company")
        ids = asked.get("id", [])
        if len(ids) != 1 or not _GUID.fullmatch(ids[0]):
            raise CallbackRefusedError("key_url names no key")
        return ids[0].lower()

    def _origins(self) -> tuple[str, str]:
        return self._address.login_origin, self._address.api_origin

    def _begin(self, origin: str, key_id: str) -> "Future[str]":
        """Start a fetch; the caller holds the lock."""
        now = self._timer()
        while self._asked and self._asked[0] <= now - 60.0:
            self._asked.popleft()
        is_full = len(self._asked) >= self._rules.fetches_per_minute
        if is_full and key_id not in self._proven:
            raise KeyUnavailableError("too many signing keys are asked for")
        self._asked.append(now)
        fetching = self._workers.submit(self._fetch, origin, key_id)
        self._pending[key_id] = fetching
        return fetching

    def _fetch(self, origin: str, key_id: str) -> str:
        try:
            key = self._ask(origin, key_id)
        except CallbackRefusedError:
            with self._lock:
                self._unknown[key_id] = True
            raise
        else:
            with self._lock:
                self._keys[key_id] = key
                self._proven.add(key_id)
            return key
        finally:
            with self._lock:
                self._pending.pop(key_id, None)

    def _ask(self, origin: str, key_id: str) -> str:
        try:
            response = self._http.get(self._url(origin, key_id))
        except (httpx.HTTPError, PipelinesError):
            raise KeyUnavailableError("ConnectWise gave no signing key") from None
        if response.status_code in (429, *range(500, 600)):
            raise KeyUnavailableError("ConnectWise gave no signing key")
        key = _signing_key(response) if response.status_code == 200 else ""
        if not key:
            raise CallbackRefusedError("ConnectWise has no such signing key")
        return key

    def _url(self, origin: str, key_id: str) -> str:
        root = urlsplit(self._api_url()).path.removesuffix(API_ROOT)
        company = quote(self._company_id, safe="")
        return f"{origin}{root}{PATH}?companyName={company}&id={key_id}"


def _signing_key(response: httpx.Response) -> str:
    try:
        return msgspec.json.decode(response.content, type=_Answer).signing_key
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def _origin(text: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(text)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return parts.scheme, parts.hostname, port
