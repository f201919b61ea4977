"""A formula holds names, numbers and arithmetic, and nothing else gets through."""

import pytest

from pipelines.metrics.errors import MetricError
from pipelines.metrics.formulas import parse_formula

KNOWN = ["opened", "closed", "hours"]


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("opened - closed", "(opened - closed)"),
        ("-opened * 2.5", "((- opened) * 2.5)"),
        ("100 * closed / opened",
         "((100 * closed) / nullif(cast(opened as double), 0))"),
        ("round(coalesce(hours, 0), 1)", "round(coalesce(hours, 0), 1)"),
        (" abs(opened) ", "abs(opened)"),
    ],
)  # fmt: skip
def test_a_formula_is_written_anew(text: str, sql: str) -> None:
    assert parse_formula(text, KNOWN).sql == sql


def test_inputs_are_told_once_in_their_order() -> None:
    formula = parse_formula("(closed + opened) / closed", KNOWN)
    assert formula.inputs == ("closed", "opened")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 + 1",
        "opened +",
        "opened; closed",
        "opened ** 2",
        "opened // closed",
        "opened % 2",
        "opened > closed",
        "opened and closed",
        "opened if closed else hours",
        "not opened",
        "~opened",
        "'opened'",
        "opened + True",
        "opened + None",
        "opened + 1e400",
        "opened + 1j",
        "opened.real",
        "opened[0]",
        "[opened]",
        "(opened, closed)",
        "lambda: opened",
        "opened := closed",
        "*opened",
        "(select count(*) from read_text('/etc/hostname')) + opened",
        "read_text('/etc/hostname') + opened",
        "__import__('os').system('id') or opened",
        "least(opened, closed)",
        "round(opened, ndigits=1)",
        "coalesce(opened)",
        "abs(opened, closed)",
        "opened -- closed\n; drop table x",
        "opened /* x */ + 1",
        "{{ opened }}",
        "f'{opened}'",
        "opened\x00",
        "(" * 100 + "opened" + ")" * 100 + "+" * 300,
        "-" * 40 + "opened",
        "opened" + " + 1" * 200,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MetricError):
        parse_formula(text, KNOWN)


def test_a_misspelt_metric_is_answered_with_the_nearest() -> None:
    with pytest.raises(MetricError, match="'opend'; did you mean opened"):
        parse_formula("opend / closed", KNOWN)
