"""A small cache for set-up tables, which change once a month and are read often.

Only calls that ask for it are cached, as bytes: every caller decodes its own copy.
Facts (tickets, time, invoices) do not belong here.
"""

import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeAlias

from cachetools import TTLCache

Key: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


class SetupCache:
    """Bodies by path and parameters, for ``ttl_seconds``; safe between threads."""

    def __init__(
        self,
        *,
        ttl_seconds: float = 300.0,
        size: int = 256,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self._lock = threading.Lock()
        self._bodies: TTLCache[Key, bytes] = TTLCache(size, ttl_seconds, timer)

    def get(self, key: Key, load: Callable[[], bytes]) -> bytes:
        """The body under ``key``, loaded if absent or too old.

        Two threads may load the same key at once; neither waits for the other.
        """
        with self._lock:
            body = self._bodies.get(key)
        if body is None:
            body = load()
            with self._lock:
                self._bodies[key] = body
        return body
