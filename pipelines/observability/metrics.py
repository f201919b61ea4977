"""Counts of what the ConnectWise client did, from the events it hands to hooks.

A hook is any callable that takes an event: a frozen dataclass named after what
happened. ``EventCounts`` counts events by name and adds up the fields that carry a
unit in their name; it needs to know no event by type.
"""

import re
import threading
from collections import Counter
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNITS = ("seconds", "bytes", "count", "size")


@dataclass(slots=True)
class EventCounts:
    """Thread-safe counts; pass an instance as a hook of the client.

    Attributes:
        events: how often each event came, by snake-case name (``retry_planned``).
        totals: sums of fields with a unit, as ``retry_planned.wait_seconds``.
    """

    events: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self, event: object) -> None:
        """Count one event."""
        name = event_name(event)
        amounts = _amounts(event)
        with self._lock:
            self.events[name] += 1
            for key, amount in amounts.items():
                self.totals[f"{name}.{key}"] += amount

    def total(self, suffix: str) -> float:
        """Sum of every total whose field is ``suffix``, such as ``wait_seconds``."""
        with self._lock:
            return sum(
                amount
                for key, amount in self.totals.items()
                if key.partition(".")[2] == suffix
            )


def event_name(event: object) -> str:
    """``RetryPlanned(...)`` as ``retry_planned``."""
    return _WORD.sub("_", type(event).__name__).lower()


def _amounts(event: object) -> dict[str, Any]:
    if not is_dataclass(event):
        return {}
    values = ((item.name, getattr(event, item.name)) for item in fields(event))
    return {
        name: value
        for name, value in values
        if name.endswith(_UNITS) and isinstance(value, int | float)
    }
