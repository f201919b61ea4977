"""What a sweep saw against what the raw table holds.

Questions only: nothing is written here. Which answers count as proof is decided in
``reconcile.py``. Where a part of the lists was asked for, the rows of the others are
left alone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import pyarrow as pa

from pipelines.ingest import absences, deletes
from pipelines.ingest.destination import RAW_SCHEMA, Inventory
from pipelines.ingest.sweep import Sighting
from pipelines.warehouse.connection import Connection

_UPDATED = "_info__last_updated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One entity's ids, sorted by what they tell.

    Attributes:
        live: rows of the raw table, under the lists that were asked for, that do not
            count as deleted.
        missing: live ids that the sweep did not see.
        missed_before: those that the last sweep of their list missed too, with its id.
        left: ids that were missed once and whose lists were not asked for since.
        unknown: seen ids that the raw table has not got.
        newer: seen ids whose ``lastUpdated`` is newer than ours.
        back: deletions whose record was seen again.
    """

    live: int = 0
    missing: frozenset[int] = frozenset()
    missed_before: dict[int, str] = field(default_factory=dict)
    left: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()
    newer: frozenset[int] = frozenset()
    back: tuple[deletes.Deletion, ...] = ()


def compare(connection: Connection, seen: Sighting, there: Inventory) -> Comparison:
    """Hold one sighting against its raw table."""
    entity = seen.entity.name
    if entity not in there.columns or seen.status in {"not granted", "skipped"}:
        return Comparison()
    connection.register("seen", seen.table)
    live = _ids(connection, _LIVE, entity)
    before = absences.of(connection, entity, there)
    left: frozenset[int] = frozenset()
    if seen.status == "in part":
        connection.register("asked", pa.table({"id": pa.array(seen.asked, pa.int64())}))
        everything, live = live, _ids(connection, _LIVE_ASKED, entity)
        left = (everything - live).intersection(before)
    missing = live.difference(seen.moments) if seen.is_proof else frozenset()
    return Comparison(
        live=len(live),
        missing=missing,
        missed_before={key: before[key] for key in missing & before.keys()},
        left=left,
        unknown=_ids(connection, _UNKNOWN, entity),
        newer=_newer(connection, seen, there),
        back=_back(connection, entity),
    )


_DELETED = f"""
    select id from {RAW_SCHEMA}.{deletes.TABLE}
    where entity = $entity and restored_at is null
"""
_LIVE = f"select id from {{table}} where id not in ({_DELETED})"
_LIVE_ASKED = f"{_LIVE} and _parent_id in (select id from asked)"
_UNKNOWN = "select id from seen where id not in (select id from {table})"
_NEWER = f"""
    select id from seen join {{table}} as ours using (id)
    where try_cast(seen.last_updated as timestamptz)
        > coalesce(ours.{_UPDATED}, '-infinity'::timestamptz)
"""


def _ids(connection: Connection, sql: str, entity: str) -> frozenset[int]:
    text = sql.format(table=f"{RAW_SCHEMA}.{entity}")
    parameters = {"entity": entity} if "$entity" in text else None
    rows = connection.execute(text, parameters).fetchall()
    return frozenset(int(key) for (key,) in rows)


def _newer(connection: Connection, seen: Sighting, there: Inventory) -> frozenset[int]:
    entity = seen.entity
    if not entity.incremental or _UPDATED not in there.columns[entity.name]:
        return frozenset()
    return _ids(connection, _NEWER, entity.name)


def _back(connection: Connection, entity: str) -> tuple[deletes.Deletion, ...]:
    return deletes.standing(connection, entity, "id in (select id from seen)")


def children_of(
    connection: Connection, child: str, parents: Collection[int]
) -> dict[int, int]:
    """Live rows of a table that hang on ``parents``: parent by id."""
    rows = connection.execute(
        f"""
        select id, _parent_id from {RAW_SCHEMA}.{child}
        where _parent_id in $parents and id not in ({_DELETED})
        """,
        {"entity": child, "parents": list(parents)},
    ).fetchall()
    return {int(key): int(parent) for key, parent in rows}


def parents_of(
    connection: Connection, child: str, ids: Collection[int]
) -> dict[int, int]:
    """In whose list our rows with these ids stand."""
    sql = f"""
        select id, _parent_id from {RAW_SCHEMA}.{child} where list_contains($ids, id)
    """
    rows = connection.execute(sql, {"ids": list(ids)}).fetchall()
    return {int(key): int(parent) for key, parent in rows}
