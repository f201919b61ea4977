"""Dagster's event log in the same SQLite files, over connections that stay open.

Dagster opens and closes a file several times for every event, and a run writes some
events for each table and check: when nothing is new, that is most of a run's work.
Files and tables are Dagster's own, so the UI, the daemon and an instance with the
default storage read them. ``dagster_home/dagster.yaml`` names ``OpenStorage``.
"""

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.asset_check_execution_record import (
    AssetCheckExecutionRecordStatus,
)
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import (
    AssetCheckExecutionsTable,
    SqlEventLogStorageTable,
)
from dagster._core.storage.sql import create_engine
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage

# The index and the run at work; the UI looks at some older runs as well.
_MOST_OPEN = 8
_BUSY_SECONDS = 30
# What a crash of the whole machine may cost is the history of its last seconds.
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")
_LAST_ID = "select max(id) from event_logs"
# Dagster hands on what a run plans in batches only where its environment says so.
_BATCHES = ("DAGSTER_EVENT_BATCH_SIZE", "5000")


class OpenEventLog(SqliteEventLogStorage):
    """Keeps the few files that were used last open."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._open: OrderedDict[str, Any] = OrderedDict()
        super().__init__(base_dir, inst_data)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events of one run; its planned checks, some hundreds, all at once."""
        plans = [one for one in events if _is_planned_check(one)]
        if plans:
            self._store_planned_checks(plans)
        for event in events:
            if not _is_planned_check(event):
                self.store_event(event)

    def _store_planned_checks(self, plans: Sequence[EventLogEntry]) -> None:
        rows = [self._event_to_row(plan) for plan in plans]
        with self.run_connection(plans[0].run_id) as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
        with self.index_connection() as connection:
            connection.execute(SqlEventLogStorageTable.insert(), rows)
            # Nobody else writes before this transaction ends: the ids are the last.
            last: int = connection.exec_driver_sql(_LAST_ID).scalar_one()
            ids = range(last - len(rows) + 1, last + 1)
            connection.execute(
                AssetCheckExecutionsTable.insert(),
                [
                    _planned_check(plan, row, storage_id)
                    for plan, row, storage_id in zip(plans, rows, ids, strict=True)
                ],
            )

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Any]:
        with self._db_lock:
            connection = self._connection(shard)
            with connection.begin():
                yield connection

    def _connection(self, shard: str) -> Any:
        path = Path(self.path_for_shard(shard))
        if shard in self._open and not path.exists():
            self._shut(shard)  # History was pruned, here or by another process.
        if shard not in self._open:
            self._open[shard] = self._opened(shard)
        self._open.move_to_end(shard)
        while len(self._open) > _MOST_OPEN:
            self._shut(next(iter(self._open)))
        return self._open[shard]

    def _opened(self, shard: str) -> Any:
        # The lock above lets one thread in at a time.
        arguments = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(
            self.conn_string_for_shard(shard), connect_args=arguments
        )
        self._initdb(engine)
        connection = engine.connect()
        for pragma in _PRAGMAS:
            connection.exec_driver_sql(pragma)
        connection.commit()
        return connection

    def _shut(self, shard: str) -> None:
        connection = self._open.pop(shard)
        connection.close()
        connection.engine.dispose()

    def dispose(self) -> None:
        """Stop watching and close every file."""
        super().dispose()
        with self._db_lock:
            for shard in list(self._open):
                self._shut(shard)


def _is_planned_check(event: EventLogEntry) -> bool:
    return event.dagster_event_type is DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED


def _planned_check(
    event: EventLogEntry, row: Mapping[str, Any], storage_id: int
) -> dict[str, Any]:
    """The row that Dagster's own storage writes for it, of an asset without parts."""
    planned = event.get_dagster_event().asset_check_planned_data
    return {
        "asset_key": planned.asset_key.to_string(),
        "check_name": planned.check_name,
        "partition": None,
        "run_id": event.run_id,
        "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
        "evaluation_event": row["event"],
        "evaluation_event_timestamp": row["timestamp"],
        "evaluation_event_storage_id": storage_id,
    }


class OpenStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage with ``OpenEventLog`` in it."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        super().__init__(base_dir, inst_data)
        os.environ.setdefault(*_BATCHES)
        runs = Path(base_dir) / "history" / "runs"
        self._event_log_storage = OpenEventLog(str(runs))

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> Self:
        """Made by Dagster, from ``dagster.yaml``."""
        return cls.from_local(inst_data=inst_data, **config_value)
