"""``make mutate-kpis``: break definitions on purpose and see who notices.

Each mutant flips one operator, filter, null rule or aggregation of a KPI's definition,
or of the expression in its mart that a measure or filter reads. The KPI's worked
examples and its independent SQL must tell it from the original. Prints every mutant
that survived, and the share that was caught.

``python -m tests.kpis.mutants [WORD ...]`` takes KPIs with one of the words in it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.metrics.catalogue import inputs_of
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.published import today_of
from pipelines.metrics.questions import compile_question
from pipelines.warehouse.connection import Connection, connect
from tests.support.kept_builds import kept_builds
from tests.support.kpis import (
    Bench,
    Example,
    examples,
    figure_of_nothing,
    independent_answer,
    rows_of,
    same,
)
from tests.support.mutation import Mutant, mutants_of

ENOUGH_PCT = 95


@dataclass
class Score:
    """What became of the mutants."""

    caught: int = 0
    survived: list[Mutant] = field(default_factory=list)

    @property
    def pct(self) -> float:
        total = self.caught + len(self.survived)
        return 100 * self.caught / total if total else 100.0


@dataclass(frozen=True)
class Court:
    """Where mutants are judged."""

    bench: Bench
    connection: Connection
    small: Connection

    def catches(self, mutant: Mutant, tests: list[Example]) -> bool:
        """Whether any example, or the independent SQL, tells it from the original."""
        if any(self._worked_differs(mutant, one) for one in tests):
            return True
        if mutant.metrics is None:
            return False
        return self._has_a_figure_of_nothing(mutant) or any(
            self._independent_differs(mutant, one) for one in tests
        )

    def holds(self, example: Example, replaced: dict[str, str]) -> bool:
        """Whether SQL that was only written anew still gives the answer."""
        mutant = Mutant(example.kpi, "", None, replaced)
        return not self._worked_differs(mutant, example)

    def _worked_differs(self, mutant: Mutant, example: Example) -> bool:
        try:
            found = self.bench.answer(
                self.connection,
                example,
                metrics=mutant.metrics,
                replaced=mutant.replaced,
            )
        except Exception:
            return True
        return same(found, example.expected, kpi=example.kpi) is not None

    def _has_a_figure_of_nothing(self, mutant: Mutant) -> bool:
        assert mutant.metrics
        try:
            return bool(figure_of_nothing(self.small, mutant.metrics, mutant.kpi))
        except Exception:
            return True

    def _independent_differs(self, mutant: Mutant, example: Example) -> bool:
        try:
            question = example.independent_asked.question(example.kpi)
            today = today_of(self.small)
            assert mutant.metrics
            sql = compile_question(mutant.metrics, question, today=today).sql
            found = [r for r in rows_of(self.small, sql) if r[example.kpi] is not None]
        except Exception:
            return True
        told = independent_answer(self.small, example)
        known = [row for row in told if row[example.kpi] is not None]
        return same(found, known, kpi=example.kpi) is not None


def main(words: list[str]) -> int:
    """Judge all mutants; 1 when too many survive."""
    tests: dict[str, list[Example]] = {}
    for one in examples():
        if not words or any(word in str(one) for word in words):
            tests.setdefault(one.kpi, []).append(one)
    builds = kept_builds()
    score = Score()
    with builds.bench.open() as connection, connect(builds.small) as small:
        court = Court(builds.bench, connection, small)
        for kpi, of_kpi in tests.items():
            _judge(court, kpi, of_kpi, score)
    _report(score, len(tests))
    return int(score.pct < ENOUGH_PCT)


def _judge(court: Court, kpi: str, tests: list[Example], score: Score) -> None:
    before = len(score.survived)
    caught = 0
    for mutant in mutants_of(kpi, *_closure(court.bench, kpi)):
        if mutant.rewritten and not court.holds(tests[0], mutant.rewritten):
            continue
        if court.catches(mutant, tests):
            caught += 1
        else:
            score.survived.append(mutant)
    score.caught += caught
    lost = score.survived[before:]
    sys.stdout.write(f"{kpi}: {caught} of {caught + len(lost)} caught\n")
    sys.stdout.writelines(f"  survived: {mutant.what}\n" for mutant in lost)
    sys.stdout.flush()


def _closure(bench: Bench, kpi: str) -> tuple[Manifest, Bench]:
    """The definitions that a KPI is made of, alone: quicker to build an engine of."""
    metrics = bench.metrics.metrics
    needed = list(_below(kpi, bench.metrics))
    raw = bench.metrics.raw | {"metrics": [metrics[name] for name in needed]}
    return Manifest.of(raw), bench


def _below(name: str, manifest: Manifest) -> Iterator[str]:
    seen: dict[str, None] = {name: None}
    waiting = [name]
    while waiting:
        for needed in inputs_of(manifest.metrics[waiting.pop()]):
            if needed not in seen:
                seen[needed] = None
                waiting.append(needed)
    yield from seen


def _report(score: Score, kpis: int) -> None:
    total = score.caught + len(score.survived)
    sys.stdout.write(
        f"{score.caught} of {total} mutants of {kpis} KPIs caught "
        f"({score.pct:.1f} %), {len(score.survived)} survived.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
