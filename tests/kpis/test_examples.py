"""Every KPI answers its worked example, and agrees with SQL written on staging.

An example is a file in ``examples``: at most 30 raw rows and the answer worked by
hand. The independent SQL of the same file is asked of the small world, where the
metric asked of the published copy must say the same.
"""

import pytest

from pipelines.metrics.published import Published
from pipelines.warehouse.connection import Connection
from tests.support.kpis import (
    Bench,
    Example,
    examples,
    independent_answer,
    rows_of,
    same,
)

EXAMPLES = examples()
each = pytest.mark.parametrize("example", EXAMPLES, ids=str)


@each
def test_a_kpi_answers_its_worked_example(
    example: Example, kpi_bench: Bench, bench_connection: Connection
) -> None:
    found = kpi_bench.answer(bench_connection, example)
    assert same(found, example.expected, kpi=example.kpi) is None


@each
def test_a_kpi_agrees_with_sql_on_staging(
    example: Example,
    small_published: Published,
    small_copy: Connection,
    small_build: Connection,
) -> None:
    question = example.independent_asked.question(example.kpi)
    found = rows_of(small_copy, small_published.compile(question).sql)
    expected = independent_answer(small_build, example)
    told = [row for row in found if row[example.kpi] is not None]
    assert told, "the small world says nothing about it"
    known = [row for row in expected if row[example.kpi] is not None]
    assert same(told, known, kpi=example.kpi) is None


def test_the_independent_sql_reads_no_mart() -> None:
    readers = [str(one) for one in EXAMPLES if "marts." in one.independent]
    assert readers == []
