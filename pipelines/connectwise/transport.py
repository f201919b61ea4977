"""The httpx client of one tenant: its keys, its time-outs, and its guard.

The guard is a hook that sees every request before a socket opens; whoever opens a
client chooses which one stands there.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from pipelines.connectwise.auth import Credentials, KeyAuth, accept_header
from pipelines.connectwise.company_info import Address, is_loopback

_CONNECT_SECONDS = 10.0
_CONNECTIONS = httpx.Limits(max_connections=8, max_keepalive_connections=8)

Guard = Callable[[httpx.Request], None]


def open_http(
    credentials: Credentials,
    address: Address,
    *,
    guard: Guard,
    timeout_seconds: float,
    api_version: str | None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """A connection pool that signs every request; the caller closes it."""
    return httpx.Client(
        auth=KeyAuth(credentials),
        headers={"Accept": accept_header(api_version)},
        timeout=_timeout(timeout_seconds),
        limits=_CONNECTIONS,
        event_hooks={"request": [guard]},
        transport=transport,
        trust_env=not is_plain_loopback(address.api_origin),
    )


def is_plain_loopback(origin: str) -> bool:
    """A proxy from the environment could not reach our own sandbox."""
    parts = urlsplit(origin)
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def _timeout(seconds: float) -> httpx.Timeout:
    connect = min(seconds, _CONNECT_SECONDS)
    return httpx.Timeout(seconds, connect=connect, pool=None)
