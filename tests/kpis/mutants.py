"""``make mutate-kpis``: break definitions on purpose and see who notices.

Each mutant flips one operator, filter, null rule or aggregation of a KPI's definition,
or of the expression in its mart that a measure or filter reads. The KPI's worked
examples and its independent SQL must tell it from the original. Prints every mutant
that survived, and the share that was caught.

``python -m tests.kpis.mutants [WORD ...]`` takes KPIs with one of the words in it.
"""

import sys
from collections.abc import Iterator, Mapping
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
    """Where the mutants of one KPI are judged."""

    bench: Bench
    connection: Connection
    small: Connection
    tests: list[Example]
    known: dict[str, bool] = field(default_factory=dict)

    def survivors(self, mutants: list[Mutant]) -> list[Mutant]:
        """Those that no example, and no independent SQL, tells from the original."""
        left = [one for one in mutants if one.metrics is not None]
        for example in self.tests:
            left = self._unnoticed(left, example)
        left = [one for one in left if not self._told_apart(one)]
        return left + [one for one in mutants if self._is_quiet_mart(one)]

    def holds(self, mutant: Mutant) -> bool:
        """Whether its mart's SQL, written anew and unchanged, gives the answer."""
        if mutant.rewritten is None:
            return True
        key = str(sorted(mutant.rewritten))
        if key not in self.known:
            self.known[key] = not any(
                self._differs(mutant.rewritten, one) for one in self.tests
            )
        return self.known[key]

    def _unnoticed(self, mutants: list[Mutant], example: Example) -> list[Mutant]:
        waiting, left = list(mutants), []
        while waiting:
            # A question that fails ends the transaction; the next begins anew.
            with self.bench.prepared(self.connection, example) as ask:
                while waiting:
                    mutant = waiting.pop(0)
                    assert mutant.metrics
                    try:
                        found = ask(mutant.metrics)
                    except Exception:
                        break
                    if same(found, example.expected, kpi=example.kpi) is None:
                        left.append(mutant)
        return left

    def _is_quiet_mart(self, mutant: Mutant) -> bool:
        return bool(mutant.replaced) and not any(
            self._differs(mutant.replaced, one) for one in self.tests
        )

    def _differs(self, replaced: Mapping[str, str], example: Example) -> bool:
        try:
            found = self.bench.answer(self.connection, example, replaced=replaced)
        except Exception:
            return True
        return same(found, example.expected, kpi=example.kpi) is not None

    def _told_apart(self, mutant: Mutant) -> bool:
        assert mutant.metrics
        try:
            if figure_of_nothing(self.small, mutant.metrics, mutant.kpi):
                return True
            return any(self._independent_differs(mutant, one) for one in self.tests)
        except Exception:
            return True

    def _independent_differs(self, mutant: Mutant, example: Example) -> bool:
        assert mutant.metrics
        question = example.independent_asked.question(example.kpi)
        compiled = compile_question(
            mutant.metrics, question, today=today_of(self.small)
        )
        found = rows_of(self.small, compiled.sql)
        told = independent_answer(self.small, example)
        left, right = (
            [row for row in rows if row[example.kpi] is not None]
            for rows in (found, told)
        )
        return same(left, right, kpi=example.kpi) is not None


def main(words: list[str]) -> int:
    """Judge all mutants; 1 when too many survive."""
    tests: dict[str, list[Example]] = {}
    for one in examples():
        if not words or any(word in str(one) for word in words):
            tests.setdefault(one.kpi, []).append(one)
    builds = kept_builds()
    score = Score()
    with builds.bench.open() as connection, connect(builds.small) as small:
        for kpi, of_kpi in tests.items():
            court = Court(builds.bench, connection, small, of_kpi)
            _judge(court, kpi, score)
    _report(score, len(tests))
    return int(score.pct < ENOUGH_PCT)


def _judge(court: Court, kpi: str, score: Score) -> None:
    mutants = mutants_of(kpi, _closure(court.bench, kpi), court.bench)
    judged = [one for one in mutants if court.holds(one)]
    survived = court.survivors(judged)
    score.caught += len(judged) - len(survived)
    score.survived += survived
    told = f"{kpi}: {len(judged) - len(survived)} of {len(judged)} caught\n"
    told += "".join(f"  survived: {one.what}\n" for one in survived)
    sys.stdout.write(told)
    sys.stdout.flush()


def _closure(bench: Bench, kpi: str) -> Manifest:
    """The definitions that a KPI is made of, alone: quicker to build an engine of."""
    metrics = bench.metrics.metrics
    kept = [metrics[name] for name in _below(kpi, bench.metrics)]
    measures = {(one["type_params"].get("measure") or {}).get("name") for one in kept}
    models = bench.metrics.raw["semantic_models"]
    reached = {
        entity["name"]
        for model in models
        if any(measure["name"] in measures for measure in model["measures"])
        for entity in model["entities"]
    }
    near = [
        model
        for model in models
        if any(
            one["type"] == "primary" and one["name"] in reached
            for one in model["entities"]
        )
        or any(measure["name"] in measures for measure in model["measures"])
    ]
    return Manifest.of(bench.metrics.raw | {"metrics": kept, "semantic_models": near})


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
