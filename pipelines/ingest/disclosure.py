"""Fields that the API member's role has begun to show, of records that did not change.

A widened role moves nobody's ``lastUpdated``, so no window brings the older records
again. A few of each list are held against their rows: what is filled there and empty
here, at the same ``lastUpdated``, was hidden. The other way round nothing is done, for
a field that is hidden now is no proof that it is empty.
"""

from collections.abc import Collection, Iterator

from pipelines.connectwise import NotGrantedError, Page
from pipelines.ingest.decode import Decoded, PageDecoder
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.run import SyncRun
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.sweep import Sighting
from pipelines.warehouse.connection import Connection

SAMPLE = 100
_UPDATED = "_info__last_updated"
# Half of the sample changed last, where a role that lacked a field has left its holes;
# the other half is another one each night.
_SAMPLED = f"""
    with same as (
        select id, {_UPDATED} as updated_at
        from seen join {{table}} as ours using (id)
        where try_cast(seen.last_updated as timestamptz)
            is not distinct from ours.{_UPDATED}
    )
    (select id from same order by updated_at desc nulls last, id desc limit $half)
    union
    (select id from same order by hash(id::varchar || $run_id), id limit $half)
"""
_PAIRS = f"""
    shown join {{table}} as ours using (id)
    where shown.{_UPDATED} is not distinct from ours.{_UPDATED}
"""


def disclosed(connection: Connection, run: SyncRun, seen: Sighting) -> frozenset[str]:
    """Names of columns and child tables whose values were hidden so far."""
    entity = seen.entity
    if not entity.incremental or entity.parent or not seen.moments:
        return frozenset()
    ids = _sample(connection, run, seen)
    decoder = PageDecoder(entity)
    try:
        pages: Collection[Page] = list(run.client.get_many(entity.path, ids))
    except NotGrantedError:
        return frozenset()
    return frozenset(
        name
        for page in pages
        if page.row_count
        for name in _filled(
            connection, seen, decoder.decode(page, synced_at=run.server_now)
        )
    )


def _sample(connection: Connection, run: SyncRun, seen: Sighting) -> list[int]:
    connection.register("seen", seen.table)
    rows = connection.execute(
        _SAMPLED.format(table=f"{RAW_SCHEMA}.{seen.entity.name}"),
        {"half": SAMPLE // 2, "run_id": run.run_id},
    ).fetchall()
    return sorted(int(key) for (key,) in rows)


def _filled(connection: Connection, seen: Sighting, page: Decoded) -> Iterator[str]:
    """What is filled on the page and empty in the row of the same moment."""
    shape = shape_of(seen.entity)
    pairs = _PAIRS.format(table=f"{RAW_SCHEMA}.{seen.entity.name}")
    connection.register("shown", page.rows)
    names = [field.name for field in shape.fields] + ["_extra"]
    probes = ", ".join(
        f'count(*) filter (where shown."{name}" is not null and ours."{name}" is null)'
        for name in names
    )
    counts = connection.execute(f"select {probes} from {pairs}").fetchall()[0]
    yield from (name for name, count in zip(names, counts, strict=True) if count)
    for child in shape.children:
        connection.register("items", page.children[child.table])
        sql = f"""
            select 1 from {pairs}
            and id in (select _parent_id from items)
            and id not in (select _parent_id from {RAW_SCHEMA}.{child.table})
            limit 1
        """
        if connection.execute(sql).fetchone():
            yield child.child.name
