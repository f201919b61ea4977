"""``_deletions``: the nightly sweep, its guard and its counts.

What is swept, and what counts as proof, is ``pipelines.ingest.reconcile``'s business.
The guard stops the run before anything is built on doubtful deletes.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.errors import CheckFailedError
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.guards import GUARD_CHECK, SHRINK_CHECK
from pipelines.ingest.meta import last_as_of
from pipelines.ingest.reconcile import Reconciled, reconcile, sentences
from pipelines.observability.outcomes import CheckOutcome
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import DELETIONS_KEY, all_raw_keys
from pipelines.orchestration.session import Session

_SEVERITY = {
    GUARD_CHECK: dg.AssetCheckSeverity.ERROR,
    SHRINK_CHECK: dg.AssetCheckSeverity.WARN,
}


def sweep_asset() -> dg.AssetsDefinition:
    """The asset of ``_deletions``."""

    @dg.asset(
        key=DELETIONS_KEY,
        deps=all_raw_keys(),
        group_name=RAW_SCHEMA,
        kinds={"dlt", "duckdb"},
        description="Records proven to be deleted, by sweeping every entity's ids.",
        check_specs=[
            dg.AssetCheckSpec(name, asset=DELETIONS_KEY, blocking=True)
            for name in _SEVERITY
        ],
    )
    def sweep(
        session: dg.ResourceParam[Session],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with readable():
            done = reconcile(session.sync)
        # A sweep reads no windows: "today" stays where the last sync has set it.
        session.ledger.as_of = last_as_of(session.settings)
        session.ledger.outcomes += done.outcomes
        session.ledger.notes += sentences(done.swept)
        yield dg.MaterializeResult(asset_key=DELETIONS_KEY, metadata=_metadata(done))
        for name in _SEVERITY:
            yield _result(name, [one for one in done.outcomes if one.name == name])
        if tripped := [one.message for one in done.outcomes if one.blocks]:
            raise CheckFailedError("; ".join(tripped) + ".")

    return sweep


def _metadata(done: Reconciled) -> dict[str, int]:
    return {
        "deleted": sum(len(one.deleted) for one in done.swept),
        "restored": sum(one.restored for one in done.swept),
        "read_again": sum(len(one.again) for one in done.swept),
        "late": sum(one.late for one in done.swept),
    }


def _result(name: str, outcomes: Sequence[CheckOutcome]) -> dg.AssetCheckResult:
    broken = [one for one in outcomes if one.status != "passed"]
    return dg.AssetCheckResult(
        asset_key=DELETIONS_KEY,
        check_name=name,
        passed=not broken,
        severity=_SEVERITY[name],
        description=" ".join(one.message for one in broken),
        metadata={"failed_rows": sum(one.failed_rows for one in broken)},
    )
