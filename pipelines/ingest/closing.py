"""The end of extraction: is there anything to build, and on what will it stand?

The published copy carries the ``as_of`` row that it was built on. If this run would
write the same row, nothing that shapes a mart has changed, and the run stops.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pipelines.ingest.completeness import Count
from pipelines.ingest.landing import expire
from pipelines.ingest.meta import AsOf, published_as_of, record_run
from pipelines.ingest.run import SyncRun
from pipelines.ingest.time_zone import reporting_time_zone


def nothing_to_build(run: SyncRun, *, fingerprint: str) -> bool:
    """The published copy stands on what this run would stand on."""
    published = published_as_of(run.settings)
    return published is not None and published.stands_on_the_same(
        _as_of(run, fingerprint)
    )


def close(
    run: SyncRun,
    *,
    counts: Mapping[str, Count],
    fingerprint: str,
    as_of: datetime | None = None,
) -> AsOf | None:
    """Record the run and its ``as_of``; ``None`` if nothing needs to be built.

    Args:
        run: a run whose loads are complete.
        counts: what the API and the raw tables count, by entity.
        fingerprint: hash of all that shapes marts beside the raw tables.
        as_of: the moment that the data are of; by default the start of the run.
    """
    now = _as_of(run, fingerprint, as_of)
    published = published_as_of(run.settings)
    if published and published.stands_on_the_same(now):
        return None
    record_run(run, now, counts)
    retention = timedelta(days=run.settings.sync.landing_retention_days)
    expire(run.settings.warehouse.landing_dir, before=run.server_now - retention)
    return now


def _as_of(run: SyncRun, fingerprint: str, moment: datetime | None = None) -> AsOf:
    return AsOf(
        as_of=moment or run.server_now,
        reporting_time_zone=reporting_time_zone(run.settings, run.client),
        raw_load_id=run.destination.last_load_id(),
        fingerprint=fingerprint,
    )
