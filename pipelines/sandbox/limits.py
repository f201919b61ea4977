"""The request limit: so many requests in any minute, then 429 with Retry-After.

ConnectWise names about a thousand a minute and publishes no quota headers, so none
are sent here either.
"""

import math
import time
from collections import deque
from collections.abc import Callable

_WINDOW_SECONDS = 60.0


class RateLimit:
    """A sliding window of one minute over all clients.

    Args:
        elapsed: seconds on a monotonic clock; only tests give another.
    """

    def __init__(self, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._answered: deque[float] = deque()

    def seconds_to_wait(self, per_minute: int | None) -> int | None:
        """Count a request; whole seconds until the next may come if it is refused.

        Args:
            per_minute: requests that are answered within a minute; None for all.
        """
        if per_minute is None:
            return None
        now = self._elapsed()
        while self._answered and self._answered[0] <= now - _WINDOW_SECONDS:
            self._answered.popleft()
        if len(self._answered) < per_minute:
            self._answered.append(now)
            return None
        return max(1, math.ceil(self._answered[0] + _WINDOW_SECONDS - now))
