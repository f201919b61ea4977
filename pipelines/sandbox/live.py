"""Live mode: the world goes on while it is served, so many events a minute.

Which event comes next is drawn by seed, so the same world lives on in the same way;
when it comes is the sandbox clock's business: ``catch_up`` makes all that are due,
``running`` does so in a thread. What an event does is in ``live_events``.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipelines.sandbox.changes import Editor
from pipelines.sandbox.clock import STAMP
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.errors import Refusal
from pipelines.sandbox.live_events import Events
from pipelines.sandbox.live_invoices import bill
from pipelines.sandbox.seeds import draw
from pipelines.sandbox.store import Store

_ZONE = "America/New_York"
_LONGEST_REST = 1.0
# Of a thousand events; a custom field or a role changes now and then.
_SHARES = (
    ("note", 300),
    ("status", 240),
    ("time", 200),
    ("ticket", 130),
    ("close", 100),
    ("merge", 10),
    ("delete", 9),
    ("conversion", 6),
    ("custom_field", 3),
    ("role", 2),
)


class Live:
    """The life of one store under one control's clock and options."""

    def __init__(self, store: Store, control: SandboxControl) -> None:
        self._store = store
        self._control = control
        self._editor = Editor(store, control)
        self._begin = self._today = control.clock.now()
        self._made = 0
        self._zone = ZoneInfo(store.manifest().get("reporting_time_zone", _ZONE))
        self._events = Events(self._editor, seed=control.options.live_seed)

    @property
    def events_made(self) -> int:
        """How many events there have been, invoice runs not counted."""
        return self._made

    def catch_up(self) -> None:
        """Make every event that is due by the sandbox clock's present."""
        now = self._control.clock.now()
        due = int((now - self._begin) / self._between())
        while self._made < due:
            self._make_next()
        self._bill_days_until(now)

    def seconds_to_next(self) -> float:
        """How long nothing is due."""
        following = self._begin + self._between() * (self._made + 1)
        return max(0.0, (following - self._control.clock.now()).total_seconds())

    def _between(self) -> timedelta:
        return timedelta(minutes=1) / self._control.options.live_per_minute

    def _make_next(self) -> None:
        kind = kind_of(self._control.options.live_seed, self._made)
        # Somebody may have removed over HTTP what the event needs: then it fails there.
        with self._store.alone(), suppress(Refusal):
            self._events.make(kind, self._made)
        self._made += 1

    def _bill_days_until(self, now: datetime) -> None:
        """An invoice run for every local midnight that has gone by."""
        if self._local_day(now) == self._local_day(self._today):
            return
        with self._store.alone():
            bill(self._editor, since=self._begin.strftime(STAMP))
        self._today = now

    def _local_day(self, at: datetime) -> str:
        return at.astimezone(self._zone).date().isoformat()


def kind_of(seed: int, number: int) -> str:
    """Kind of the event with this number."""
    place = draw(seed, "kind", number) * sum(share for _, share in _SHARES)
    for kind, share in _SHARES:
        place -= share
        if place < 0:
            return kind
    return _SHARES[0][0]


@contextmanager
def running(store: Store, control: SandboxControl) -> Iterator[None]:
    """Let the world live while the block runs, if the options say so."""
    if not control.options.live_per_minute:
        yield
        return
    live, ended = Live(store, control), threading.Event()

    def go_on() -> None:
        while not ended.wait(min(live.seconds_to_next(), _LONGEST_REST)):
            live.catch_up()

    thread = threading.Thread(target=go_on, daemon=True, name="sandbox-live")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
