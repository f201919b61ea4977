"""When a call is sent again, and after how long.

Only what may be repeated is: connection faults, time-outs, 429, server-side time-outs,
502 to 504, and bodies that are not complete JSON. The vendor's guide asks for jittered
exponential backoff from 200-500 ms; the floor and cap of 429 come from a live tenant,
where a cool-down of 30 s outlived three short retries.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, stop_after_attempt

from pipelines.connectwise.errors import ConnectWiseError, RateLimitedError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Numbers of the retry rule; all waits are seconds.

    ``first_contact_attempts`` bounds the wait of a person who mistyped a host.
    ``attempts_before_smaller_page`` is how often one page size is tried before fewer
    rows are asked. ``sleep``, ``monotonic`` and ``jitter`` (0 to 1) are replaceable.
    """

    attempts: int = 8
    first_contact_attempts: int = 3
    attempts_before_smaller_page: int = 2
    base_seconds: float = 0.5
    cap_seconds: float = 60.0
    rate_limit_floor_seconds: float = 30.0
    rate_limit_cap_seconds: float = 180.0
    rate_limit_jitter_seconds: float = 5.0
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def wait_seconds(self, attempt: int, error: BaseException | None) -> float:
        """How long to wait after failed attempt number ``attempt`` (from 1)."""
        asked = getattr(error, "retry_after", None) or 0.0
        if isinstance(error, RateLimitedError):
            floored = max(self.rate_limit_floor_seconds, asked)
            capped = min(self.rate_limit_cap_seconds, floored)
            return capped + self.rate_limit_jitter_seconds * self.jitter()
        backoff = min(self.cap_seconds, self.base_seconds * 2.0 ** (attempt - 1))
        jittered = backoff * (0.5 + self.jitter() / 2)
        return max(jittered, min(asked, self.rate_limit_cap_seconds))


def with_retries(
    policy: RetryPolicy,
    send: Callable[[], T],
    *,
    attempts_for: Callable[[ConnectWiseError], int],
    before_wait: Callable[[ConnectWiseError, int, float], None],
) -> T:
    """Call ``send`` until it answers, or until its error may not be repeated.

    Args:
        policy: the numbers.
        send: one attempt.
        attempts_for: most attempts that this error deserves.
        before_wait: told (error, attempt, seconds) before each wait.

    Raises:
        ConnectWiseError: the last attempt's, with its ``attempts`` filled in.
    """

    def repeatable(state: RetryCallState) -> bool:
        error = _error_of(state)
        if error is None:
            return False
        error.attempts = state.attempt_number
        return error.retryable and state.attempt_number < attempts_for(error)

    def tell(state: RetryCallState) -> None:
        error = _error_of(state)
        if error is not None:
            before_wait(error, state.attempt_number, state.upcoming_sleep)

    return Retrying(
        retry=repeatable,
        stop=stop_after_attempt(policy.attempts),
        wait=lambda s: policy.wait_seconds(s.attempt_number, _error_of(s)),
        sleep=policy.sleep,
        before_sleep=tell,
        reraise=True,
    )(send)


def _error_of(state: RetryCallState) -> ConnectWiseError | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, ConnectWiseError) else None
