"""The hand on a running sandbox: options that change, its clock, and who listens.

``process.serving`` takes a ``SandboxControl``; what a test changes through it counts
from the next request on. Options that belong to the start (``tls``, ``now``) do
nothing afterwards.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, Protocol

from pipelines.sandbox.callbacks.centre import Callbacks
from pipelines.sandbox.callbacks.deliveries import Deliveries
from pipelines.sandbox.clock import Clock
from pipelines.sandbox.options import SandboxOptions

Action = Literal["added", "updated", "deleted"]


class Listener(Protocol):
    """Somebody who is told of every change that is made through the sandbox."""

    def on_change(
        self,
        entity_type: str,
        record_id: int,
        action: Action,
        record: Mapping[str, Any] | None,
    ) -> None:
        """Hear of a change, in the thread that made it.

        Args:
            entity_type: the vendor's callback type (``ticket``, ``time``, …), or a
                name of that kind for what has no callback (``ticketnote``).
            record_id: the record's id.
            action: what happened to it.
            record: its new form without links; None where it is deleted.
        """


class SandboxControl:
    """Options, clock and listeners of one sandbox, shared with whoever drives it.

    The first listener are its callbacks; ``deliveries`` says how those are sent.
    """

    def __init__(
        self,
        options: SandboxOptions | None = None,
        *,
        deliveries: Deliveries | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._options = options or SandboxOptions()
        self.callbacks = Callbacks(
            company_id=self._options.company_id, deliveries=deliveries
        )
        self._listeners: tuple[Listener, ...] = (self.callbacks,)
        self._faults: Counter[str] = Counter()
        self.clock = clock or Clock(self._options.now)

    @property
    def options(self) -> SandboxOptions:
        """The options that count now."""
        return self._options

    @property
    def faults_injected(self) -> Mapping[str, int]:
        """How often each fault has hit so far."""
        return dict(self._faults)

    def count_fault(self, name: str) -> None:
        """Note that a fault has hit."""
        self._faults[name] += 1

    def change(self, **changes: Any) -> None:
        """Set options by their names, as ``change(api_version="2026.4")``."""
        self._options = replace(self._options, **changes)

    def advance(self, **time: float) -> None:
        """Move the clock on, as ``advance(minutes=15)``."""
        self.clock.advance(timedelta(**time))

    def listen(self, listener: Listener) -> None:
        """Tell ``listener`` of every change from now on."""
        self._listeners = (*self._listeners, listener)

    def tell(
        self,
        entity_type: str,
        record_id: int,
        action: Action,
        record: Mapping[str, Any] | None,
    ) -> None:
        """Tell every listener of a change."""
        for listener in self._listeners:
            listener.on_change(entity_type, record_id, action, record)
