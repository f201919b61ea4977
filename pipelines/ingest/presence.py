"""Is this one record there? Asked by id, after a callback has spoken of its deletion.

ConnectWise's signed word that a record was deleted, and its own 404 for that id, prove
together what neither proves alone. A record that stands in ``_deletions`` and answers
again has been restored. Records that the raw tables never held are not asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec
import pyarrow as pa

from pipelines.connectwise import NotFoundError, NotGrantedError
from pipelines.connectwise.entities import Entity
from pipelines.ingest.deletes import TABLE, Deletion
from pipelines.ingest.destination import RAW_SCHEMA, Hashes
from pipelines.ingest.run import SyncRun
from pipelines.warehouse.connection import connect

EVIDENCE = "callback said deleted, then 404 by id"

Answer = Literal["there", "gone", "unknown"]
Key = tuple[str, int]


@dataclass(slots=True)
class Examination:
    """What was asked, and what it proves.

    Attributes:
        run: who asks.
        budget: how many records may still be asked for.
        deletions: rows for ``_deletions``, new ones and restored ones.
        found: ids that are there against the word of a callback, by entity.
        left: records that the budget had no room for.
    """

    run: SyncRun
    budget: int
    deletions: list[Deletion] = field(default_factory=list)
    found: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    left: int = 0
    _open: Mapping[Key, Deletion] | None = None

    def deleted(self, entities: Collection[Entity], ids: Collection[int]) -> None:
        """Examine records that a callback calls deleted.

        Args:
            entities: all lists in which such a record may stand.
            ids: the records.
        """
        held = {entity.name: self._held(entity, ids) for entity in entities}
        for record_id in ids:
            rows = [name for name, known in held.items() if record_id in known]
            live = [name for name in rows if (name, record_id) not in self.open]
            if live and self._may_ask():
                self._examine(entities, record_id, live)

    def changed(self, entities: Collection[Entity], ids: Collection[int]) -> None:
        """Examine records that were deleted once and of which a callback speaks."""
        for entity in entities:
            for record_id in ids:
                row = self.open.get((entity.name, record_id))
                if row is None or not self._may_ask():
                    continue
                if self._ask(entity, record_id) == "there":
                    now = self.run.server_now
                    back = msgspec.structs.replace(row, restored_at=now)
                    self.deletions.append(back)

    @property
    def open(self) -> Mapping[Key, Deletion]:
        """Deletions that stand, by entity and id."""
        if self._open is None:
            self._open = _open_deletions(self.run)
        return self._open

    def _may_ask(self) -> bool:
        if self.budget > 0:
            self.budget -= 1
            return True
        self.left += 1
        return False

    def _examine(
        self, entities: Collection[Entity], record_id: int, live: list[str]
    ) -> None:
        answers = {entity.name: self._ask(entity, record_id) for entity in entities}
        for name, answer in answers.items():
            if answer == "there":
                self.found[name].add(record_id)
        if set(answers.values()) == {"gone"}:
            now = self.run.server_now
            self.deletions += [
                Deletion(entity=name, id=record_id, deleted_at=now, evidence=EVIDENCE)
                for name in live
            ]

    def _ask(self, entity: Entity, record_id: int) -> Answer:
        try:
            self.run.client.get(f"{entity.path}/{record_id:d}")
        except NotFoundError:
            return "gone"
        except NotGrantedError:
            return "unknown"
        return "there"

    def _held(self, entity: Entity, ids: Collection[int]) -> Collection[int]:
        """Those of ``ids`` that the raw table has."""
        if entity.name not in self.run.destination.inventory().columns:
            return ()
        hashes = Hashes(self.run.destination.path, entity.name)
        try:
            return hashes.of(pa.array(ids, pa.int64()))
        finally:
            hashes.close()


def _open_deletions(run: SyncRun) -> dict[Key, Deletion]:
    destination = run.destination
    if TABLE not in destination.inventory().columns:
        return {}
    names = ("entity", "id", "deleted_at", "evidence", "load_id")
    sql = (
        f"select {', '.join(names)} from {RAW_SCHEMA}.{TABLE} where restored_at is null"
    )
    with connect(destination.path) as connection:
        rows = connection.execute(sql).fetchall()
    found = [Deletion(**dict(zip(names, row, strict=True))) for row in rows]
    return {(row.entity, row.id): row for row in found}
