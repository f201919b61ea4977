"""``meta.as_of``: the gate between extraction and everything built on it.

It materialises only when something that shapes a mart has changed; otherwise all
steps after it are skipped.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.ingest.closing import close
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import (
    AS_OF,
    DELETIONS_KEY,
    all_raw_keys,
)
from pipelines.orchestration.session import Session
from pipelines.transform.project import fingerprint


def clock_asset() -> dg.AssetsDefinition:
    """The asset of ``meta.as_of``."""

    @dg.asset(
        key=AS_OF,
        deps=[*all_raw_keys(), DELETIONS_KEY],
        group_name="meta",
        kinds={"dlt", "duckdb"},
        output_required=False,
        description="The clock of every model: one row, the last sync with news.",
    )
    def as_of(
        session: dg.ResourceParam[Session],
    ) -> Iterator[dg.MaterializeResult[None]]:
        with readable():
            stands_on = close(
                session.sync,
                counts=session.ledger.counts,
                fingerprint=fingerprint(session.settings),
                as_of=session.ledger.as_of,
            )
        if stands_on is None:
            session.ledger.stopped_early = True
            return
        yield dg.MaterializeResult(
            metadata={
                "as_of": stands_on.as_of.isoformat(),
                "reporting_time_zone": stands_on.reporting_time_zone,
            }
        )

    return as_of
