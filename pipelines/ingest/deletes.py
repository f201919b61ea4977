"""``_deletions``: the proof, row by row, that a record no longer exists.

Staging hides a record that has a row here without ``restored_at``. Absence from a
page is no proof, so nothing in this module ever deletes from a raw table.
"""

from collections.abc import Iterator

import dlt
import pyarrow as pa
from dlt.extract.resource import DltResource

TABLE = "_deletions"
SCHEMA = pa.schema(
    [
        ("entity", pa.string()),
        ("id", pa.int64()),
        ("deleted_at", pa.timestamp("us", tz="UTC")),
        ("evidence", pa.string()),
        ("load_id", pa.string()),
        ("restored_at", pa.timestamp("us", tz="UTC")),
    ]
)


def deletions_table() -> DltResource:
    """A resource that makes the table and adds no row."""

    def rows() -> Iterator[pa.Table]:
        yield SCHEMA.empty_table()

    return dlt.resource(rows, name=TABLE, write_disposition="append")
