"""Data that change while pages are read, come late, or hide for a while.

A meddler changes records through the sandbox at every few requests of the client, so
pages shift under the reader the same way each time. What a window cannot see is for
the nightly reconciliation to find: the tables must be right after it.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.ingest.reconcile import reconcile
from pipelines.observability.metrics import EventCounts, event_name
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.sandbox.changes import Editor
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import NamedFault, SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.faults.answers import IMPATIENT, conclude
from tests.faults.outcome import Outcome
from tests.faults.tenant import tenant
from tests.support.warehouses import extract

MEDDLED = ("/service/tickets", "/time/entries", "/company/contacts")
EVERY = 3
# Few enough deletes for the guard, which takes more for a fault.
WHAT = ("change",) * 14 + ("add",) * 5 + ("delete",)


@dataclass
class Meddler(EventCounts):
    """Counts the client's events, and changes the world at every third answer."""

    editor: Editor | None = None
    rng: random.Random = field(default_factory=random.Random)
    changes: int = 0
    _answers: int = 0

    def __call__(self, event: object) -> None:
        """Hear an event of the client."""
        super().__call__(event)
        if event_name(event) == "request_finished":
            self._answers += 1
            if self._answers % EVERY == 0:
                self.meddle()

    def meddle(self) -> None:
        """Change, add or delete one record of a large list."""
        assert self.editor
        path = self.rng.choice(MEDDLED)
        record = self._one_of(path)
        self.changes += 1
        match self.rng.choice(WHAT):
            case "change":
                self.editor.replace(path, record)
            case "add":
                self.editor.create(path, record)
            case "delete":
                self.editor.delete(path, record["id"])

    def _one_of(self, path: str) -> dict[str, Any]:
        assert self.editor
        rows = self.editor.store.query(
            "select id from records where path = ? order by id", (path,)
        )
        found = self.editor.store.find(path, self.rng.choice(rows)[0])
        assert found
        return dict(found)


def changing_underneath(store: Store, folder: Path, *, seed: int) -> Outcome:
    """Change, add and delete records all through a first load and an increment."""
    outcome = Outcome(f"data change underneath, seed {seed}")
    control = SandboxControl(SandboxOptions())
    with tenant(store, folder, control=control) as settings:
        meddler = _meddler(store, control, seed)
        for _ in range(2):
            extract(settings, retry=IMPATIENT, calls=meddler)
            control.advance(hours=1)
        extract(settings, retry=IMPATIENT)
        _nights(settings, control)
        conclude(outcome, settings, store, control)
        outcome.injected = meddler.changes
    return outcome


def late_rows(store: Store, folder: Path, *, seed: int) -> Outcome:
    """Half of the changes become visible up to 15 minutes after their time."""
    outcome = Outcome(f"rows up to 15 minutes late, seed {seed}")
    fault = NamedFault("late-rows", 0.5)
    control = SandboxControl(SandboxOptions(named_faults=(fault,), fault_seed=seed))
    with tenant(store, folder, control=control) as settings:
        extract(settings, retry=IMPATIENT)
        meddler = _meddler(store, control, seed)
        for _ in range(4):
            control.advance(minutes=5)
            extract(settings, retry=IMPATIENT)
            for _ in range(10):
                meddler.meddle()
        control.advance(minutes=30)
        extract(settings, retry=IMPATIENT)
        _nights(settings, control)
        conclude(outcome, settings, store, control)
    return outcome


def hidden_for_a_while(
    store: Store, folder: Path, *, fault: NamedFault, from_the_start: bool, seed: int
) -> Outcome:
    """A fault that hides rows or fields, from the first load on or later; then none."""
    when = "from the first load" if from_the_start else "after the first load"
    outcome = Outcome(f"{fault.name} {when}, seed {seed}")
    on: dict[str, Any] = {"named_faults": (fault,), "fault_seed": seed}
    control = SandboxControl(SandboxOptions(**(on if from_the_start else {})))
    with tenant(store, folder, control=control) as settings:
        extract(settings, retry=IMPATIENT)
        control.change(**on)
        meddler = _meddler(store, control, seed)
        for _ in range(30):
            meddler.meddle()
        control.advance(hours=1)
        extract(settings, retry=IMPATIENT)
        _nights(settings, control)
        control.change(named_faults=())
        control.advance(hours=1)
        extract(settings, retry=IMPATIENT)
        _nights(settings, control)
        conclude(outcome, settings, store, control)
        outcome.injected = max(outcome.injected, meddler.changes)
    return outcome


def _meddler(store: Store, control: SandboxControl, seed: int) -> Meddler:
    return Meddler(editor=Editor(store, control), rng=random.Random(seed))


def _nights(settings: Settings, control: SandboxControl) -> None:
    """Two nights, each with its reconciliation and the reading after it."""
    for _ in range(2):
        control.advance(days=1)
        with opened(
            settings, progress=SilentProgress(), ledger=Ledger(), retry=IMPATIENT
        ) as session:
            reconcile(session.sync)
        extract(settings, retry=IMPATIENT)
