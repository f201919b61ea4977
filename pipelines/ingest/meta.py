"""The ``meta`` tables: what each run did, found odd, and may be trusted for.

``as_of`` is the only "today" of every model. Its row also names the newest raw load
and the transform's fingerprint, and travels in the published copy: a run goes on
after extraction exactly when the published row is not what it would be now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from pipelines.errors import WarehouseError
from pipelines.ingest.completeness import Count
from pipelines.ingest.history import open_entities
from pipelines.ingest.pipeline import META_SCHEMA, record
from pipelines.ingest.run import SyncRun
from pipelines.observability.outcomes import CheckOutcome
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect

_TIME = pa.timestamp("us", tz="UTC")
_RUN = [("run_id", pa.string()), ("recorded_at", _TIME)]

TABLES: Mapping[str, pa.Schema] = {
    "as_of": pa.schema(
        [
            ("as_of", _TIME),
            ("reporting_time_zone", pa.string()),
            ("raw_load_id", pa.string()),
            ("fingerprint", pa.string()),
        ]
    ),
    "history": pa.schema([("entity", pa.string()), ("read_since", _TIME)]),
    "runs": pa.schema(
        [
            *_RUN,
            ("entity", pa.string()),
            ("status", pa.string()),
            ("rows_read", pa.int64()),
            ("rows_new", pa.int64()),
            ("rows_changed", pa.int64()),
            ("note", pa.string()),
        ]
    ),
    "counts": pa.schema(
        [
            *_RUN,
            ("entity", pa.string()),
            ("api_count", pa.int64()),
            ("raw_rows", pa.int64()),
        ]
    ),
    "drift": pa.schema(
        [
            *_RUN,
            ("entity", pa.string()),
            ("path", pa.string()),
            ("json_type", pa.string()),
        ]
    ),
    "sweeps": pa.schema(
        [
            *_RUN,
            ("entity", pa.string()),
            ("status", pa.string()),
            ("api_count", pa.int64()),
            ("ids_seen", pa.int64()),
            ("raw_rows", pa.int64()),
            ("missing", pa.int64()),
            ("deleted", pa.int64()),
            ("moved", pa.int64()),
            ("restored", pa.int64()),
            ("read_again", pa.int64()),
            ("late", pa.int64()),
            ("overlap_minutes", pa.int64()),
            ("lists_asked", pa.int64()),
            ("swept_to", pa.int64()),
            ("note", pa.string()),
        ]
    ),
    "quarantine": pa.schema(
        [
            *_RUN,
            ("entity", pa.string()),
            ("record_id", pa.int64()),
            ("error", pa.string()),
            ("record", pa.string()),
        ]
    ),
    "check_outcomes": pa.schema(
        [
            ("run_id", pa.string()),
            ("checked_at", _TIME),
            ("asset", pa.string()),
            ("name", pa.string()),
            ("status", pa.string()),
            ("severity", pa.string()),
            ("failed_rows", pa.int64()),
            ("message", pa.string()),
        ]
    ),
}
# A sync every five minutes writes millions of rows a year, and every published copy
# holds them all. Surprises are noted once each, and stay.
HISTORY = timedelta(days=90)
_HISTORIES = {
    "runs": "recorded_at",
    "counts": "recorded_at",
    "sweeps": "recorded_at",
    "check_outcomes": "checked_at",
}
_KEYS = {"drift": ("entity", "path"), "quarantine": ("entity", "record_id", "record")}


@dataclass(frozen=True, slots=True)
class AsOf:
    """What the marts stand on.

    Attributes:
        as_of: the server's ``Date`` at the start of the last sync that brought news.
        reporting_time_zone: IANA zone whose days are the reporting days.
        raw_load_id: the newest completed raw load.
        fingerprint: hash of models, seeds and settings that shape the marts.
    """

    as_of: datetime
    reporting_time_zone: str
    raw_load_id: str | None
    fingerprint: str

    @property
    def day(self) -> str:
        """The reporting day, as ISO text."""
        return (
            self.as_of.astimezone(ZoneInfo(self.reporting_time_zone)).date().isoformat()
        )

    def stands_on_the_same(self, other: "AsOf") -> bool:
        """Both would give the same marts."""
        mine = (self.day, self.reporting_time_zone, self.raw_load_id, self.fingerprint)
        theirs = (other.day, other.reporting_time_zone, other.raw_load_id)
        return mine == (*theirs, other.fingerprint)


def published_as_of(settings: Settings) -> AsOf | None:
    """The row in the published copy; ``None`` where there is no usable copy."""
    sql = f"""
        select as_of, reporting_time_zone, raw_load_id, fingerprint
        from {META_SCHEMA}.as_of
    """
    try:
        with connect(settings.warehouse.published_file) as connection:
            row = connection.execute(sql).fetchone()
    except WarehouseError:
        return None
    return AsOf(*row) if row else None


def record_run(run: SyncRun, as_of: AsOf, counts: Mapping[str, Count]) -> None:
    """Write what a run did and the row that the marts will stand on.

    Args:
        run: the run, its tallies complete.
        as_of: the new single row of ``meta.as_of``.
        counts: what the API and the raw tables count, by entity.
    """
    tallies = list(run.tallies.values())
    rows: dict[str, list[dict[str, Any]]] = {
        "as_of": [
            {
                "as_of": as_of.as_of,
                "reporting_time_zone": as_of.reporting_time_zone,
                "raw_load_id": as_of.raw_load_id,
                "fingerprint": as_of.fingerprint,
            }
        ],
        "history": _open_histories(run),
        "runs": [_run_row(tally.summary) for tally in tallies],
        "counts": [
            {"entity": name, "api_count": count.api, "raw_rows": count.raw}
            for name, count in counts.items()
        ],
        "drift": [],
        "quarantine": [],
        "sweeps": [],
        "check_outcomes": [],
    }
    stamp = {"run_id": run.run_id, "recorded_at": run.server_now}
    record(
        run.settings,
        {name: _table(name, items, stamp) for name, items in rows.items()},
    )
    _forget(run.settings, before=run.server_now - HISTORY)


def _open_histories(run: SyncRun) -> list[dict[str, Any]]:
    """Lists of which a first load has read the newest part only."""
    return [
        {"entity": name, "read_since": datetime.fromisoformat(history.since)}
        for name, history in open_entities(run).items()
    ]


def _forget(settings: Settings, *, before: datetime) -> None:
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        for table, moment in _HISTORIES.items():
            sql = f"delete from {META_SCHEMA}.{table} where {moment} < ?"
            connection.execute(sql, [before])


def record_surprises(run: SyncRun) -> None:
    """Note unknown fields and records that did not fit, each of them once.

    To be called after each load: a run without other news ends before ``record_run``.
    """
    tallies = run.tallies.values()
    rows: dict[str, list[dict[str, Any]]] = {
        "drift": [
            {"entity": tally.name, "path": path, "json_type": kind}
            for tally in tallies
            for path, kind in tally.drift.items()
        ]
        + _edition_change(run),
        "quarantine": [row for tally in tallies for row in tally.quarantine],
    }
    _record_once(run, rows)


def record_disclosed(run: SyncRun, names: Mapping[str, Iterable[str]]) -> None:
    """Note the fields, by entity, that the role did not show before."""
    drift = [
        {"entity": entity, "path": name, "json_type": "disclosed"}
        for entity, found in names.items()
        for name in sorted(found)
    ]
    _record_once(run, {"drift": drift})


def _record_once(run: SyncRun, rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    stamp = {"run_id": run.run_id, "recorded_at": run.server_now}
    fresh = {
        name: _table(name, items, stamp)
        for name in rows
        if (items := _unknown_only(run.settings, name, rows[name]))
    }
    if fresh:
        record(run.settings, fresh)


def record_sweeps(run: SyncRun, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note what a sweep saw of each entity, and the counts that it compared."""
    counted = [row for row in rows if row["api_count"] is not None]
    counts = [
        {name: row[name] for name in ("entity", "api_count", "raw_rows")}
        for row in counted
    ]
    stamp = {"run_id": run.run_id, "recorded_at": run.server_now}
    tables = {"sweeps": [dict(row) for row in rows], "counts": counts}
    record(
        run.settings,
        {name: _table(name, those, stamp) for name, those in tables.items()},
    )


