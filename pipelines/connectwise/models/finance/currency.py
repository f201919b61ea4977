"""Currencies, and how their amounts are written."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class Currency(Record):
    """One currency."""

    name: str | None = None
    currency_code: NamedReference | None = about("The ISO code, by name.")
    currency_identifier: str | None = None
    symbol: str | None = None
    number_of_decimals: Integer | None = None
    decimal_separator: str | None = None
    thousands_separator: str | None = None
    negative_parentheses_flag: Boolean | None = None
    display_symbol_flag: Boolean | None = None
    display_id_flag: Boolean | None = None
    right_align: Boolean | None = None
    report_format: str | None = None
