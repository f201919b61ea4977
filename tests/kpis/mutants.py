"""Break definitions of KPIs on purpose, and see who notices.

Each mutant flips one operator, filter, null rule or aggregation of a KPI's definition,
or of the expression in its mart that a measure or filter reads. The KPI's worked
examples and its independent SQL must tell it from the original. Prints every mutant
that survived, and the share that was caught, by folder of the examples and in all.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.metrics.catalogue import inputs_of
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.published import today_of
from pipelines.metrics.questions import compile_question
from pipelines.warehouse.connection import Connection
from tests.kpis.choosing import chosen_examples
from tests.support.kept_builds import kept_builds
from tests.support.kpis import (
    Bench,
    Example,
    Prepared,
    Row,
    figure_of_nothing,
    independent_answer,
    open_for_independent_sql,
    rows_of,
    same,
)
from tests.support.mutation import Mutant, mutants_of

ENOUGH_PCT = 95
Ask = Callable[[Prepared, Mutant], list[Row]]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants of some KPIs."""

    kpis: int = 0
    caught: int = 0
    survived: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.kpis + other.kpis,
            self.caught + other.caught,
            self.survived + other.survived,
        )

    def __str__(self) -> str:
        return (
            f"{self.caught} of {self.caught + self.survived} mutants of {self.kpis} "
            f"KPIs caught ({self.pct:.1f} %), {self.survived} survived."
        )

    @property
    def pct(self) -> float:
        total = self.caught + self.survived
        return 100 * self.caught / total if total else 100.0


@dataclass(frozen=True)
class Court:
    """Where the mutants of one KPI are judged."""

    bench: Bench
    connection: Connection
    small: Connection
    tests: list[Example]
    known: dict[Path, list[Row]] = field(default_factory=dict)

    def survivors(self, mutants: list[Mutant]) -> list[Mutant]:
        """Those that no example, and no independent SQL, tells from the original."""
        definitions = [one for one in mutants if one.metrics is not None]
        marts = [one for one in mutants if one.replaced]
        for example in self.tests:
            definitions = self._unnoticed(definitions, example, _by_definition)
            marts = self._unnoticed(marts, example, _by_mart)
        return [one for one in definitions if not self._told_apart(one)] + marts

    def judged(self, mutants: list[Mutant]) -> list[Mutant]:
        """Those whose mart's SQL, written anew and unchanged, gives the answer."""
        anew = {str(one.rewritten): one for one in mutants if one.rewritten}
        holding = list(anew.values())
        for example in self.tests:
            holding = self._unnoticed(holding, example, _by_mart_written_anew)
        held = {str(one.rewritten) for one in holding}
        return [
            one for one in mutants if not one.rewritten or str(one.rewritten) in held
        ]

    def _unnoticed(
        self, mutants: list[Mutant], example: Example, ask: Ask
    ) -> list[Mutant]:
        waiting, left = list(mutants), []
        while waiting:
            # A question that fails ends the transaction; the next begins anew.
            with self.bench.prepared(self.connection, example) as prepared:
                while waiting:
                    mutant = waiting.pop(0)
                    try:
                        found = ask(prepared, mutant)
                    except Exception:
                        break
                    if same(found, example.expected, kpi=example.kpi) is None:
                        left.append(mutant)
        return left

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
        if example.path not in self.known:
            self.known[example.path] = independent_answer(self.small, example)
        told = self.known[example.path]
        left, right = (
            [row for row in rows if row[example.kpi] is not None]
            for rows in (found, told)
        )
        return same(left, right, kpi=example.kpi) is not None


def _by_definition(prepared: Prepared, mutant: Mutant) -> list[Row]:
    assert mutant.metrics
    return prepared.ask(mutant.metrics)


def _by_mart(prepared: Prepared, mutant: Mutant) -> list[Row]:
    return prepared.answer(mutant.replaced)


def _by_mart_written_anew(prepared: Prepared, mutant: Mutant) -> list[Row]:
    return prepared.answer(mutant.rewritten)


def main() -> int:
    """Judge all mutants; 1 when too many survive."""
    tests: dict[str, list[Example]] = {}
    for one in chosen_examples("make mutate-kpis", __doc__):
        tests.setdefault(one.kpi, []).append(one)
    builds = kept_builds()
    scores: dict[str, Score] = defaultdict(Score)
    with (
        builds.bench.open() as connection,
        open_for_independent_sql(builds.small) as small,
    ):
        for kpi, of_kpi in tests.items():
            court = Court(builds.bench, connection, small, of_kpi)
            scores[of_kpi[0].path.parent.name] += _judged(court, kpi)
    for folder, score in scores.items():
        sys.stdout.write(f"{folder}: {score}\n")
    in_all = sum(scores.values(), Score())
    sys.stdout.write(f"In all: {in_all}\n")
    return int(in_all.pct < ENOUGH_PCT)


def _judged(court: Court, kpi: str) -> Score:
    mutants = mutants_of(kpi, _closure(court.bench, kpi), court.bench)
    judged = court.judged(mutants)
    survived = court.survivors(judged)
    caught = len(judged) - len(survived)
    told = f"{kpi}: {caught} of {len(judged)} caught\n"
    told += "".join(f"  survived: {one.what}\n" for one in survived)
    sys.stdout.write(told)
    sys.stdout.flush()
    return Score(1, caught, len(survived))


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


if __name__ == "__main__":
    sys.exit(main())