def last_counts(settings: Settings) -> dict[str, int]:
    """What ``/count`` said last of each entity."""
    if not has_table(settings, "counts"):
        return {}
    sql = f"""
        select entity, arg_max(api_count, recorded_at) from {META_SCHEMA}.counts
        group by entity
    """
    with connect(settings.warehouse.build_file) as connection:
        return dict(connection.execute(sql).fetchall())


def last_swept_to(settings: Settings) -> dict[str, int]:
    """The parent, by entity, with whose list the last sweep in part ended."""
    if "swept_to" not in _columns(settings, "sweeps"):
        return {}
    sql = f"""
        select entity, arg_max(swept_to, recorded_at) from {META_SCHEMA}.sweeps
        where swept_to is not null
        group by entity
    """
    with connect(settings.warehouse.build_file) as connection:
        return dict(connection.execute(sql).fetchall())


def last_as_of(settings: Settings) -> datetime | None:
    """The clock as the last sync has set it; ``None`` before the first."""
    if not has_table(settings, "as_of"):
        return None
    with connect(settings.warehouse.build_file) as connection:
        row = connection.execute(f"select as_of from {META_SCHEMA}.as_of").fetchone()
    return row[0] if row else None


def _edition_change(run: SyncRun) -> list[dict[str, Any]]:
    if run.former_edition is None:
        return []
    change = f"{run.former_edition} to {run.edition}"
    return [{"entity": "api", "path": change, "json_type": "edition"}]


