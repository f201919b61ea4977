"""Asset checks: what raw tables promise, and Great Expectations on the candidate.

dbt's tests are checks already. Those here run after dbt and before publishing; the
outcome of every check of the run, dbt's too, is written to ``meta`` first, so the
published copy carries its own audit.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.ingest.meta import record_outcomes
from pipelines.observability.outcomes import CheckOutcome
from pipelines.orchestration.errors import readable
from pipelines.orchestration.session import Session
from pipelines.quality.runner import run_suites
from pipelines.quality.specs import check_specs

_SEVERITY = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warn": dg.AssetCheckSeverity.WARN,
}


def mart_checks() -> dg.AssetChecksDefinition:
    """Great Expectations on the candidate; publishing waits for it."""
    specs = [
        dg.AssetCheckSpec(name, asset=dg.AssetKey(asset.split(".")), blocking=True)
        for asset, name, _ in check_specs()
    ]

    @dg.multi_asset_check(name="great_expectations", specs=specs)
    def audit(session: dg.ResourceParam[Session]) -> Iterator[dg.AssetCheckResult]:
        with readable():
            outcomes = run_suites(session.settings)
            session.ledger.outcomes += outcomes
            record_outcomes(
                session.settings,
                session.ledger.outcomes,
                run_id=session.sync.run_id,
                checked_at=session.sync.server_now,
            )
        for outcome in outcomes:
            yield _result(outcome)

    return audit


def _result(outcome: CheckOutcome) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(outcome.asset.split(".")),
        check_name=outcome.name,
        passed=outcome.status == "passed",
        severity=_SEVERITY[outcome.severity],
        description=outcome.message,
        metadata={"failed_rows": outcome.failed_rows},
    )
