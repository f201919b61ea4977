"""Try examples of KPIs, in seconds, on builds that are kept; print what differs."""

import sys
import traceback

from pipelines.metrics.published import today_of
from pipelines.metrics.questions import compile_question
from pipelines.warehouse.connection import Connection
from tests.kpis.choosing import chosen_examples
from tests.support.kept_builds import kept_builds
from tests.support.kpis import (
    Bench,
    Example,
    independent_answer,
    open_for_independent_sql,
    rows_of,
    same,
)


def main() -> int:
    """Try, print, and say how many failed."""
    chosen = chosen_examples("make kpi", __doc__)
    builds = kept_builds()
    failed = 0
    with (
        builds.bench.open() as bench,
        open_for_independent_sql(builds.small) as small,
    ):
        for example in chosen:
            told = _told(example, builds.bench, bench, small)
            failed += bool(told)
            verdict = "FAILED" if told else "ok    "
            sys.stdout.write(f"{verdict} {example}\n{told}")
    sys.stdout.write(f"{len(chosen) - failed} of {len(chosen)} examples hold.\n")
    return failed


def _told(
    example: Example, bench: Bench, connection: Connection, small: Connection
) -> str:
    try:
        worked = same(
            bench.answer(connection, example), example.expected, kpi=example.kpi
        )
        question = example.independent_asked.question(example.kpi)
        compiled = compile_question(bench.metrics, question, today=today_of(small))
        found = _with_figure(rows_of(small, compiled.sql), example)
        known = _with_figure(independent_answer(small, example), example)
        apart = same(found, known, kpi=example.kpi)
    except Exception:
        return traceback.format_exc(limit=-1)
    told = f"  the worked example:\n{worked}\n" if worked else ""
    told += "" if found else "  the small world says nothing about it\n"
    return told + (f"  metric instead of SQL on staging:\n{apart}\n" if apart else "")


def _with_figure(
    rows: list[dict[str, object]], example: Example
) -> list[dict[str, object]]:
    return [row for row in rows if row[example.kpi] is not None]


if __name__ == "__main__":
    sys.exit(bool(main()))
