"""Extraction is right under each setting of what the vendor leaves open."""

from pathlib import Path
from typing import Any

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from tests.faults.answers import IMPATIENT, conclude
from tests.faults.kills import change
from tests.faults.outcome import Outcome
from tests.faults.tenant import tenant
from tests.support.warehouses import extract

SETTINGS: dict[str, dict[str, Any]] = {
    "child edits leave their parent alone": {"child_edits_bump_parent": False},
    "over-size pages are clamped": {"large_pages": "clamp"},
    "orderBy is refused in forward-only paging": {"forward_order_by": "refuse"},
    "rows come shuffled": {"default_order": "shuffled"},
    "bad keys get 404": {"bad_keys": "404"},
    "answers are compressed": {"gzip": True},
    "like takes per cent": {"percent_like": True},
    "wide pages time out": {"slowness": 0.05, "timeout_seconds": 0.006},
}


def under(store: Store, folder: Path, *, names: tuple[str, ...], seed: int) -> Outcome:
    """A first load and an increment under the named settings together."""
    outcome = Outcome(f"switch: {', '.join(names)}")
    chosen = {key: value for name in names for key, value in SETTINGS[name].items()}
    control = SandboxControl(SandboxOptions(**chosen))
    with tenant(store, folder, control=control) as settings:
        extract(settings, retry=IMPATIENT)
        change(store, seed=seed)
        control.advance(hours=1)
        extract(settings, retry=IMPATIENT)
        conclude(outcome, settings, store, control)
    return outcome
