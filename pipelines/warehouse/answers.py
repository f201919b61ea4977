"""Statements that a person types, answered row by row.

Made for the prompt of ``cwp sql``: plain Python values, fetched in batches, without
the weight of a data frame. Questions that programs ask go through ``queries``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.errors import WarehouseError
from pipelines.warehouse.queries import Column

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns of one result, and its rows, which can be read once."""

    columns: tuple[Column, ...]
    rows: Iterator[tuple[Any, ...]]


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Run what was typed; of several statements the last one answers.

    Raises:
        WarehouseError: DuckDB refuses it; the text is DuckDB's own.
    """
    try:
        # None where there is no statement in it: a lone semicolon, a comment.
        result: duckdb.DuckDBPyConnection | None = connection.execute(sql)
        if result is None:
            return Answer((), iter(()))
        described = connection.description or []
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error
    columns = tuple(Column(str(name), str(kind)) for name, kind, *_ in described)
    return Answer(columns, _rows(result))


def is_complete(sql: str) -> bool:
    """Whether ``sql`` ends with a semicolon that is not inside a quote or comment."""
    if not sql.rstrip().endswith(";"):
        return False
    try:
        duckdb.extract_statements(sql)
    except duckdb.Error as error:
        return "unterminated" not in str(error)
    return True


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while batch := result.fetchmany(BATCH):
            yield from batch
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error
