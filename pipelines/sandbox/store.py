"""The sandbox's records, in one SQLite file.

A record is kept as the JSON text that is served, keyed by its list path
(``/service/boards/{parent_id}/statuses``) and id; the file also holds the world's
manifest and the tickets' event log, which are not served. What a request may ask of
the records is decided in ``selection``; the simulated MSP is made in ``generate``.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

import msgspec

from pipelines.errors import SandboxError
from pipelines.sandbox.links import ADDRESS, with_links, without_links

# Large pages: a ticket of six kilobytes then needs no chain of overflow pages.
_SCHEMA = """
pragma page_size = 32768;
create table records (
    path text not null,
    id integer not null,
    parent_id integer,
    last_updated text,
    body text not null,
    primary key (path, id)
);
create index records_in_order on records (path, parent_id, id, last_updated);
create table manifest (key text primary key, value text not null);
create table ticket_events (
    ticket_id integer not null,
    at text not null,
    kind text not null,
    from_value text,
    to_value text,
    member_id integer
);
create index ticket_events_of on ticket_events (ticket_id, at);
"""
_BATCH = 1_000
_MOST_REMEMBERED = 1_000
_FIRST_NUMBER = 1_000_000_000
_ADD = "insert into records values (?, ?, ?, ?, ?)"
_REPLACE = "insert or replace into records values (?, ?, ?, ?, ?)"
_AFTER = "select id, body from records where path = ? and id > ? order by id limit ?"
_AFTER_OF_PARENT = (
    "select id, body from records where path = ? and parent_id = ? and id > ? "
    "order by id limit ?"
)

Record = Mapping[str, Any]
Row = tuple[str, int, int | None, str | None, str]


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One thing that happened to a ticket: ground truth, never served."""

    ticket_id: int
    at: str
    kind: str
    from_value: str | None = None
    to_value: str | None = None
    member_id: int | None = None


