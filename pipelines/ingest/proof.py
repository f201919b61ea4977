"""The third question, before a record that two sweeps have missed counts as deleted.

A record of a flat list is asked for by its id. Of a list under a parent it is asked how
many records it counts: as many as the sweep saw, and the answer was no shrunken one.
"""

from collections import Counter
from collections.abc import Collection

from pipelines.connectwise import NotFoundError
from pipelines.connectwise.entities import Entity
from pipelines.ingest.comparison import parents_of
from pipelines.ingest.run import SyncRun
from pipelines.ingest.sweep import FIELDS, Sighting
from pipelines.warehouse.connection import Connection


def gone(
    connection: Connection, run: SyncRun, seen: Sighting, ids: Collection[int]
) -> list[int]:
    """Those of ``ids``, which ``seen`` misses, that the third question misses too.

    Raises:
        ConnectWiseError: the tenant does not answer.
    """
    if not ids:
        return []
    if seen.entity.parent:
        return _not_counted(connection, run, seen, ids)
    return _not_found(run, seen.entity, ids)


def _not_found(run: SyncRun, entity: Entity, ids: Collection[int]) -> list[int]:
    again = Sighting(entity)
    for page in run.client.get_many(entity.path, sorted(ids), query=FIELDS):
        again.add(page)
    return [key for key in ids if key not in again.moments]


def _not_counted(
    connection: Connection, run: SyncRun, seen: Sighting, ids: Collection[int]
) -> list[int]:
    if not seen.entity.has_count:
        return list(ids)
    listed = Counter(seen.parents.values())
    parents = parents_of(connection, seen.entity.name, ids)
    agreed = {
        parent_id
        for parent_id in set(parents.values())
        if _count(run, seen.entity, parent_id) == listed[parent_id]
    }
    return [key for key in ids if parents[key] in agreed]


def _count(run: SyncRun, entity: Entity, parent_id: int) -> int:
    try:
        return run.client.count(entity.path.format(parent_id=parent_id))
    except NotFoundError:
        return 0  # The list went with its parent.
