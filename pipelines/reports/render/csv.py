"""Rows as a CSV file that Excel opens well and that can do no harm there.

RFC 4180 with CRLF, UTF-8 with a byte order mark (without it Excel guesses a legacy
code page), ISO days, numbers with a point. Text that a spreadsheet would run as a
formula gets a leading apostrophe.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from pipelines.reports.catalogue import ReportColumn

_RUN_AS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def render_csv(
    columns: Sequence[ReportColumn], rows: Iterable[Mapping[str, Any]]
) -> bytes:
    """The bytes of a CSV file with one heading line."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(column.heading for column in columns)
    for row in rows:
        writer.writerow(cell_of(row[column.name]) for column in columns)
    return buffer.getvalue().encode("utf-8-sig")


def cell_of(value: Any) -> str:
    """One cell; None is empty, booleans are yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return _harmless(str(value).replace("\x00", ""))


def _harmless(text: str) -> str:
    if not text.startswith(_RUN_AS_FORMULA) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    """Plain digits with a sign and a point; ``-inf`` and ``+1e9`` stay text."""
    digits = text[1:].replace(".", "", 1)
    return text[0] in "+-" and digits.isascii() and digits.isdigit()
