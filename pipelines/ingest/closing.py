"""The end of extraction: is there anything to build, and on what will it stand?

The published copy carries the ``as_of`` row that it was built on. If this run would
write the same row, nothing that shapes a mart has changed, and the run stops.
"""

from datetime import timedelta

from pipelines.connectwise import NotGrantedError, Query
from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.landing import sweep
from pipelines.ingest.meta import AsOf, published_as_of, record_run
from pipelines.ingest.run import SyncRun
from pipelines.ingest.time_zone import reporting_time_zone


def close(run: SyncRun, *, fingerprint: str) -> AsOf | None:
    """Record the run and its ``as_of``; ``None`` if nothing needs to be built.

    Args:
        run: a run whose loads are complete.
        fingerprint: hash of all that shapes marts beside the raw tables.
    """
    now = AsOf(
        as_of=run.server_now,
        reporting_time_zone=reporting_time_zone(run.settings, run.client),
        raw_load_id=run.destination.last_load_id(),
        fingerprint=fingerprint,
    )
    published = published_as_of(run.settings)
    if published and published.stands_on_the_same(now):
        return None
    record_run(run, now, _counts(run))
    retention = timedelta(days=run.settings.sync.landing_retention_days)
    sweep(run.landing.directory, now=run.server_now, retention=retention)
    return now


def _counts(run: SyncRun) -> dict[str, tuple[int, int]]:
    """``(API's count, raw rows)`` of every list that was read and can be counted."""
    counts: dict[str, tuple[int, int]] = {}
    for entity in ENTITIES.values():
        tally = run.tallies.get(entity.name)
        if entity.parent or not entity.has_count or not tally:
            continue
        try:
            api = run.client.count(entity.path, query=Query())
        except NotGrantedError:
            continue
        counts[entity.name] = (api, run.destination.row_count(entity.name))
    return counts
