"""What stops a mass of rows from vanishing on weak evidence.

A role that lost a right, a filter gone wrong or a shrunken answer looks like deletes.
Beyond a share of an entity's rows nothing is believed until a person has looked.
"""

from dataclasses import dataclass

from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.observability.outcomes import CheckOutcome
from pipelines.settings import SyncSettings

GUARD_CHECK = "deletes_stay_below_the_guard"
SHRINK_CHECK = "count_did_not_shrink"
# A list of one or two rows may well become empty.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Loss:
    """``missing`` of the ``live`` rows of one entity are gone from the API's list."""

    entity: str
    missing: int
    live: int

    def is_too_much(self, sync: SyncSettings) -> bool:
        """More than the guard lets pass, or everything."""
        if sync.delete_guard_pct >= 100:
            return False
        share = self.live * sync.delete_guard_pct / 100
        allowed = max(share, sync.delete_guard_rows)
        is_everything = self.missing == self.live > _FEW
        return self.missing > allowed or is_everything


def guard_outcome(loss: Loss, sync: SyncSettings) -> CheckOutcome:
    """The blocking check of one entity."""
    tripped = loss.is_too_much(sync)
    return CheckOutcome(
        asset=f"{RAW_SCHEMA}.{loss.entity}",
        name=GUARD_CHECK,
        status="failed" if tripped else "passed",
        severity="error",
        failed_rows=loss.missing if tripped else 0,
        message=_told(loss, sync) if tripped else "",
    )


def shrink_outcome(
    entity: str, *, now: int, before: int, sync: SyncSettings
) -> CheckOutcome:
    """The warning of a list that has lost more rows than the guard would let pass."""
    shrunk = Loss(entity, max(before - now, 0), before).is_too_much(sync)
    return CheckOutcome(
        asset=f"{RAW_SCHEMA}.{entity}",
        name=SHRINK_CHECK,
        status="warned" if shrunk else "passed",
        severity="warn",
        failed_rows=before - now if shrunk else 0,
        message=(
            f"The API counts {now:,} rows, {before:,} before: the API member's "
            "Inquire level may have been lowered from All."
            if shrunk
            else ""
        ),
    )


def _told(loss: Loss, sync: SyncSettings) -> str:
    return (
        f"{loss.missing:,} of {loss.live:,} {loss.entity} are missing from the API's "
        f"list, more than {sync.delete_guard_pct:g} %, so no record counts as deleted; "
        "if the API member's role has not changed and they were deleted, run it once "
        "with CWP_SYNC__DELETE_GUARD_PCT=100"
    )
