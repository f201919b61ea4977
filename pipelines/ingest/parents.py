"""Which parents have children to be read, and for which that is done.

A parent's children are read when the parent is new, when its row has changed since
they were read, and again after some days, for edits that do not touch the parent. What
was read is a row of ``connectwise_raw._child_reads`` in the same load package as the
children, so a run that is killed or out of budget goes on where it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import dlt
import pyarrow as pa
from dlt.common.schema.utils import dlt_id_column

from pipelines.connectwise.entities import Entity
from pipelines.ingest.destination import RAW_SCHEMA, Destination, Inventory
from pipelines.ingest.loading import MERGE, with_row_ids
from pipelines.ingest.shapes import shape_of
from pipelines.settings import Settings

TABLE = "_child_reads"
# Tickets are too many to ask each one for its notes in every run.
RECENT_PARENTS_ONLY = frozenset({"service_tickets", "project_tickets"})

_SCHEMA = pa.schema(
    [
        pa.field("entity", pa.string(), nullable=False),
        pa.field("parent_id", pa.int64(), nullable=False),
        ("parent_hash", pa.string()),
        ("shape", pa.string()),
        ("read_at", pa.timestamp("us", tz="UTC")),
    ]
)
_CHANGED = "_info__last_updated"


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent record, as it was when its children were asked for."""

    id: int
    row_hash: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """Which parents count, and how many at most."""

    since: datetime | None
    read_before: datetime
    limit: int | None


def horizon_of(parent: Entity, settings: Settings, *, now: datetime) -> Horizon:
    """All parents; of tickets those that changed lately, within the call budget."""
    sync = settings.sync
    read_before = now - timedelta(hours=sync.children_sweep_hours)
    if parent.name not in RECENT_PARENTS_ONLY:
        return Horizon(None, read_before, None)
    sandbox = settings.sandbox
    days = sandbox.children_since_days if sandbox.active else sync.children_since_days
    return Horizon(now - timedelta(days=days), read_before, sync.child_call_budget)


def pending(
    entity: Entity,
    parent: Entity,
    *,
    destination: Destination,
    there: Inventory,
    horizon: Horizon,
) -> list[Parent]:
    """Parents whose children are to be read, those first that changed last."""
    if parent.name not in there.columns:
        return []
    conditions = [_unread(there)]
    if horizon.since is not None:
        conditions.append(f"{_CHANGED} >= $since")
    newest = f"{_CHANGED} desc nulls last," if _has_clock(parent) else ""
    sql = f"""
        select id, _row_hash from {RAW_SCHEMA}.{parent.name} {_reads(there)}
        where {" and ".join(conditions)}
        order by {newest} id desc
        {f"limit {horizon.limit:d}" if horizon.limit is not None else ""}
    """
    wanted = {
        "entity": entity.name,
        "shape": shape_of(entity).fingerprint,
        "read_before": horizon.read_before,
        "since": horizon.since,
    }
    named = {name: value for name, value in wanted.items() if f"${name}" in sql}
    rows = destination.rows(sql, named or None)
    return [Parent(int(one), str(row_hash)) for one, row_hash in rows]


def named(
    parent: Entity, ids: Collection[int], *, destination: Destination
) -> list[Parent]:
    """The parents with these ids that are there."""
    sql = f"""
        select id, _row_hash from {RAW_SCHEMA}.{parent.name}
        where list_contains($ids, id) order by id desc
    """
    rows = destination.rows(sql, {"ids": list(ids)})
    return [Parent(int(one), str(row_hash)) for one, row_hash in rows]


def never_read(
    entity: Entity,
    parent: Entity,
    ids: Collection[int],
    *,
    destination: Destination,
    there: Inventory,
) -> frozenset[int]:
    """Those of the parents ``ids`` whose children were never read."""
    if TABLE not in there.columns:
        return frozenset(ids)
    sql = f"""
        select id from {RAW_SCHEMA}.{parent.name} {_reads(there)}
        where list_contains($ids, id) and read_at is null
    """
    rows = destination.rows(sql, {"ids": list(ids), "entity": entity.name})
    return frozenset(int(one) for (one,) in rows)


def _reads(there: Inventory) -> str:
    if TABLE not in there.columns:
        return ""
    return f"""
        left join (
            select parent_id, parent_hash, read_at, shape from {RAW_SCHEMA}.{TABLE}
            where entity = $entity and _dlt_load_id in (
                select load_id from {RAW_SCHEMA}._dlt_loads where status = 0
            )
        ) on parent_id = id
    """


def _unread(there: Inventory) -> str:
    if TABLE not in there.columns:
        return "true"
    return (
        "(read_at is null or parent_hash <> _row_hash or shape <> $shape "
        "or read_at <= $read_before)"
    )


def _has_clock(parent: Entity) -> bool:
    return _CHANGED in shape_of(parent).schema.names


def reads_table(
    entity: Entity, parents: Sequence[Parent], *, read_at: datetime
) -> pa.Table:
    """The rows that say: the children of these parents have been read."""
    shape = shape_of(entity).fingerprint
    rows = [
        {
            "entity": entity.name,
            "parent_id": one.id,
            "parent_hash": one.row_hash,
            "shape": shape,
            "read_at": read_at,
        }
        for one in parents
    ]
    return with_row_ids(pa.Table.from_pylist(rows, schema=_SCHEMA))


def reads_hints() -> Any:
    """How dlt loads ``reads_table``."""
    return dlt.mark.make_hints(
        table_name=TABLE,
        primary_key=("entity", "parent_id"),
        write_disposition=MERGE,
        columns={"_dlt_id": dlt_id_column()},
    )
