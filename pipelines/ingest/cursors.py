"""Windows on ``lastUpdated``: where the last one ended, where the next one reaches.

A window reaches back over its predecessor by the overlap, for late commits, and is
closed on top by the server's own clock, so records that change while pages are read
belong to the next one. The end of a window is dlt state: it is stored in the same
load package as the window's rows, so it moves only when all of them have landed. With
it goes the shape of the tables and the API's edition: a model that has learnt a field,
or an API that gives more of them, begins anew, or older records would lack it for ever.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pipelines.connectwise import Condition, field

STATE_KEY = "window_end"
SHAPE_KEY = "shape"
OVERLAP_KEY = "overlap_minutes"
# A record that shows itself later than this is found by the next sweep again.
WIDEST_OVERLAP = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Window:
    """From ``lower`` (``None``: from the beginning) to ``upper``, both included.

    ``shape`` is the fingerprint of the tables that the window is read into.
    """

    lower: datetime | None
    upper: datetime
    shape: str

    @property
    def conditions(self) -> Condition | None:
        """The window as ConnectWise conditions; ``None`` for the first one.

        The first window asks for everything, also for records that carry no
        ``lastUpdated`` and so match no condition on it; what changes meanwhile comes
        again in the second one.
        """
        if self.lower is None:
            return None
        changed = field("lastUpdated")
        return (changed >= self.lower) & (changed <= self.upper)


def shape_key(fingerprint: str, edition: str) -> str:
    """What a window's rows look like: the tables' shape, and the API's edition."""
    return f"{fingerprint}@{edition}"


def former_edition(state: Mapping[str, Any], shape: str) -> str | None:
    """The edition that the last window met, if it was not that of ``shape``."""
    before = str(state.get(SHAPE_KEY, "")).partition("@")[2]
    return before if before and before != shape.partition("@")[2] else None


def next_window(
    state: Mapping[str, Any], *, shape: str, server_now: datetime, overlap: timedelta
) -> Window:
    """The window to read now, given an entity's dlt state and its tables' shape."""
    upper = server_now.astimezone(UTC).replace(microsecond=0)
    end = state.get(STATE_KEY)
    if end is None:
        return Window(None, upper, shape)
    reached = datetime.fromisoformat(end)
    same = state.get(SHAPE_KEY) == shape
    overlap = max(overlap, timedelta(minutes=state.get(OVERLAP_KEY, 0)))
    return Window(reached - overlap if same else None, max(reached, upper), shape)


def remember(window: Window, state: MutableMapping[str, Any]) -> None:
    """Note in an entity's dlt state that ``window`` was read to its end."""
    state[STATE_KEY] = window.upper.isoformat()
    state[SHAPE_KEY] = window.shape


def raise_overlap(state: MutableMapping[str, Any], *, overlap: timedelta) -> int:
    """Let windows reach back twice as far from now on; the minutes.

    Args:
        state: an entity's dlt state.
        overlap: what the settings say; records came later than it reaches.
    """
    now = max(overlap, timedelta(minutes=state.get(OVERLAP_KEY, 0)))
    wider = min(max(2 * now, timedelta(minutes=1)), WIDEST_OVERLAP)
    minutes = int(max(wider, now).total_seconds() // 60)
    state[OVERLAP_KEY] = minutes
    return minutes


def forget_window(state: MutableMapping[str, Any]) -> None:
    """Let the next window begin anew: older records hold what was never read."""
    state[SHAPE_KEY] = ""


def is_behind(state: Mapping[str, Any], moment: datetime) -> bool:
    """A window that reached to ``moment`` has been read already."""
    end = state.get(STATE_KEY)
    return end is not None and moment <= datetime.fromisoformat(end)
