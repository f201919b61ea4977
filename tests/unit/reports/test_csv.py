import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from pipelines.reports.catalogue import PROJECT_PORTFOLIO, ReportColumn
from pipelines.reports.render.csv import cell_of, render_csv
from tests.support.golden import assert_golden
from tests.support.project_rows import project_row, some_rows


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
     "-inf", "+1e9", "-", "-²"],
)  # fmt: skip
def test_text_that_would_run_is_made_harmless(text: str) -> None:
    assert cell_of(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-3, "-3"),
        (-48.0, "-48"),
        (33.33, "33.33"),
        (1e-9, "0"),
        (Decimal("-1.50"), "-1.50"),
        ("-1.5", "-1.5"),
        ("+7", "+7"),
        (date(2026, 3, 31), "2026-03-31"),
        ("plain", "plain"),
        ("a\x00b", "ab"),
        ("\x00=1", "'=1"),
    ],
)
def test_other_cells_keep_their_value(value: object, cell: str) -> None:
    assert cell_of(value) == cell


def test_the_file_is_rfc_4180_with_a_byte_order_mark() -> None:
    columns = (ReportColumn("name", "Name"), ReportColumn("n", "Number"))
    name = 'a "quoted", name\nin two lines 🚀'
    content = render_csv(columns, [{"name": name, "n": 1}])
    assert content.startswith(b"\xef\xbb\xbfName,Number\r\n")
    assert content.endswith(b",1\r\n")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["Name", "Number"], [name, "1"]]


def test_the_portfolio_file_is_what_was_agreed() -> None:
    rows = [*some_rows(), project_row(7, project_name='=HYPERLINK("http://e")')]
    assert_golden(
        "project_portfolio_status.csv", render_csv(PROJECT_PORTFOLIO.columns, rows)
    )
