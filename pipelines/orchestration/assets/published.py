"""The published copy: the candidate that passed, for everyone to read."""

from collections.abc import Iterable
from datetime import timedelta

import dagster as dg

from pipelines.observability.summary import TableSummary
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import PUBLISHED
from pipelines.orchestration.session import Session
from pipelines.warehouse.publish import publish


def published_asset(marts: Iterable[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset of ``published/current.duckdb``."""

    @dg.asset(
        key=PUBLISHED,
        deps=list(marts),
        group_name="published",
        kinds={"duckdb", "parquet"},
        description="The read-only copy for BI tools, reports and ad-hoc SQL.",
        freshness_policy=dg.FreshnessPolicy.time_window(
            fail_window=timedelta(hours=36), warn_window=timedelta(hours=26)
        ),
    )
    def current(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
        session.progress.start("publish", None)
        with readable():
            copy = publish(session.settings)
        session.progress.advance("publish", len(copy.tables))
        session.progress.finish("publish", "tables copied")
        session.ledger.marts = [
            TableSummary(f"{schema}.{table}", rows)
            for schema, table, rows in copy.tables
            if schema != "meta"
        ]
        session.ledger.files.append(copy.path)
        return dg.MaterializeResult(
            metadata={"path": str(copy.path), "tables": len(copy.tables)}
        )

    return current
