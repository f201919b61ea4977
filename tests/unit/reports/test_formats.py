from datetime import UTC, date, datetime

import pytest

from pipelines.reports.formats import MISSING, Formats

EN = Formats("en", "America/Chicago")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EN.count(1234), "1,234"),
        (EN.hours(58.5), "58.5"),
        (EN.hours(1234.5678), "1,235"),
        (EN.hours(0.0), "0"),
        (EN.hours(-48), "-48"),
        (EN.percent(2839.4), "2,839%"),
        (EN.index(0.428), "0.43"),
        (EN.day(date(2026, 3, 1)), "1 Mar 2026"),
        (Formats("de", "UTC").hours(1234.5), "1.234"),
    ],
)
def test_figures_read_as_people_write_them(text: str, expected: str) -> None:
    assert text == expected


def test_an_instant_names_its_zone_on_both_sides_of_the_clock_change() -> None:
    assert EN.instant(datetime(2026, 3, 31, 21, tzinfo=UTC)) == (
        "31 March 2026, 16:00 CDT (America/Chicago)"
    )
    assert EN.instant(datetime(2026, 1, 31, 4, tzinfo=UTC)) == (
        "30 January 2026, 22:00 CST (America/Chicago)"
    )


def test_what_is_missing_is_a_dash() -> None:
    formats = (EN.count, EN.hours, EN.percent, EN.index, EN.day, EN.instant)
    assert {write(None) for write in formats} == {MISSING}