class Store:
    """A world on disk. Safe to use from several threads.

    Records go in as dicts with API names and without links; ``write`` adds the
    ``*_href`` links that the API gives, ``records`` takes them off again.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            message = f"There is no sandbox world at {path}; generate one first."
            raise SandboxError(message)
        self.path = path
        self._lock = RLock()
        self._used: dict[str, int] = {}
        self._remembered: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        self._remembered_at = (0, 0)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("pragma synchronous = off")
        self._connection.create_function("fold", 1, _folded, deterministic=True)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty world; an older file at ``path`` is replaced."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch()
        store = cls(path)
        store._connection.executescript(_SCHEMA)
        return store

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of one read; parameters are bound."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def remembered(
        self, sql: str, parameters: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        """As ``query``, but answered once until the file changes: counts are dear."""
        with self._lock:
            version = self._connection.execute("pragma data_version").fetchone()[0]
            state = (version, self._connection.total_changes)
            if state != self._remembered_at or len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
                self._remembered_at = state
            key = (sql, tuple(parameters))
            if key not in self._remembered:
                self._remembered[key] = self.query(sql, parameters)
            return self._remembered[key]

    def write(
        self,
        path_template: str,
        records: Iterable[Record],
        *,
        parent_id: int | None = None,
        verbatim: bool = False,
    ) -> int:
        """Add records in one transaction and say how many.

        Args:
            path_template: list path, with ``{parent_id}`` where it has a parent.
            records: dicts with API names, ``id`` and ``_info``.
            parent_id: parent of all of them, on a per-parent path.
            verbatim: keep the records as they are, without adding links; one
                without an id is filed under a number of its own.

        Raises:
            SandboxError: an id is there already.
        """
        make = _verbatim_row if verbatim else _linked_row
        rows = (
            make(path_template, record, parent_id, number)
            for number, record in enumerate(records, _FIRST_NUMBER)
        )
        return self._insert(_ADD, rows)

    def put(self, path_template: str, record: Record) -> None:
        """Replace a record by a new form of it, or add it; its parent stays.

        Raises:
            SandboxError: it is new and its path hangs on a parent; ``write`` it.
        """
        known = self.query(
            "select parent_id from records where path = ? and id = ?",
            (path_template, record["id"]),
        )
        if not known and "{parent_id}" in path_template:
            message = f"A new record of {path_template} needs its parent's id."
            raise SandboxError(message)
        parent_id = known[0][0] if known else None
        row = _linked_row(path_template, record, parent_id)
        self._insert(_REPLACE, iter([row]))

    def delete(self, path_template: str, record_id: int) -> None:
        """Remove a record for good, as a hard delete in ConnectWise does."""
        with self._lock, self._connection:
            self._used[path_template] = max(record_id, self._used.get(path_template, 0))
            self._connection.execute(
                "delete from records where path = ? and id = ?",
                (path_template, record_id),
            )

    def touch(self, path_template: str, ids: Iterable[int], at: str) -> None:
        """Set ``_info.lastUpdated`` to ``at`` (``yyyy-MM-ddTHH:mm:ssZ``)."""
        with self._lock, self._connection:
            self._connection.executemany(
                "update records set last_updated = ?, "
                "body = json_set(body, '$._info.lastUpdated', ?) "
                "where path = ? and id = ?",
                [(at, at, path_template, record_id) for record_id in ids],
            )

    def records(
        self, path_template: str, parent_id: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Records in order of id, without links; of one parent if it is given."""
        last = -(2**63)
        while rows := self._after(path_template, parent_id, last):
            for last, body in rows:  # noqa: B007  (read by the next round)
                yield without_links(msgspec.json.decode(body))

    def find(self, path_template: str, record_id: int) -> dict[str, Any] | None:
        """One record without links, or None."""
        sql = "select body from records where path = ? and id = ?"
        rows = self.query(sql, (path_template, record_id))
        return without_links(msgspec.json.decode(rows[0][0])) if rows else None

    def first(self, path_template: str) -> dict[str, Any] | None:
        """The record of a list with the lowest id, or None."""
        sql = "select body from records where path = ? order by id limit 1"
        rows = self.query(sql, (path_template,))
        return without_links(msgspec.json.decode(rows[0][0])) if rows else None

    def find_by(
        self, path_template: str, name: str, value: str
    ) -> Iterator[dict[str, Any]]:
        """Records whose property has this text, in any case, by id."""
        rows = self.query(
            "select body from records where path = ? "
            "and json_extract(body, ?) = ? collate nocase order by id",
            (path_template, f"$.{name}", value),
        )
        return (without_links(msgspec.json.decode(row[0])) for row in rows)

    def next_id(self, path_templates: Sequence[str]) -> int:
        """The next id of a sequence that lists share; what was deleted leaves a gap."""
        sql = "select max(id) from records where path = ? and id < ?"
        with self._lock:
            for path in path_templates:
                largest = self.query(sql, (path, _FIRST_NUMBER))[0][0] or 0
                self._used[path] = max(largest, self._used.get(path, 0))
            number = max(self._used[path] for path in path_templates) + 1
            self._used[path_templates[0]] = number
            return number

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile: for a change made of several steps."""
        with self._lock:
            yield

    def count(self, path_template: str, parent_id: int | None = None) -> int:
        """How many records the path holds, of one parent if it is given."""
        sql = "select count(*) from records where path = ?"
        if parent_id is not None:
            sql += " and parent_id = ?"
        rows = self.query(sql, _given(path_template, parent_id))
        return int(rows[0][0])

    def paths(self) -> tuple[str, ...]:
        """List paths that hold at least one record."""
        rows = self.query("select distinct path from records order by path")
        return tuple(row[0] for row in rows)

    def write_manifest(self, entries: Mapping[str, Any]) -> None:
        """Set entries of the manifest, each any JSON value."""
        with self._lock, self._connection:
            self._connection.executemany(
                "insert or replace into manifest values (?, ?)",
                [(key, _json(value)) for key, value in entries.items()],
            )

    def manifest(self) -> dict[str, Any]:
        """What the world says of itself: profile, seed, dirt, stories."""
        rows = self.query("select key, value from manifest order by key")
        return {key: msgspec.json.decode(value) for key, value in rows}

    def write_events(self, events: Iterable[TicketEvent]) -> None:
        """Add to the tickets' event log."""
        with self._lock, self._connection:
            self._connection.executemany(
                "insert into ticket_events values (?, ?, ?, ?, ?, ?)",
                (astuple(event) for event in events),
            )

    def events(self) -> Iterator[TicketEvent]:
        """The event log, by ticket and time."""
        rows = self.query("select * from ticket_events order by ticket_id, at, rowid")
        return (TicketEvent(*row) for row in rows)

    def _insert(self, sql: str, rows: Iterator[Row]) -> int:
        written = 0
        with self._lock, self._connection:
            while batch := list(islice(rows, _BATCH)):
                try:
                    self._connection.executemany(sql, batch)
                except sqlite3.IntegrityError as error:
                    message = f"Two records of {batch[0][0]} have one id ({error})."
                    raise SandboxError(message) from error
                written += len(batch)
        return written

    def _after(self, path: str, parent_id: int | None, last: int) -> list[Any]:
        if parent_id is None:
            return self.query(_AFTER, (path, last, _BATCH))
        return self.query(_AFTER_OF_PARENT, (path, parent_id, last, _BATCH))


def _given(*parameters: Any) -> tuple[Any, ...]:
    return tuple(each for each in parameters if each is not None)


def _folded(value: object) -> str | None:
    """Text in one case; SQLite's own lower() knows ASCII only."""
    return None if value is None else str(value).lower()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _linked_row(
    path: str, record: Record, parent_id: int | None, number: int = 0
) -> Row:
    del number
    body = _json(with_links(path, record, parent_id=parent_id))
    return path, record["id"], parent_id, _last_updated(record), body


def _verbatim_row(path: str, record: Record, parent_id: int | None, number: int) -> Row:
    body = _json(record).replace(ADDRESS, "\\u007f")
    record_id = record.get("id", number)
    return path, record_id, parent_id, _last_updated(record), body


def _last_updated(record: Record) -> str | None:
    updated: str | None = (record.get("_info") or {}).get("lastUpdated")
    return updated
