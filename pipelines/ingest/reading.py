"""One entity being read: pages of its list, or of its parents' lists, to tables.

A reading can be peeked at: it then goes on until it has met something new or its end,
so that an entity without news costs a request and never reaches dlt. What must be
remembered once all of it has landed, it says at its end.
"""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

from pipelines.connectwise import NotFoundError, NotGrantedError, Page, Paging, Query
from pipelines.connectwise.concurrency import in_parallel
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.parallel import ParallelReader
from pipelines.ingest.cursors import (
    Window,
    former_edition,
    next_window,
    remember,
    shape_key,
)
from pipelines.ingest.decode import PageDecoder
from pipelines.ingest.destination import Hashes, Inventory
from pipelines.ingest.history import History, opened
from pipelines.ingest.landing import Landing
from pipelines.ingest.loading import Tables
from pipelines.ingest.parents import Parent, horizon_of, pending
from pipelines.ingest.run import SyncRun
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.sift import Sieve

# So many parents are asked before an endpoint counts as not granted.
REFUSALS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A page and the parent it was asked of."""

    page: Page
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A parent whose list was asked for to its end, or refused."""

    parent: Parent
    granted: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """Rows to load, and the page that they came on."""

    tables: Tables
    source: Source


class Reading:
    """The reading of one entity in one run.

    Attributes:
        first: the tables hold no row yet.
        appends: nothing there is replaced, as in a first load and in its history.
        complete: the tables exist with all their columns.
        read: parents whose children have been read.
    """

    def __init__(
        self,
        entity: Entity,
        run: SyncRun,
        *,
        there: Inventory,
        state: Mapping[str, Any],
        ids: Collection[int] | None = None,
        parents: Sequence[Parent] | None = None,
        history: History | None = None,
    ) -> None:
        """Nothing is asked yet.

        Args:
            entity: what to read.
            run: who asks, and who is told.
            there: what the destination holds.
            state: the entity's dlt state.
            ids: read these records by id, without moving the window; ``None`` reads
                as the entity is read by rule.
            parents: read the children of these; ``None`` takes those that are due.
            history: read the next part of it.

        Raises:
            IngestError: a column there has another type than the model gives it.
        """
        self.entity = entity
        self.shape = shape_of(entity)
        there.check_types(self.shape)
        self.first = there.is_empty(self.shape)
        self.appends = self.first or (
            # What a killed load has left must be replaced.
            history is not None and not run.destination.has_open_rows(self.shape.tables)
        )
        self.complete = there.has_all(self.shape)
        self.tally = run.tally(entity.name)
        self.read: list[Parent] = []
        self._run = run
        self._hashes = Hashes(run.destination.path, entity.name)
        self._window: Window | None = None
        self._parents: list[Parent] = []
        self._history = history
        self._records: int | None = None
        if history is not None:
            self._sources = self._older(history)
        elif ids is not None:
            self._sources = self._by_id(ids)
        elif entity.parent:
            self._parents = list(self._pending(there) if parents is None else parents)
            self._sources = self._children()
        else:
            self._window = self._next_window(state)
            self._sources = self._flat()
        self._changed = self.tally.metered(self._changes())

    @property
    def may_be_staged(self) -> bool:
        """It is the first read of a list that can be counted and cut."""
        opens = self._window is not None and self._window.lower is None
        return opens and self.first and self._is_cut

    @property
    def _is_cut(self) -> bool:
        entity = self.entity
        return entity.paging is Paging.FORWARD_ONLY and entity.has_count

    def stage(self, records: int) -> None:
        """Read the newest part of these many records only, and leave the rest."""
        self._records = records

    @property
    def can_be_quiet(self) -> bool:
        """Its tables are there and read before: nothing new is nothing to do."""
        opens = self._window is not None and self._window.lower is None
        return self.complete and not opens

    @property
    def is_quiet(self) -> bool:
        """After a peek: nothing is to be loaded and nothing to be remembered."""
        return self.can_be_quiet and not (self.tally.has_news or self._parents)

    def fetch(self) -> None:
        """Ask for the first page; any thread may."""
        with suppress(StopIteration):
            self._sources = chain([next(self._sources)], self._sources)

    def peek(self) -> None:
        """Read on to the first news, or to the end."""
        held = []
        for change in self._changed:
            held.append(change)
            if self.tally.has_news:
                break
        self._changed = chain(held, self._changed)
        self._hashes.close()

    def tables(self, landing: Landing) -> Iterator[Tables]:
        """What is new or changed, page by page; each page is kept in ``landing``."""
        for change in self._changed:
            page = change.source.page
            landing.keep(self.entity.name, page, parent_id=change.source.parent_id)
            self._run.progress.advance(self.entity.name, page.row_count)
            yield change.tables
        self._hashes.close()

    def remember(self, state: MutableMapping[str, Any]) -> None:
        """Note in the entity's dlt state how far this reading came."""
        if self.tally.status != "read":
            return
        if self._history is not None:
            self._history.store(state)
        if self._window is None:
            return
        if self.tally.has_news or self._window.lower is None:
            remember(self._window, state)

    def _next_window(self, state: Mapping[str, Any]) -> Window | None:
        if not self.entity.incremental:
            return None
        shape = shape_key(self.shape.fingerprint, self._run.edition)
        if (former := former_edition(state, shape)) is not None:
            self._run.former_edition = former
        return next_window(
            state,
            shape=shape,
            server_now=self._run.server_now,
            overlap=timedelta(minutes=self._run.settings.sync.overlap_minutes),
        )

    def _pending(self, there: Inventory) -> list[Parent]:
        parent = ENTITIES[self.entity.parent or ""]
        run = self._run
        return pending(
            self.entity,
            parent,
            destination=run.destination,
            there=there,
            horizon=horizon_of(parent, run.settings, now=run.server_now),
        )

    def _changes(self) -> Iterator[_Change]:
        tally, run = self.tally, self._run
        decoder = PageDecoder(self.entity)
        hashes = None if self.first else self._hashes
        sieve = Sieve(self.shape, hashes, appends=self.appends)
        for source in self._sources:
            if not source.page.row_count:
                continue
            decoded = decoder.decode(
                source.page, synced_at=run.server_now, parent_id=source.parent_id
            )
            sifted = sieve.sift(decoded)
            tally.observe(decoded)
            tally.rows_new += sifted.new
            tally.rows_changed += sifted.changed
            if sifted.new or sifted.changed or decoded.quarantined:
                yield _Change(sifted.tables, source)

    def _by_id(self, ids: Collection[int]) -> Iterator[Source]:
        try:
            yield from map(Source, self._run.client.get_many(self.entity.path, ids))
        except NotGrantedError:
            self.tally.status = "not granted"

    def _flat(self) -> Iterator[Source]:
        try:
            yield from map(Source, self._pages())
        except NotGrantedError:
            self.tally.status = "not granted"

    def _pages(self) -> Iterator[Page]:
        entity, client, window = self.entity, self._run.client, self._window
        if not self._is_cut:
            query = Query(conditions=window.conditions if window else None)
            return client.iter_pages(entity.path, query=query, paging=entity.paging)
        reader = self._reader()
        if window and window.lower:
            return reader.window(window.lower, window.upper)
        if window and self._records is not None:
            return self._newest(reader, window, self._records)
        return reader.whole()

    def _reader(self) -> ParallelReader:
        at_once = self._run.settings.sync.concurrency
        return ParallelReader(self._run.client, self.entity.path, workers=at_once)

    def _newest(
        self, reader: ParallelReader, window: Window, records: int
    ) -> Iterator[Page]:
        sync, now = self._run.settings.sync, self._run.server_now
        days = sync.history_days
        since = now - timedelta(days=sync.first_days)
        self._history = opened(
            reader,
            records=records,
            since=since,
            back_to=None if days is None else now - timedelta(days=days),
        )
        return reader.window(since, window.upper)

    def _older(self, history: History) -> Iterator[Source]:
        try:
            yield from map(Source, self._reader().ranges(history.ranges()))
        except NotGrantedError:
            self.tally.status = "not granted"
            return
        self._history = history.after_package()

    def _children(self) -> Iterator[Source]:
        parents = iter(self._parents)
        refused = 0
        while not self.read and refused < REFUSALS and (one := next(parents, None)):
            yield from self._heard(self._of_parent(one))
            refused += not self.read
        if self.read:
            at_once = self._run.settings.sync.concurrency
            jobs = (partial(self._of_parent, parent) for parent in parents)
            yield from self._heard(in_parallel(jobs, workers=at_once))
        elif refused:
            self.tally.status = "not granted"
        if self._parents:
            self.tally.note = self._told()

    def _heard(self, items: Iterator[Source | _Asked]) -> Iterator[Source]:
        for item in items:
            if isinstance(item, Source):
                yield item
            elif item.granted:
                self.read.append(item.parent)

    def _of_parent(self, parent: Parent) -> Iterator[Source | _Asked]:
        """Its pages, then whether it was granted; any thread may ask."""
        path = self.entity.path.format(parent_id=parent.id)
        try:
            for page in self._run.client.iter_pages(path, paging=self.entity.paging):
                yield Source(page, parent.id)
        except NotGrantedError:
            yield _Asked(parent, granted=False)
            return
        except NotFoundError:
            pass  # The parent went away between its read and this one.
        yield _Asked(parent, granted=True)

    def _told(self) -> str:
        parent = ENTITIES[self.entity.parent or ""]
        everyone = self._run.destination.row_counts([parent.name])[parent.name]
        return f"{len(self.read):,} of {everyone:,} {parent.title.lower()} read"
