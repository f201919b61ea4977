"""Dimensions are found under the words that people use."""

import pytest

from pipelines.metrics.errors import MetricError, UnknownNameError
from pipelines.metrics.names import friendly_names, grains_of, resolve

DIMENSIONS = [
    "board__board_class",
    "board__board_name",
    "company__company_name",
    "metric_time__day",
    "ticket__company__company_name",
    "ticket__priority_name",
    "ticket__status",
    "project__status",
]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("board", "board__board_name"),
        ("board_name", "board__board_name"),
        ("board_class", "board__board_class"),
        ("priority", "ticket__priority_name"),
        ("company", "company__company_name"),
        ("ticket__company__company_name", "ticket__company__company_name"),
        ("month", "metric_time__month"),
    ],
)
def test_a_word_finds_its_dimension(word: str, found: str) -> None:
    assert resolve(word, DIMENSIONS) == found


def test_a_word_of_two_meanings_is_answered_with_both() -> None:
    with pytest.raises(MetricError, match="project__status or ticket__status"):
        resolve("status", DIMENSIONS)
    assert "status" not in friendly_names(DIMENSIONS)


def test_a_misspelt_word_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean board"):
        resolve("bord", DIMENSIONS)


def test_a_strange_word_is_answered_with_all() -> None:
    with pytest.raises(UnknownNameError, match=r"there are day, week.*priority"):
        resolve("zzz", DIMENSIONS)


def test_days_are_refused_where_only_months_are_known() -> None:
    by_month = ["metric_time__month"]
    assert grains_of(by_month) == ("month", "quarter", "year")
    with pytest.raises(MetricError, match="not known by day; the finest is month"):
        resolve("day", by_month)