def record_outcomes(
    settings: Settings,
    outcomes: Iterable[CheckOutcome],
    *,
    run_id: str,
    checked_at: datetime,
) -> None:
    """Write the outcome of every check of a run."""
    rows = [
        {
            "asset": one.asset,
            "name": one.name,
            "status": one.status,
            "severity": one.severity,
            "failed_rows": one.failed_rows,
            "message": one.message,
        }
        for one in outcomes
    ]
    stamp = {"run_id": run_id, "checked_at": checked_at}
    record(settings, {"check_outcomes": _table("check_outcomes", rows, stamp)})


def _run_row(summary: Any) -> dict[str, Any]:
    names = ("status", "rows_read", "rows_new", "rows_changed", "note")
    return {"entity": summary.name, **{name: getattr(summary, name) for name in names}}


def _table(
    name: str, rows: Sequence[dict[str, Any]], stamp: Mapping[str, Any]
) -> pa.Table:
    schema = TABLES[name]
    stamped = [{**stamp, **row} for row in rows]
    return pa.Table.from_pylist(stamped, schema=schema)


def _unknown_only(
    settings: Settings, table: str, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Drop rows that a former run has noted already."""
    key = _KEYS[table]
    known: set[tuple[Any, ...]] = set()
    if rows and has_table(settings, table):
        with connect(settings.warehouse.build_file) as connection:
            sql = f"select {', '.join(key)} from {META_SCHEMA}.{table}"
            known = set(connection.execute(sql).fetchall())
    return [row for row in rows if tuple(row[name] for name in key) not in known]


def has_table(settings: Settings, table: str) -> bool:
    """The build file has this ``meta`` table."""
    return bool(_columns(settings, table))


def _columns(settings: Settings, table: str) -> frozenset[str]:
    """The table's columns as they are; none where a release has not made it yet."""
    sql = """
        select column_name from information_schema.columns
        where table_schema = ? and table_name = ?
    """
    with connect(settings.warehouse.build_file) as connection:
        rows = connection.execute(sql, [META_SCHEMA, table]).fetchall()
    return frozenset(str(name) for (name,) in rows)
