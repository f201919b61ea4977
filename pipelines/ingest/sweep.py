"""Every id that the API lists, entity by entity, and how far that list is proof.

A sweep asks for ``id`` and ``_info`` only. It is complete when the endpoint is granted,
every row says its id, and there are as many as ``/count`` says; anything less proves
nothing about what is missing. What follows from it is ``reconcile.py``'s business.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
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
from pipelines.connectwise.entities import Entity
from pipelines.ingest.run import SyncRun

# The API drops names from ``fields`` without a word, and ``_info`` unless it is listed.
FIELDS = Query(fields=("id", "_info"))

Status = Literal["complete", "not granted", "unproven", "skipped"]


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
        note: why it is not complete.
    """

    entity: Entity
    status: Status = "complete"
    counted: int | None = None
    moments: dict[int, str | None] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    note: str = ""

    @property
    def is_complete(self) -> bool:
        """An id that is not here is missing from the API."""
        return self.status == "complete"

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


def sweep(run: SyncRun, entity: Entity, parents: list[int]) -> Sighting:
    """See every id of ``entity``; ``parents`` are those of a list under a parent.

    Raises:
        ConnectWiseError: the tenant does not answer.
    """
    seen = Sighting(entity)
    try:
        if entity.parent:
            _see_children(run, seen, parents)
        else:
            _see_list(run, seen)
    except NotGrantedError:
        seen.give_up("not granted", "the API member's role does not grant it")
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


def _see_children(run: SyncRun, seen: Sighting, parents: list[int]) -> None:
    refused = 0
    for parent_id in parents:
        try:
            for page in _pages_of(run, seen.entity, parent_id):
                seen.add(page, parent_id=parent_id)
        except NotFoundError:
            continue  # Its children went with it.
        except NotGrantedError:
            refused += 1
            if refused == len(parents) or (refused > 2 and not seen.moments):
                raise
    if refused:
        seen.give_up("unproven", f"{refused:,} parents refuse their list")


def _pages_of(run: SyncRun, entity: Entity, parent_id: int) -> Iterator[Page]:
    path = entity.path.format(parent_id=parent_id)
    return run.client.iter_pages(path, query=FIELDS, paging=entity.paging)
