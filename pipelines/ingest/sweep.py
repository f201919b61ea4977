"""Every id that the API lists, entity by entity, and how far that list is proof.

A sweep asks for ``id`` and ``_info`` only. It is complete when the endpoint is granted,
every row says its id, and there are as many as ``/count`` says; anything less proves
nothing about what is missing. Of lists under many parents a part is asked for at a
time, and proves something of these lists only. What follows from it is
``reconcile.py``'s business.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import msgspec
import pyarrow as pa

from pipelines.connectwise import (
    BadRequestError,
    NotFoundError,
    NotGrantedError,
    Page,
    Query,
)
from pipelines.connectwise.concurrency import in_parallel
from pipelines.connectwise.entities import Entity
from pipelines.ingest.run import SyncRun
from pipelines.ingest.slices import Slice

# The API drops names from ``fields`` without a word, and ``_info`` unless it is listed.
FIELDS = Query(fields=("id", "_info"))

Status = Literal["complete", "in part", "not granted", "unproven", "skipped"]
# So many lists are asked for before an endpoint counts as not granted: neighbours may
# stand on one board that is denied.
_REFUSALS = 20
_NOT_GRANTED = "the API member's role does not grant it"


class _Info(msgspec.Struct):
    last_updated: str | None = msgspec.field(name="lastUpdated", default=None)


class _Seen(msgspec.Struct):
    id: int
    info: _Info | None = msgspec.field(name="_info", default=None)


_decode = msgspec.json.Decoder(list[_Seen]).decode


@dataclass(slots=True)
class Sighting:
    """What a sweep saw of one entity.

    Attributes:
        counted: what ``/count`` says; None where nothing counts.
        moments: ``lastUpdated`` by id, None where the row has none.
        parents: whose list a child stands in, by the child's id.
        turn: the parents that had their turn; None where there are none.
        asked: those whose list has been seen to its end.
        note: why it is not complete.
    """

    entity: Entity
    status: Status = "complete"
    counted: int | None = None
    moments: dict[int, str | None] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    turn: Slice | None = None
    asked: set[int] = field(default_factory=set)
    note: str = ""

    @property
    def is_complete(self) -> bool:
        """An id that is not here is missing from the API."""
        return self.status == "complete"

    @property
    def is_proof(self) -> bool:
        """An id that is not here is missing from the lists that were asked for."""
        return self.status in {"complete", "in part"}

    @property
    def unread(self) -> frozenset[int]:
        """Parents whose lists are to be read because they never were."""
        return self.turn.unread if self.turn and self.is_proof else frozenset()

    @property
    def table(self) -> pa.Table:
        """Ids with their ``lastUpdated``."""
        return pa.table(
            {
                "id": pa.array(self.moments.keys(), pa.int64()),
                "last_updated": pa.array(self.moments.values(), pa.string()),
            }
        )

    def add(self, page: Page, *, parent_id: int | None = None) -> None:
        """Take the ids of a page."""
        for row in _decode(page.content):
            self.moments[row.id] = row.info.last_updated if row.info else None
            if parent_id is not None:
                self.parents[row.id] = parent_id

    def give_up(self, status: Status, note: str) -> None:
        """This sweep proves nothing of the entity."""
        self.status, self.note = status, note


def sweep(run: SyncRun, entity: Entity, turn: Slice | None = None) -> Sighting:
    """See every id of ``entity``, or those under the parents that have their turn.

    Raises:
        ConnectWiseError: the tenant does not answer.
    """
    seen = Sighting(entity, turn=turn)
    try:
        if turn:
            _see_children(run, seen, turn)
        else:
            _see_list(run, seen)
    except NotGrantedError:
        seen.give_up("not granted", _NOT_GRANTED)
    except (BadRequestError, NotFoundError) as error:
        seen.give_up("unproven", error.what)
    except msgspec.ValidationError:
        seen.give_up("unproven", "rows came without an id")
    return seen


def _see_list(run: SyncRun, seen: Sighting) -> None:
    entity, client = seen.entity, run.client
    if not entity.has_count:
        seen.give_up("skipped", "nothing counts this list")
        return
    before = client.count(entity.path)
    for page in client.iter_pages(entity.path, query=FIELDS, paging=entity.paging):
        seen.add(page)
    found = len(seen.moments)
    # Records come and go meanwhile: the count after it may be the one that fits.
    seen.counted = before if before == found else client.count(entity.path)
    if seen.counted != found:
        seen.give_up("unproven", f"{found:,} ids listed, {seen.counted:,} counted")


@dataclass(frozen=True, slots=True)
class _List:
    """One parent's list, to its end; no pages where it is refused."""

    parent_id: int
    pages: list[Page] | None


def _see_children(run: SyncRun, seen: Sighting, turn: Slice) -> None:
    jobs = (partial(_lists, run, seen.entity, parent_id) for parent_id in turn.asked)
    refused = 0
    for each in in_parallel(jobs, workers=run.settings.sync.concurrency):
        if each.pages is None:
            refused += 1
            if not seen.asked and refused == min(_REFUSALS, len(turn.asked)):
                seen.give_up("not granted", _NOT_GRANTED)
                return
            continue
        seen.asked.add(each.parent_id)
        for page in each.pages:
            seen.add(page, parent_id=each.parent_id)
    if not turn.is_whole:
        seen.give_up("in part", _told(turn, refused))
    elif refused:
        seen.give_up("unproven", f"{refused:,} parents refuse their list")


def _lists(run: SyncRun, entity: Entity, parent_id: int) -> Iterator[_List]:
    """The one list of a parent; any thread may ask."""
    path = entity.path.format(parent_id=parent_id)
    try:
        pages = run.client.iter_pages(path, query=FIELDS, paging=entity.paging)
        yield _List(parent_id, list(pages))
    except NotFoundError:
        yield _List(parent_id, [])  # Its children went with it.
    except NotGrantedError:
        yield _List(parent_id, None)


def _told(turn: Slice, refused: int) -> str:
    told = f"{turn.count:,} of {turn.everyone:,} lists, all in {turn.nights:,} nights"
    return f"{told}; {refused:,} are refused" if refused else told
