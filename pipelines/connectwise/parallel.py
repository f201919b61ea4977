"""Long lists read side by side: by ranges of ids, or by spans of ``lastUpdated``.

A list that fits in a few pages is read one page after the other; a longer one is
counted, cut (``ranges.py``) and read in threads (``concurrency.py``). Pages come as
they arrive, numbered as one list's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from pipelines.connectwise.client import ConnectWiseClient
from pipelines.connectwise.concurrency import in_parallel
from pipelines.connectwise.conditions import Condition, field
from pipelines.connectwise.listing import renumbered
from pipelines.connectwise.pagination import Page, Paging
from pipelines.connectwise.query import Query
from pipelines.connectwise.ranges import IdRange, id_ranges, time_spans

# Shorter lists are not worth two more requests for their bounds.
_SERIAL_PAGES = 4
_PAGES_OF_A_RANGE = 5


@dataclass(frozen=True, slots=True)
class ParallelReader:
    """Reads one list with up to ``workers`` requests at a time."""

    client: ConnectWiseClient
    path: str
    workers: int

    def whole(self) -> Iterator[Page]:
        """Every record, also those without ``lastUpdated``.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``, while iterating.
        """
        pieces = self._pieces(None)
        bounds = self.id_bounds() if pieces > 1 else None
        if bounds is None:
            return self._serial(None)
        return self.ranges(id_ranges(*bounds, pieces=pieces))

    def window(self, lower: datetime, upper: datetime) -> Iterator[Page]:
        """Records that changed from ``lower`` to ``upper``, both included.

        A record may come twice where two spans touch.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``, while iterating.
        """
        changed = _changed(lower, upper)
        pages = self._serial(changed)
        first = next(pages)
        yield first
        pieces = self._pieces(changed) if _is_full(first, self.client) else 1
        if pieces == 1:
            yield from pages
            return
        spans = time_spans(lower, upper, pieces=pieces)
        for page in self._side_by_side([_changed(*span) for span in spans]):
            yield replace(page, number=page.number + first.number)

    def ranges(self, ranges: Sequence[IdRange]) -> Iterator[Page]:
        """The records of some ranges of ids."""
        return self._side_by_side([one.condition for one in ranges])

    def id_bounds(self) -> tuple[int, int] | None:
        """The lowest and the highest id; ``None`` for an empty list."""
        ends = [self._end(order) for order in ("id asc", "id desc")]
        if ends[0] is None or ends[1] is None:
            return None
        return ends[0], ends[1]

    def _end(self, order: str) -> int | None:
        params: dict[str, str | int | bool] = {"orderBy": order, "pageSize": 1}
        rows = self.client.get(self.path, params=params)
        return int(rows[0]["id"]) if rows else None

    def _pieces(self, condition: Condition | None) -> int:
        count = self.client.count(self.path, query=Query(conditions=condition))
        pages = -(-count // self.client.page_size)
        if pages <= _SERIAL_PAGES:
            return 1
        return max(self.workers, -(-pages // _PAGES_OF_A_RANGE))

    def _side_by_side(self, conditions: Sequence[Condition]) -> Iterator[Page]:
        jobs: list[Callable[[], Iterator[Page]]] = [
            partial(self._serial, condition) for condition in conditions
        ]
        # A page is some megabytes: no more wait than are on their way.
        pages = in_parallel(jobs, workers=self.workers, ahead=self.workers)
        return renumbered(pages)

    def _serial(self, condition: Condition | None) -> Iterator[Page]:
        query = Query(conditions=condition)
        return self.client.iter_pages(
            self.path, query=query, paging=Paging.FORWARD_ONLY
        )


def _changed(lower: datetime, upper: datetime) -> Condition:
    changed = field("lastUpdated")
    return (changed >= lower) & (changed <= upper)


def _is_full(page: Page, client: ConnectWiseClient) -> bool:
    return page.row_count >= client.page_size
