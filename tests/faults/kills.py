"""``kill -9`` at random points of a first load and of an increment, and disks full.

Each function hurts one extraction, lets the next one recover, and tells what was
injected and which entities differ from the sandbox's store afterwards.
"""

import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.faults.outcome import Outcome
from tests.faults.tenant import tenant
from tests.support.comparison import differing, missing_rows
from tests.support.warehouses import extract
from tests.support.worlds import NOW, copy_of

GAVE_UP = 3  # The victim's exit code when the product ended in a sentence.
LATER = NOW + timedelta(hours=1)
CHANGED_AT = "2026-03-31T21:30:00Z"
_TOUCHED = ("/service/tickets", "/time/entries", "/company/companies")


@dataclass(frozen=True, slots=True)
class Events:
    """How many events an unharmed extraction causes."""

    first_load: int
    increment: int


@cache
def events_of(world: Path, scratch: Path) -> Events:
    """The events of a first load of ``world``, and of an increment after it."""
    folder = scratch / "unharmed"
    counts = []
    with copy_of(world, folder / "tenant") as store:
        for now in (NOW, LATER):
            options = SandboxOptions(now=now)
            with tenant(store, folder / "warehouse", options=options) as settings:
                done = victim(settings, folder=folder / "warehouse")
            counts.append(int(done.stdout.split()[-1]))
            change(store, seed=0)
    shutil.rmtree(folder)
    return Events(*counts)


def victim(
    settings: Settings, *, folder: Path, options: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    """One extraction of ``settings``' tenant in a process of its own."""
    module = [sys.executable, "-m", "tests.faults.victim"]
    return subprocess.run(
        [*module, str(folder), str(settings.tenant.base_url), *options],
        capture_output=True,
        text=True,
        check=False,
    )


def killed_first_load(
    store: Store, folder: Path, *, seed: int, events: Events
) -> Outcome:
    """Kill a first load at a random point, then extract once more."""
    outcome = Outcome(f"kill -9 in a first load, seed {seed}")
    at = random.Random(seed).randrange(1, events.first_load)
    with tenant(store, folder) as settings:
        _kill(settings, folder, at=at, outcome=outcome)
        extract(settings)
        outcome.differing = differing(settings, store)
        outcome.lost = missing_rows(settings, store)
    return outcome


def killed_increment(
    store: Store, folder: Path, *, seed: int, events: Events
) -> Outcome:
    """Load all, change 1 % and delete from lists, kill the increment, go on."""
    outcome = Outcome(f"kill -9 in an increment, seed {seed}")
    with tenant(store, folder) as settings:
        extract(settings)
    change(store, seed=seed)
    # Not at the very end, which another seed's changes may not reach.
    at = random.Random(seed).randrange(1, events.increment * 9 // 10)
    with tenant(store, folder, options=SandboxOptions(now=LATER)) as settings:
        _kill(settings, folder, at=at, outcome=outcome)
        extract(settings)
        outcome.differing = differing(settings, store)
        outcome.lost = missing_rows(settings, store)
    return outcome


def full_disk(store: Store, folder: Path, *, limit: int) -> Outcome:
    """Let no file grow beyond ``limit`` bytes, then give the space back."""
    outcome = Outcome(f"disk full, files end at {limit // 1024:,} KiB")
    with tenant(store, folder) as settings:
        option = ("--file-limit", str(limit))
        done = victim(settings, folder=folder, options=option)
        _note(done, outcome)
        extract(settings)
        outcome.differing = differing(settings, store)
        outcome.lost = missing_rows(settings, store)
    return outcome


def change(store: Store, *, seed: int) -> None:
    """Touch one record in a hundred of the large lists; shorten lists of companies."""
    rng = random.Random(seed)
    for path in _TOUCHED:
        records = list(store.records(path))
        chosen = rng.sample(records, max(1, len(records) // 100))
        for record in chosen:
            if "types" in record:
                record["types"] = record["types"][:1]
            store.put(path, record)
        store.touch(path, [record["id"] for record in chosen], CHANGED_AT)


def _kill(settings: Settings, folder: Path, *, at: int, outcome: Outcome) -> None:
    done = victim(settings, folder=folder, options=("--die-at", str(at)))
    outcome.injected += done.returncode == -signal.SIGKILL
    outcome.failed_runs += done.returncode != 0


def _note(done: "subprocess.CompletedProcess[str]", outcome: Outcome) -> None:
    failed = done.returncode != 0
    outcome.injected += failed
    outcome.failed_runs += failed
    said = done.stdout if done.returncode == GAVE_UP else done.stderr
    outcome.said.append(said.strip().splitlines()[-1] if failed else "")
