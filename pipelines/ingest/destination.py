"""What the raw schema holds already: tables, columns, keys, hashes, parents.

Only rows of completed loads count. A load that was killed may have left an entity's
rows without their child rows; since its rows are not trusted, they are loaded again
together with their children.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from dlt.common.versioned_state import decompress_state

from pipelines.errors import IngestError
from pipelines.ingest.shapes import TableShape
from pipelines.warehouse.connection import connect

RAW_SCHEMA = "connectwise_raw"
_STATE = "_dlt_pipeline_state"
DUCKDB_TYPES: Mapping[pa.DataType, str] = {
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP WITH TIME ZONE",
    pa.string(): "VARCHAR",
}


def _completed(schema: str) -> str:
    return f"select load_id from {schema}._dlt_loads where status = 0"


@dataclass(frozen=True, slots=True)
class Destination:
    """Read access to the build file, which may not exist yet."""

    path: Path
    schema: str = RAW_SCHEMA

    def inventory(self) -> "Inventory":
        """What is there, asked once for a whole load."""
        if not self.path.exists():
            return Inventory(self.path, {}, frozenset())
        # No parameters, here and below: DuckDB imports pandas to bind one.
        columns = f"""
            select table_name, column_name, data_type
            from duckdb_columns() where schema_name = '{RAW_SCHEMA}'
        """
        # Never 0 while there is a row; rows that were deleted may still count.
        filled = f"""
            select table_name from duckdb_tables()
            where schema_name = '{RAW_SCHEMA}' and estimated_size > 0
        """
        found: dict[str, dict[str, str]] = defaultdict(dict)
        with connect(self.path) as connection:
            for table, column, kind in connection.execute(columns).fetchall():
                found[table][column] = kind
            with_rows = connection.execute(filled).fetchall()
        return Inventory(self.path, found, frozenset(name for (name,) in with_rows))

    def completed_loads(self) -> frozenset[str]:
        """Ids of all completed loads."""
        if not self._has("_dlt_loads"):
            return frozenset()
        return frozenset(str(one) for (one,) in self.rows(_completed(self.schema)))

    def last_load_id(self) -> str | None:
        """The newest completed load of the schema; ``None`` before the first."""
        if not self._has("_dlt_loads"):
            return None
        # The newest is the last written: ids follow a clock, which may be set back.
        rows = self.rows(f"{_completed(self.schema)} order by rowid desc limit 1")
        return str(rows[0][0]) if rows else None

    def tables_of_open_loads(self, tables: Iterable[str]) -> frozenset[str]:
        """Those of ``tables`` whose newest row belongs to no completed load."""
        probes = (
            f"select '{table}' from {RAW_SCHEMA}.{table} "
            f"having count(*) > 0 "
            f"and max(_dlt_load_id) not in ({_completed(RAW_SCHEMA)})"
            for table in tables
        )
        rows = self.rows(" union all ".join(probes)) if tables else []
        return frozenset(str(name) for (name,) in rows)

    def has_open_rows(self, tables: Iterable[str]) -> bool:
        """Whether a load that did not complete has left a row in one of ``tables``."""
        probes = (
            f"exists (from {RAW_SCHEMA}.{table} "
            f"where _dlt_load_id not in ({_completed(RAW_SCHEMA)}))"
            for table in tables
        )
        return bool(self.rows(f"select {' or '.join(probes)}")[0][0])

    def row_counts(
        self, tables: Iterable[str], *, above: Mapping[str, int] | None = None
    ) -> dict[str, int]:
        """Rows of each raw table, asked once for all of them.

        ``above`` is an id by table; only rows beyond it count.
        """
        least = above or {}
        probes = [
            f"select '{table}', count(*) from {RAW_SCHEMA}.{table}"
            + (f" where id > {least[table]:d}" if table in least else "")
            for table in tables
        ]
        rows = self.rows(" union all ".join(probes)) if probes else []
        return {str(name): int(count) for name, count in rows}

    def resource_states(self, source: str) -> Mapping[str, Mapping[str, Any]]:
        """What each resource of ``source`` left in dlt's state of completed loads."""
        if not self._has(_STATE):
            return {}
        rows = self.rows(
            f"select state from {self.schema}.{_STATE} "
            f"where _dlt_load_id in ({_completed(self.schema)}) "
            "order by version desc limit 1"
        )
        if not rows:
            return {}
        sources = decompress_state(rows[0][0]).get("sources", {})
        states: Mapping[str, Any] = sources.get(source, {}).get("resources", {})
        return states

    @contextmanager
    def kept_open(self, *, read_only: bool = True) -> Iterator[None]:
        """Many questions in a row: DuckDB opens the file once for all of them.

        Opening takes a look at all tables, each time. A file that is still to be made
        is opened by whoever makes it.
        """
        with ExitStack() as stack:
            if self.path.exists():
                stack.enter_context(connect(self.path, read_only=read_only))
            yield

    def _has(self, table: str) -> bool:
        sql = f"""
            select 1 from duckdb_tables()
            where schema_name = '{self.schema}' and table_name = '{table}'
        """
        return bool(self.rows(sql))

    def rows(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """The answer to a question; none where there is no file yet."""
        if not self.path.exists():
            return []
        with connect(self.path) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql, parameters).fetchall()
        return rows


