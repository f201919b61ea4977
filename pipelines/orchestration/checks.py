"""Asset checks: what raw tables promise, and Great Expectations on the candidate.

dbt's tests are checks already. Raw tables are checked by the step that loads them, the
candidate before it is published; the outcome of every check of the run, dbt's too, is
written to ``meta`` first, so the published copy carries its own audit.
"""

from collections.abc import Iterable, Iterator, Sequence

import dagster as dg

from pipelines.connectwise.entities import Entity
from pipelines.errors import CheckFailedError
from pipelines.ingest.completeness import (
    COUNT_CHECK,
    LOAD_CHECK,
    count_outcomes,
    counts,
    is_countable,
    load_outcomes,
)
from pipelines.ingest.meta import record_outcomes
from pipelines.observability.outcomes import CheckOutcome
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import raw_key
from pipelines.orchestration.session import Session
from pipelines.quality.rules import Suite
from pipelines.quality.runner import run_suites
from pipelines.quality.specs import check_specs

_SEVERITY = {
    "error": dg.AssetCheckSeverity.ERROR,
    "warn": dg.AssetCheckSeverity.WARN,
}


def raw_check_specs(entities: Iterable[Entity]) -> list[dg.AssetCheckSpec]:
    """What the extraction of ``entities`` promises of each raw table."""
    return [
        dg.AssetCheckSpec(name, asset=raw_key(entity.name), blocking=True)
        for entity in entities
        for name in (LOAD_CHECK, *([COUNT_CHECK] if is_countable(entity) else []))
    ]


def raw_check_results(
    session: Session, entities: Sequence[Entity]
) -> Iterator[dg.AssetCheckResult]:
    """Check the raw tables of entities that have just been loaded.

    Raises:
        CheckFailedError: a table's newest rows are of no complete load.
    """
    found = counts(session.sync, entities)
    outcomes = [*load_outcomes(session.sync, entities), *count_outcomes(found)]
    session.ledger.counts |= found
    session.ledger.outcomes += outcomes
    yield from _told(outcomes)


def mart_checks(suites: Sequence[Suite]) -> dg.AssetChecksDefinition:
    """Great Expectations on the candidate; publishing waits for it."""
    specs = [
        dg.AssetCheckSpec(name, asset=dg.AssetKey(asset.split(".")), blocking=True)
        for asset, name, _ in check_specs(suites)
    ]

    @dg.multi_asset_check(name="great_expectations", specs=specs)
    def audit(session: dg.ResourceParam[Session]) -> Iterator[dg.AssetCheckResult]:
        session.progress.start("checks", None)
        with readable():
            outcomes = run_suites(session.settings, suites)
            session.progress.advance("checks", len(outcomes))
            session.progress.finish("checks", "Great Expectations")
            session.ledger.outcomes += outcomes
            record_outcomes(
                session.settings,
                session.ledger.outcomes,
                run_id=session.sync.run_id,
                checked_at=session.sync.server_now,
            )
        yield from _told(outcomes)

    return audit


def _told(outcomes: Iterable[CheckOutcome]) -> Iterator[dg.AssetCheckResult]:
    """Every outcome; then, if one blocks, the end of the run in a sentence."""
    blocking: list[str] = []
    for outcome in outcomes:
        yield _result(outcome)
        if outcome.blocks:
            blocking.append(f"{outcome.asset} {outcome.name}: {outcome.message}")
    if blocking:
        raise CheckFailedError(
            f"{len(blocking)} blocking check(s) failed ({blocking[0]}); the last "
            "published copy stays."
        )


def _result(outcome: CheckOutcome) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=_asset_key(outcome),
        check_name=outcome.name,
        passed=outcome.status == "passed",
        severity=_SEVERITY[outcome.severity],
        description=outcome.message,
        metadata={"failed_rows": outcome.failed_rows},
    )


def _asset_key(outcome: CheckOutcome) -> dg.AssetKey:
    return dg.AssetKey(outcome.asset.split("."))
