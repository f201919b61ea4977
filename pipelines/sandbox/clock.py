"""The sandbox's own clock: it starts at a pinned instant and runs at real speed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


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

    def now(self) -> datetime:
        """The sandbox's present, in UTC."""
        return self._start + timedelta(seconds=self._elapsed() - self._begin)

    def http_date(self) -> str:
        """The present as a ``Date`` header has it."""
        return format_datetime(self.now(), usegmt=True)
