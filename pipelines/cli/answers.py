"""Draws an answer of the warehouse: as a table, as records, as CSV or as JSON."""

import csv
import json
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.warehouse.answers import Answer

ROWS_SHOWN = 100
# More columns than this are unreadable side by side: each row becomes a record, and
# as many lines as columns.
WIDEST_TABLE = 12
RECORDS_SHOWN = 5


def write_csv(answer: Answer, stream: TextIO) -> None:
    """All rows, with a heading; NULL is an empty cell."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in answer.columns)
    writer.writerows(answer.rows)


def write_json(answer: Answer, stream: TextIO) -> None:
    """All rows, each an object by column name; decimals as plain numbers."""
    names = [column.name for column in answer.columns]
    rows = [dict(zip(names, row, strict=True)) for row in answer.rows]
    json.dump(rows, stream, indent=2, default=_for_json, ensure_ascii=False)
    stream.write("\n")


def write_table(answer: Answer, console: Console) -> None:
    """The first 100 rows as a table, or 5 as records; a sentence if there are more."""
    wide = len(answer.columns) > WIDEST_TABLE
    limit = RECORDS_SHOWN if wide else ROWS_SHOWN
    rows = list(islice(answer.rows, limit + 1))
    if not answer.columns:
        return
    shown = rows[:limit]
    if wide:
        _write_records(answer, shown, console)
    else:
        _write_grid(answer, shown, console)
    if len(rows) > limit:
        fewer = "name fewer columns to see a table, and " if wide else ""
        console.print(f"The first {limit} rows; {fewer}`cwp sql --csv` writes all.")
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


def _for_json(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def _cell(value: object) -> Text:
    return Text("NULL", style="dim") if value is None else Text(str(value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
