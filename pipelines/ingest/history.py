"""The older part of a large list, read after the newest part has been published.

A first load of many records reads what changed lately, and the rest afterwards in
ranges of ids from the newest down; no date narrows those, for records without
``lastUpdated`` match none. How far down it came is dlt state of the same load package
as the rows, so a run that is killed goes on below the last range that landed.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from pipelines.connectwise import Query, field
from pipelines.connectwise.parallel import ParallelReader
from pipelines.connectwise.ranges import IdRange
from pipelines.ingest.loading import SOURCE_NAME
from pipelines.ingest.run import SyncRun

KEY = "history"
FLOOR = "history_floor"
# So many records make one load package, more or less.
_PACKAGE_ROWS = 100_000
_RANGES = 8


@dataclass(frozen=True, slots=True)
class History:
    """Ids up to ``unread`` and above ``floor`` are still to be read.

    ``width`` is how many ids one package takes, ``since`` what the newest part begins
    with.
    """

    unread: int
    floor: int
    width: int
    since: str

    @property
    def bottom(self) -> int:
        """The id that the next package reads down to."""
        return max(self.floor, self.unread - self.width)

    def ranges(self) -> list[IdRange]:
        """The next package's ranges of ids, the newest first."""
        step = -(-(self.unread - self.bottom) // _RANGES)
        tops = range(self.unread, self.bottom, -step)
        return [IdRange(max(self.bottom, top - step), top) for top in tops]

    def store(self, state: MutableMapping[str, Any]) -> None:
        """Write it to an entity's dlt state; one that is done leaves its floor."""
        if self.unread > self.floor:
            state[KEY] = asdict(self)
            return
        state.pop(KEY, None)
        if self.floor:
            state[FLOOR] = self.floor

    def after_package(self) -> "History":
        """What is left when the next package has landed."""
        return replace(self, unread=self.bottom)


def open_history(state: Mapping[str, Any]) -> History | None:
    """What is left of an entity's history; ``None`` where nothing is."""
    stored = state.get(KEY)
    return History(**stored) if stored else None


def open_entities(run: SyncRun) -> Mapping[str, History]:
    """Lists whose history is not complete, with what is left of it."""
    states = run.destination.resource_states(SOURCE_NAME)
    found = {name: open_history(state) for name, state in states.items()}
    return {name: history for name, history in found.items() if history}


def floors(run: SyncRun) -> Mapping[str, int]:
    """Lists that were read down to an id only, and that id."""
    states = run.destination.resource_states(SOURCE_NAME)
    found = {name: int(state.get(FLOOR, 0)) for name, state in states.items()}
    return {name: floor for name, floor in found.items() if floor}


def sentences(waiting: Mapping[str, History]) -> Iterator[str]:
    """What is still to come, for people; nothing where all is there."""
    if waiting:
        day = max(one.since for one in waiting.values())[:10]
        yield (
            f"History still loading from before {day}: of {', '.join(sorted(waiting))} "
            "only what changed since then is there yet, and reports say so."
        )


def opened(
    reader: ParallelReader, *, records: int, since: datetime, back_to: datetime | None
) -> History | None:
    """The history below a list's newest part, before that part is read.

    Args:
        reader: of the list.
        records: how many there are.
        since: what the newest part begins with.
        back_to: records entered earlier stay unread; ``None`` reads all.
    """
    bounds = reader.id_bounds()
    if bounds is None:
        return None
    lowest, highest = bounds
    width = max(_RANGES, (highest - lowest + 1) * _PACKAGE_ROWS // max(1, records))
    floor = 0 if back_to is None else _first_entered(reader, back_to, highest) - 1
    return History(highest, floor, width, since.isoformat())


def _first_entered(reader: ParallelReader, since: datetime, highest: int) -> int:
    query = Query(conditions=field("dateEntered") >= since).params()
    params: dict[str, str | int | bool] = {**query, "orderBy": "id asc", "pageSize": 1}
    rows: Sequence[Mapping[str, Any]] = reader.client.get(reader.path, params=params)
    return int(rows[0]["id"]) if rows else highest + 1
