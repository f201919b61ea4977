"""A long list cut into parts that may be read at the same time.

Ranges of ids do not move while records change, and each is forward-only in itself, so
a first load reads them side by side. Spans of time do the same for a window that has
grown too wide. How many are read at once is ``concurrency.py``'s business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.connectwise.conditions import Condition, field


@dataclass(frozen=True, slots=True)
class IdRange:
    """Ids above ``after`` up to ``up_to``; ``None`` leaves the top open."""

    after: int
    up_to: int | None

    @property
    def condition(self) -> Condition:
        """The range as ConnectWise conditions."""
        above = field("id") > self.after
        return above if self.up_to is None else above & (field("id") <= self.up_to)


def id_ranges(lowest: int, highest: int, *, pieces: int) -> list[IdRange]:
    """``lowest`` to ``highest`` in about ``pieces`` ranges, the newest first.

    The first one is open on top, for records that are added meanwhile, and the last
    one begins at nothing, so that a wrong bound costs time and no record.
    """
    width = max(1, -(-(highest - lowest + 1) // pieces))
    starts = range(lowest - 1, highest, width)
    ranges = [IdRange(start, start + width) for start in starts]
    ranges[0] = IdRange(0, ranges[0].up_to)
    ranges[-1] = IdRange(ranges[-1].after, None)
    return ranges[::-1]


def time_spans(
    lower: datetime, upper: datetime, *, pieces: int
) -> Sequence[tuple[datetime, datetime]]:
    """``lower`` to ``upper`` in ``pieces`` spans that touch, whole seconds each."""
    step = (upper - lower) / pieces
    cuts = [(lower + step * n).replace(microsecond=0) for n in range(pieces)]
    return list(zip(cuts, [*cuts[1:], upper], strict=True))
