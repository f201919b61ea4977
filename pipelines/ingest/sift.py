"""Keep only what is new or changed, so that a load follows the change.

Rows whose hash equals the destination's are dropped, repeats within a run too (its
first sight of a record wins; a later state lies beyond the window and comes next
time). What is to be appended drops every record that is there. What stays is handed on
with its child rows, and, for a merge, with one removal marker per list that has become
empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.decode import Decoded
from pipelines.ingest.destination import Hashes
from pipelines.ingest.shapes import TableShape


@dataclass(frozen=True, slots=True)
class Sifted:
    """Rows to load, by table, and how many of them are new or changed."""

    tables: dict[str, pa.Table]
    new: int
    changed: int


@dataclass(slots=True)
class Sieve:
    """The sieve of one entity during one run; ``hashes`` is None for a first load."""

    shape: TableShape
    hashes: Hashes | None
    appends: bool = False
    _seen: set[int] = field(default_factory=set)

    def sift(self, decoded: Decoded) -> Sifted:
        """Drop known and repeated rows of a page."""
        ids = decoded.rows.column(self.shape.entity.key)
        if self.hashes is None and self._are_new(ids):
            tables = {self.shape.entity.name: decoded.rows, **decoded.children}
            return Sifted(tables, len(ids), 0)
        known = self._known(ids)
        keep, new = self._choose(ids.to_pylist(), decoded.rows, known)
        tables = {self.shape.entity.name: decoded.rows.take(pa.array(keep, pa.int64()))}
        kept_ids = tables[self.shape.entity.name].column(self.shape.entity.key)
        for table, rows in decoded.children.items():
            tables[table] = self._children(rows, kept_ids)
        return Sifted(tables, new, len(keep) - new)

    def _are_new(self, ids: pa.ChunkedArray) -> bool:
        """No row was seen before; a page that was decoded repeats none itself."""
        page = set(ids.to_pylist())
        if not self._seen.isdisjoint(page):
            return False
        self._seen |= page
        return True

    def _known(self, ids: pa.ChunkedArray) -> Mapping[int, str | None]:
        if self.hashes is None or not len(ids):
            return {}
        return self.hashes.of(ids.combine_chunks())

    def _choose(
        self, ids: list[int], rows: pa.Table, known: Mapping[int, str | None]
    ) -> tuple[list[int], int]:
        keep: list[int] = []
        new = 0
        hashes = rows.column("_row_hash").to_pylist()
        for position, (key, row_hash) in enumerate(zip(ids, hashes, strict=True)):
            if key in self._seen:
                continue
            self._seen.add(key)
            if key not in known:
                new += 1
            elif self.appends or known[key] == row_hash:
                continue
            keep.append(position)
        return keep, new

    def _children(self, rows: pa.Table, kept_ids: pa.ChunkedArray) -> pa.Table:
        kept = rows.filter(pc.is_in(rows.column("_parent_id"), kept_ids))
        if self.appends or self.hashes is None:
            return kept
        with_rows = kept.column("_parent_id")
        bare = kept_ids.filter(pc.invert(pc.is_in(kept_ids, with_rows)))
        return pa.concat_tables([kept, _removals(bare, rows.schema)])


def _removals(parents: pa.ChunkedArray, schema: pa.Schema) -> pa.Table:
    columns = {
        "_parent_id": parents,
        "_removed": pa.array([True] * len(parents), pa.bool_()),
    }
    arrays = [
        columns.get(field.name, pa.nulls(len(parents), field.type)) for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