@dataclass(frozen=True, slots=True)
class Inventory:
    """Tables of the raw schema with their columns, and which of them have rows.

    ``columns`` is a DuckDB type by table and column.
    """

    path: Path
    columns: Mapping[str, Mapping[str, str]]
    with_rows: frozenset[str]

    def is_empty(self, shape: TableShape) -> bool:
        """No table of ``shape`` has a row, child tables included.

        A load that was killed may have left rows in any of them.
        """
        return not self.with_rows & set(shape.tables)

    def has_all(self, shape: TableShape) -> bool:
        """All tables of ``shape`` exist with all their columns."""
        return all(
            set(schema.names) <= self.columns.get(table, {}).keys()
            for table, schema in shape.tables.items()
        )

    def with_all(self, shapes: Iterable[TableShape]) -> "Inventory":
        """The same after missing tables and columns of ``shapes`` were made."""
        columns = {table: dict(there) for table, there in self.columns.items()}
        for shape in shapes:
            for table, schema in shape.tables.items():
                there = columns.setdefault(table, {})
                there |= {one.name: DUCKDB_TYPES[one.type] for one in schema}
        return Inventory(self.path, columns, self.with_rows)

    def check_types(self, shape: TableShape) -> None:
        """Refuse a model that sees a column otherwise than the release that made it.

        Raises:
            IngestError: a column has another type; no load could change that.
        """
        for table, schema in shape.tables.items():
            there = self.columns.get(table, {})
            for field in schema:
                wanted = DUCKDB_TYPES[field.type]
                found = there.get(field.name, wanted)
                if found != wanted:
                    raise IngestError(
                        f"{RAW_SCHEMA}.{table}.{field.name} is {found} in the build "
                        f"file but {wanted} in this release: move {self.path} away, "
                        "and `cwp run` reads everything anew."
                    )


@dataclass(slots=True)
class Hashes:
    """Row hashes of one table, by key; connects at the first question."""

    path: Path
    table: str
    _connection: Any = None

    def of(self, ids: pa.Array) -> dict[int, str | None]:
        """Hash by id of those ``ids`` that the table has.

        The hash is ``None`` where the row belongs to a load that did not complete.
        """
        if self._connection is None:
            self._connection = connect(self.path)
        self._connection.register("page", pa.table({"id": ids}))
        rows: Sequence[tuple[int, str | None]] = self._connection.execute(
            f"""
            with completed as ({_completed(RAW_SCHEMA)})
            select id, case when _dlt_load_id in (from completed) then _row_hash end
            from {RAW_SCHEMA}.{self.table} semi join page using (id)
            """
        ).fetchall()
        return dict(rows)

    def close(self) -> None:
        """Let go of the file, so that the load may write it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
