"""Dirt: the flaws of real tenants, spread over the records and counted.

Each kind has a quota per profile. Kinds are spread evenly over the stream of records
they may fall on; where a record does not suit, the next one takes it. Every record
touched is listed in the manifest, at most ``LISTED`` ids per kind, beside the count.
"""

from collections import deque
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from pipelines.sandbox.generate.records import Json

LISTED = 5_000

# Applies one kind to a record; says whether the record suited.
Flaw = Callable[[Json], bool]


class DirtLog:
    """Counts what was made dirty, by kind and list path."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._found: dict[str, dict[str, Any]] = {}

    def quota(self, plain: int) -> int:
        """A quota for this profile, at least one."""
        return max(1, round(plain * self._scale))

    def note(self, kind: str, path: str, record_id: int) -> None:
        """Count one dirty record."""
        entry = self._found.setdefault(kind, {"path": path, "count": 0, "ids": []})
        entry["count"] += 1
        if len(entry["ids"]) < LISTED:
            entry["ids"].append(record_id)

    def ids(self, kind: str) -> list[int]:
        """Ids noted so far."""
        found: list[int] = self._found.get(kind, {"ids": []})["ids"]
        return found

    def manifest(self) -> dict[str, Any]:
        """Kind → path, count, ids."""
        return dict(sorted(self._found.items()))


class Spill:
    """Spreads flaws over one stream of records of a known length."""

    def __init__(
        self,
        log: DirtLog,
        path: str,
        flaws: Mapping[str, tuple[int, Flaw]],
        *,
        total: int,
        rng: Random,
    ) -> None:
        self._log = log
        self._path = path
        self._flaws = {kind: flaw for kind, (_, flaw) in flaws.items()}
        self._due: deque[str] = deque()
        self._seen = 0
        self._spots: dict[int, list[str]] = {}
        for kind, (quota, _) in flaws.items():
            for _ in range(log.quota(quota)):
                # The last tenth is left free for those that did not suit.
                spot = rng.randrange(max(1, int(total * 0.9)))
                self._spots.setdefault(spot, []).append(kind)

    def over(self, record: Json) -> None:
        """Let the record pass by; it may come out dirty."""
        self._due.extend(self._spots.pop(self._seen, ()))
        self._seen += 1
        for _ in range(min(len(self._due), 3)):
            kind = self._due.popleft()
            if self._flaws[kind](record):
                self._log.note(kind, self._path, record["id"])
                return
            self._due.append(kind)
