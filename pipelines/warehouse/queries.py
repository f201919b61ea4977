"""Read-only questions with parameters, answered as pandas frames.

Values travel as parameters; a name of a schema, table or column reaches SQL only
after ``information_schema`` has confirmed it. Frames come back with the same dtypes
whether a table is empty or full: whole numbers ``Int64``, booleans ``boolean``,
DECIMAL ``float64``, dates and timestamps ``datetime64`` (timestamps UTC). What to
ask is the caller's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.errors import WarehouseError
from pipelines.warehouse.connection import Connection

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]
    import pyarrow as pa

Parameters = Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as ``information_schema`` knows it; ``type`` is DuckDB's name."""

    name: str
    type: str


def quoted(name: str) -> str:
    """An identifier in double quotes, with quotes inside it doubled."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(connection: Connection, schema: str, table: str) -> tuple[Column, ...]:
    """Columns in table order; empty when there is no such table."""
    rows = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_catalog = current_database() "
        "and table_schema = $schema and table_name = $table "
        "order by ordinal_position",
        {"schema": schema, "table": table},
    ).fetchall()
    return tuple(Column(name, kind) for name, kind in rows)


def table_exists(connection: Connection, schema: str, table: str) -> bool:
    """Whether the table or view is there."""
    return bool(columns_of(connection, schema, table))


def query(
    connection: Connection, sql: str, parameters: Parameters = ()
) -> "pd.DataFrame":
    """Run one statement and return its rows.

    Args:
        connection: from ``connection.connect``.
        sql: text without any value in it; ``?`` or ``$name`` mark parameters.
        parameters: values by position or by name.

    Raises:
        WarehouseError: the statement is not valid for this file.
    """
    try:
        table = connection.execute(sql, parameters or None).to_arrow_table()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise WarehouseError(
            f"The warehouse could not answer a query ({reason}); if the file is older "
            "than this version, run `cwp run` again."
        ) from error
    return _frame(table)


def select(
    connection: Connection,
    schema: str,
    table: str,
    *,
    columns: Sequence[str] = (),
    order_by: Sequence[str] = (),
) -> "pd.DataFrame":
    """Rows of one table as a frame, all columns unless named.

    Raises:
        WarehouseError: the table, or a column that was named, is not there.
    """
    return query(connection, _select(connection, (schema, table), columns, order_by))


def records(
    connection: Connection,
    schema: str,
    table: str,
    *,
    columns: Sequence[str] = (),
    order_by: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """The same rows as plain values: int, float, bool, str, date, datetime, None.

    Raises:
        WarehouseError: the table, or a column that was named, is not there.
    """
    statement = _select(connection, (schema, table), columns, order_by)
    answer = connection.execute(statement)
    names = [description[0] for description in answer.description or ()]
    return [
        dict(zip(names, map(_plain, values), strict=True))
        for values in answer.fetchall()
    ]


def _select(
    connection: Connection,
    relation: tuple[str, str],
    columns: Sequence[str],
    order_by: Sequence[str],
) -> str:
    schema, table = relation
    known = {column.name for column in columns_of(connection, schema, table)}
    if not known:
        raise WarehouseError(
            f"There is no table {schema}.{table} in the warehouse; `cwp run` makes it."
        )
    unknown = sorted({*columns, *order_by} - known)
    if unknown:
        raise WarehouseError(
            f"{schema}.{table} has no column {', '.join(unknown)}; it has "
            f"{', '.join(sorted(known))}."
        )
    wanted = ", ".join(map(quoted, columns)) or "*"
    sql = f"select {wanted} from {quoted(schema)}.{quoted(table)}"  # noqa: S608
    return f"{sql} order by {', '.join(map(quoted, order_by))}" if order_by else sql


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _frame(table: "pa.Table") -> "pd.DataFrame":
    import pandas as pd
    import pyarrow as pa

    def plain(field: "pa.Field") -> "pa.Field":
        if pa.types.is_decimal(field.type):
            return field.with_type(pa.float64())
        return field.with_type(pa.int64()) if _is_whole(field.type) else field

    def dtype(kind: "pa.DataType") -> Any:
        return {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get(kind)

    schema = pa.schema([plain(field) for field in table.schema])
    frame: pd.DataFrame = table.cast(schema).to_pandas(
        types_mapper=dtype, date_as_object=False
    )
    return frame


def _is_whole(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind))
