"""What the client tells its hooks, as frozen records.

A hook is any callable that takes one event; logging and metrics are hooks. The client
itself imports neither. Hooks run in the thread that makes the call and must be quick.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from pipelines.connectwise.calls import Call


@dataclass(frozen=True, slots=True)
class RequestFinished:
    """An answer arrived; ``size`` is the body's bytes after decompression."""

    call: Call
    status: int
    seconds: float
    size: int
    request_id: str | None


@dataclass(frozen=True, slots=True)
class RetryScheduled:
    """Attempt number ``attempt`` failed; the next follows after ``wait_seconds``."""

    call: Call
    attempt: int
    wait_seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class RateLimitWaited:
    """A call was held back by our own limiter or by another thread's 429."""

    call: Call
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class PageSizeReduced:
    """The server could not answer a page of ``before`` rows; ``after`` are asked."""

    call: Call
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PagingFellBack:
    """The endpoint does not know forward-only paging; keyset paging takes over."""

    call: Call


@dataclass(frozen=True, slots=True)
class ApiAddressChanged:
    """Company info names another codebase: the tenant was upgraded."""

    before: str
    after: str


Event: TypeAlias = (
    RequestFinished
    | RetryScheduled
    | RateLimitWaited
    | PageSizeReduced
    | PagingFellBack
    | ApiAddressChanged
)
Hook: TypeAlias = Callable[[Event], None]
