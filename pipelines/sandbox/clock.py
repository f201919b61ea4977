"""The sandbox's own clock: it starts at a pinned instant and runs at real speed.

Whoever will not wait for it, as tests, moves it on by hand.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

STAMP = "%Y-%m-%dT%H:%M:%SZ"


class Clock:
    """Tells the sandbox's time.

    Args:
        start: the instant at which it starts, with a zone.
        elapsed: seconds on a monotonic clock; only tests give another.
    """

    def __init__(
        self, start: datetime, *, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._start = start.astimezone(UTC)
        self._elapsed = elapsed
        self._begin = elapsed()
        self._moved = timedelta()

    def advance(self, by: timedelta) -> None:
        """Move it on, as if so much time had gone by."""
        self._moved += by

    def now(self) -> datetime:
        """The sandbox's present, in UTC."""
        elapsed = timedelta(seconds=self._elapsed() - self._begin)
        return self._start + elapsed + self._moved

    def stamp(self) -> str:
        """The present as records have it, ``yyyy-MM-ddTHH:mm:ssZ``."""
        return self.now().strftime(STAMP)

    def http_date(self, skew: float = 0) -> str:
        """The present as a ``Date`` header has it, ``skew`` seconds off."""
        return format_datetime(self.now() + timedelta(seconds=skew), usegmt=True)
