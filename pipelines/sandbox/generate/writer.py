"""Writes a whole world into a Store file in one transaction.

``Store.write`` commits per call, which is right for a server that changes a record
now and then, and slow for a million rows under a hundred thousand parents. This writer
opens the same file once, drops the index while it fills, and closes with the manifest.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipelines.sandbox.links import with_links
from pipelines.sandbox.store import Store

FULL_EVERY = 500
_BATCH = 2_000
_INSERT = "insert into records values (?, ?, ?, ?, ?)"
_EVENT = "insert into ticket_events values (?, ?, ?, ?, ?, ?)"

Event = tuple[int, str, str, str | None, str | None, int | None]


class Writer:
    """Collects records and events; ``close`` makes the file complete."""

    def __init__(
        self,
        path: Path,
        *,
        extras: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] | None = None,
    ) -> None:
        """Make the file; ``extras`` say what one record in many says besides."""
        Store.create(path).close()
        self._extras = extras or {}
        self.counts: dict[str, int] = {}
        self._path = path
        self._rows: list[tuple[str, int, int | None, str | None, str]] = []
        self._events: list[Event] = []
        self._encode = msgspec.json.Encoder().encode
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._indexes = self._drop_indexes()
        self._connection.execute("begin")

    def _drop_indexes(self) -> list[str]:
        connection = self._connection
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        found = connection.execute(
            "select name, sql from sqlite_master where type = 'index' and sql not null"
        ).fetchall()
        for name, _ in found:
            connection.execute(f'drop index "{name}"')
        return [sql for _, sql in found]

    def add(
        self, path: str, record: dict[str, Any], parent_id: int | None = None
    ) -> None:
        """Add one record of a list path."""
        if path in self._extras and self.counts.get(path, 0) % FULL_EVERY == 1:
            record = {**self._extras[path](record), **record}
        linked = with_links(path, record, parent_id=parent_id)
        body = self._encode(linked).decode()
        updated = record["_info"].get("lastUpdated")
        self._rows.append((path, record["id"], parent_id, updated, body))
        self.counts[path] = self.counts.get(path, 0) + 1
        if len(self._rows) >= _BATCH:
            self._flush()

    def add_all(self, path: str, records: Iterable[dict[str, Any]]) -> None:
        """Add records of a path that has no parent."""
        for record in records:
            self.add(path, record)

    def add_events(self, events: Iterable[Event]) -> None:
        """Add to the tickets' event log: id, at, kind, from, to, member."""
        self._events.extend(events)

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write what is left, the indexes and the manifest."""
        self._flush()
        for sql in self._indexes:
            self._connection.execute(sql)
        self._connection.execute("commit")
        self._connection.close()
        with Store(self._path) as store:
            store.write_manifest(manifest)

    def _flush(self) -> None:
        self._connection.executemany(_INSERT, self._rows)
        self._connection.executemany(_EVENT, self._events)
        self._rows.clear()
        self._events.clear()
