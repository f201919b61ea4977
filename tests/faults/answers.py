"""Answers that are broken, late or refused, at a seeded share of all requests.

Extraction is tried again until a run gets through, then once more without faults.
Nobody waits: the client's retries take no time.
"""

from pathlib import Path

from pipelines.connectwise import RetryPolicy
from pipelines.errors import PipelinesError
from pipelines.orchestration.errors import readable
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import NamedFault, SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.faults.outcome import Outcome
from tests.faults.tenant import tenant
from tests.support.comparison import differing, missing_rows
from tests.support.warehouses import extract

IMPATIENT = RetryPolicy(sleep=lambda _seconds: None)
SHARE = 0.1
MOST_RUNS = 12

BROKEN = ("reset", "timeout", "html", "empty", "truncated")
STORMS = ("storm", "storm-date", "storm-silent")


def broken_answers(
    store: Store, folder: Path, *, kinds: tuple[str, ...], seed: int
) -> Outcome:
    """A first load and an increment while a share of the answers is broken.

    ``kinds`` share it among themselves.
    """
    outcome = Outcome(f"{', '.join(kinds)} in {SHARE:.0%} of answers, seed {seed}")
    share = SHARE / len(kinds)
    faults = tuple(NamedFault(kind, share) for kind in kinds)  # type: ignore[arg-type]
    control = SandboxControl(SandboxOptions(named_faults=faults, fault_seed=seed))
    with tenant(store, folder, control=control) as settings:
        until_through(settings, outcome)
        control.advance(hours=1)
        until_through(settings, outcome)
        control.change(named_faults=())
        extract(settings, retry=IMPATIENT)
        conclude(outcome, settings, store, control)
    return outcome


def until_through(settings: Settings, outcome: Outcome) -> None:
    """Extract until a run ends well; what the others said is kept."""
    for _ in range(MOST_RUNS):
        try:
            with readable():
                extract(settings, retry=IMPATIENT)
        except PipelinesError as error:
            outcome.failed_runs += 1
            outcome.said.append(str(error))
        else:
            return


def conclude(
    outcome: Outcome, settings: Settings, store: Store, control: SandboxControl
) -> None:
    """Hold the raw tables against the store."""
    outcome.injected = sum(control.faults_injected.values())
    outcome.differing = differing(settings, store)
    outcome.lost = missing_rows(settings, store)
