"""Everything true of ConnectWise PSA, and nothing else.

The client, the conditions language, paging, the models of its records and the
registry of its entities. Knows nothing of dlt, Dagster, DuckDB or the sandbox. What
needs httpx is loaded when first used, so that the registry stays cheap to import.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipelines.connectwise.conditions import Condition, field
from pipelines.connectwise.errors import (
    AuthenticationError,
    BadRequestError,
    ClientIdError,
    CompanyNotFoundError,
    ConnectionFailedError,
    ConnectWiseError,
    GatewayNotFoundError,
    HostUnreachableError,
    MalformedResponseError,
    NotFoundError,
    NotGrantedError,
    RateLimitedError,
    ReadOnlyError,
    RequestTimedOutError,
    ServerError,
)
from pipelines.connectwise.events import Event, Hook
from pipelines.connectwise.pagination import Page, Paging
from pipelines.connectwise.query import Query

if TYPE_CHECKING:
    from pipelines.connectwise.auth import Credentials
    from pipelines.connectwise.cache import SetupCache
    from pipelines.connectwise.client import ConnectWiseClient, SystemInfo
    from pipelines.connectwise.retry import RetryPolicy

__all__ = [
    "AuthenticationError",
    "BadRequestError",
    "ClientIdError",
    "CompanyNotFoundError",
    "Condition",
    "ConnectWiseClient",
    "ConnectWiseError",
    "ConnectionFailedError",
    "Credentials",
    "Event",
    "GatewayNotFoundError",
    "Hook",
    "HostUnreachableError",
    "MalformedResponseError",
    "NotFoundError",
    "NotGrantedError",
    "Page",
    "Paging",
    "Query",
    "RateLimitedError",
    "ReadOnlyError",
    "RequestTimedOutError",
    "RetryPolicy",
    "ServerError",
    "SetupCache",
    "SystemInfo",
    "field",
]

_HOMES = {
    "ConnectWiseClient": "client",
    "Credentials": "auth",
    "RetryPolicy": "retry",
    "SetupCache": "cache",
    "SystemInfo": "client",
}


def __getattr__(name: str) -> Any:
    """Load what needs httpx when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
