"""Seeded randomness: one independent stream per purpose.

A stream is named, so that a new draw in one part of the world does not move the rest.
Seeding with text is stable across processes; ``hash`` is never used.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, name: str) -> Random:
    """A random stream that depends on seed and name only."""
    return Random(f"{seed}/{name}")  # noqa: S311  (simulation, not secrets)


def lognormal(rng: Random, median: float, sigma: float) -> float:
    """A log-normal draw with the given median."""
    return median * exp(rng.gauss(0.0, sigma))


def guid(rng: Random) -> str:
    """A random GUID in the API's lower-case form."""
    text = f"{rng.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` by weight into whole numbers that add up to it."""
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    shares = [total * weight / whole for weight in weights]
    result = [int(share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: (result[i] - shares[i], i))
    for index in by_rest[: total - sum(result)]:
        result[index] += 1
    return result


class Lottery(Generic[T]):
    """Draws items in proportion to their weights."""

    __slots__ = ("_bounds", "_items", "total")

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        self._items = items
        self._bounds = list(accumulate(weights))
        self.total = self._bounds[-1] if self._bounds else 0.0

    def draw(self, rng: Random) -> T:
        """One item."""
        at = bisect_right(self._bounds, rng.random() * self.total)
        return self._items[min(at, len(self._items) - 1)]
