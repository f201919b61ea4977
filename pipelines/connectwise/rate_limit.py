"""One limiter for all threads of a client.

A token bucket spaces requests, and no span of a minute gets more of them than the
rate: a burst at the start would otherwise come on top. A 429 seen by one thread pauses
every other. Waiting goes through the ``sleep`` that was handed in, so that tests need
no real time.
"""

import threading
from collections import deque
from collections.abc import Callable

from pyrate_limiter import Duration, Rate, RateItem, StateBucket, TokenBucket

_BURST_SHARE = 10
# A minute, and what requests may lose of it on their way to the server.
_SPAN_SECONDS = 60.5


class RateLimiter:
    """Spaces calls to ``per_minute``; None never spaces, but still pauses.

    The burst is a tenth of the rate, so the first minute stays near the rate as well.
    """

    def __init__(
        self,
        per_minute: int | None,
        *,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._paused_until = float("-inf")
        self._bucket = None if per_minute is None else _bucket_of(per_minute)
        self._due: deque[float] = deque(maxlen=per_minute)

    def acquire(self) -> float:
        """Wait for this call's turn; seconds waited."""
        return self._wait_out_pauses() + self._wait_for_token()

    def pause(self, seconds: float) -> None:
        """Hold back every thread for ``seconds`` from now."""
        with self._lock:
            until = self._monotonic() + seconds
            self._paused_until = max(self._paused_until, until)

    def _wait_out_pauses(self) -> float:
        waited, served = 0.0, float("-inf")
        while True:
            with self._lock:
                until, now = self._paused_until, self._monotonic()
            if until <= max(now, served):
                return waited
            self._sleep(until - now)
            waited, served = waited + until - now, until

    def _wait_for_token(self) -> float:
        if self._bucket is None:
            return 0.0
        with self._lock:
            now = self._monotonic()
            seconds = max(_reserve(self._bucket, at=now), self._left_of_span(now))
            self._due.append(now + seconds)
        if seconds:
            self._sleep(seconds)
        return seconds

    def _left_of_span(self, now: float) -> float:
        """Seconds until the span that began a full rate of calls ago is over."""
        if len(self._due) < (self._due.maxlen or 0):
            return 0.0
        return max(0.0, self._due[0] + _SPAN_SECONDS - now)


def _bucket_of(per_minute: int) -> StateBucket:
    burst = max(1, per_minute // _BURST_SHARE)
    return StateBucket([Rate(per_minute, Duration.MINUTE, burst)], TokenBucket())


def _reserve(bucket: StateBucket, *, at: float) -> float:
    """Take the next free token, maybe one of the future; seconds until it is due."""
    now = int(at * 1000)
    item = RateItem("connectwise", now)
    while not bucket.put(item):
        wait = bucket.waiting(item)
        item = RateItem("connectwise", item.timestamp + max(1, _known(wait)))
    return (item.timestamp - now) / 1000


def _known(wait: object) -> int:
    if isinstance(wait, int):
        return wait
    raise TypeError("The token bucket in memory answers at once.")
