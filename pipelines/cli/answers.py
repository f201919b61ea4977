"""Draws an answer of the warehouse: as a table, as records, or as CSV."""

import csv
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.warehouse.answers import Answer

ROWS_SHOWN = 100
# More columns than this are unreadable side by side: each row becomes a record.
WIDEST_TABLE = 12


def write_csv(answer: Answer, stream: TextIO) -> None:
    """All rows, with a heading; NULL is an empty cell."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in answer.columns)
    writer.writerows(answer.rows)


def write_table(answer: Answer, console: Console) -> None:
    """The first 100 rows, and a sentence if there are more."""
    rows = list(islice(answer.rows, ROWS_SHOWN + 1))
    if not answer.columns:
        return
    shown = rows[:ROWS_SHOWN]
    if len(answer.columns) > WIDEST_TABLE:
        _write_records(answer, shown, console)
    else:
        _write_grid(answer, shown, console)
    if len(rows) > ROWS_SHOWN:
        console.print(f"The first {ROWS_SHOWN} rows; `cwp sql --csv` writes all.")
    else:
        console.print(f"{len(shown)} {'row' if len(shown) == 1 else 'rows'}")


def _write_grid(answer: Answer, rows: list[tuple[Any, ...]], console: Console) -> None:
    table = Table()
    for index, column in enumerate(answer.columns):
        numeric = any(_is_number(row[index]) for row in rows)
        table.add_column(Text(column.name), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


def _write_records(
    answer: Answer, rows: list[tuple[Any, ...]], console: Console
) -> None:
    for number, row in enumerate(rows, start=1):
        console.rule(f"row {number}", align="left")
        grid = Table.grid(padding=(0, 2))
        for column, value in zip(answer.columns, row, strict=True):
            grid.add_row(Text(column.name, style="bold"), _cell(value))
        console.print(grid)


def _cell(value: object) -> Text:
    return Text("NULL", style="dim") if value is None else Text(str(value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
