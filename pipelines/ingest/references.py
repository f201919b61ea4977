"""The objects of a page's records: board, status, company and the like.

Pages repeat them from row to row, links and all. So a page's records are decoded with
these objects left as bytes; each distinct one is then decoded once, and Arrow spreads
its values over the rows that have it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import Any

import msgspec
import pyarrow as pa

from pipelines.connectwise.entities.columns import RawField
from pipelines.ingest.shapes import (
    Habits,
    TableShape,
    attribute_of,
    attribute_path,
    references_of,
    structs_of_references,
)

Row = tuple[Any, ...]
Column = Sequence[Any]

_MISSING = frozenset({b"", b"null"})
_NOTHING = b"{}"


def values_getter(paths: Sequence[str]) -> Callable[[Any], Row]:
    """All attributes of one object, as a tuple also where it is only one."""
    if len(paths) > 1:
        return attrgetter(*paths)
    single = attrgetter(*paths)
    return lambda item: (single(item),)


@dataclass(frozen=True, slots=True)
class Objects:
    """One object of each record: distinct ones, and who has which.

    ``places`` is an index into ``distinct`` by row; ``None`` where every row has its
    own.
    """

    fields: tuple[RawField, ...]
    distinct: list[Row]
    places: list[int] | None

    def rows(self) -> list[Row]:
        """The values by row."""
        if self.places is None:
            return self.distinct
        return list(map(self.distinct.__getitem__, self.places))

    def arrays(
        self, make: Callable[[Column, pa.DataType], pa.Array], schema: pa.Schema
    ) -> Iterator[tuple[str, pa.Array]]:
        """Each field's column by name."""
        places = None if self.places is None else pa.array(self.places, pa.int32())
        columns: list[Column] = list(zip(*self.distinct, strict=True))
        for field, values in zip(
            self.fields, columns or [()] * len(self.fields), strict=True
        ):
            array = make(values, schema.field(field.name).type)
            yield field.name, array if places is None else array.take(places)


class ReferenceReader:
    """Reads the objects of one entity's records, as ``habits`` writes them."""

    def __init__(self, shape: TableShape, habits: Habits) -> None:
        structs = structs_of_references(shape, habits)
        self._columns = [
            _ReferenceColumn(name, fields, structs[name])
            for name, fields in references_of(shape).items()
        ]

    def read(self, records: list[Any]) -> list[Objects]:
        """The objects of records that were decoded with references left as bytes.

        Raises:
            msgspec.ValidationError: one has an unknown name, or a value does not fit.
        """
        return [column.read(records) for column in self._columns]


class _ReferenceColumn:
    def __init__(
        self, name: str, fields: tuple[RawField, ...], struct: type[msgspec.Struct]
    ) -> None:
        self._fields = fields
        self._bytes_of = attrgetter(attribute_of(name))
        self._decoder = msgspec.json.Decoder(list[struct])  # type: ignore[valid-type]
        self._values = values_getter([attribute_path(f.path[1:]) for f in fields])

    def read(self, records: list[Any]) -> Objects:
        sent = list(map(bytes, map(self._bytes_of, records)))
        place_of = dict(zip(dict.fromkeys(sent), count(), strict=False))
        places = list(map(place_of.__getitem__, sent))
        distinct = (_NOTHING if one in _MISSING else one for one in place_of)
        objects = self._decoder.decode(b"[" + b",".join(distinct) + b"]")
        return Objects(self._fields, list(map(self._values, objects)), places)


def of_whole_records(shape: TableShape, records: list[Any]) -> list[Objects]:
    """The objects of records that were decoded with all that is in them."""
    return [
        Objects(
            fields,
            list(map(values_getter([attribute_path(f.path) for f in fields]), records)),
            None,
        )
        for fields in references_of(shape).values()
    ]
