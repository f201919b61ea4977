"""The whole campaign: every scenario, many seeds, one report.

``python -m tests.faults.campaign [--seeds N] [--only TEXT]``, or ``make test-faults``.
Exits 1 if a table differs from the sandbox's store in the end.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.observability import telemetry
from pipelines.observability.logging import configure
from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.options import NamedFault
from pipelines.sandbox.store import Store
from pipelines.settings import LogSettings
from tests.faults import answers, kills, switches, underneath
from tests.faults.outcome import Outcome
from tests.faults.tenant import cut_down
from tests.support.worlds import NOW, copy_of

Scenario = Callable[[Store, Path], Outcome]
HIDING = (
    NamedFault("denied-board", 1),
    NamedFault("hidden-fields", 1),
    NamedFault("shrunken", 0.1),
    NamedFault("shrunken-with-count", 0.1),
    NamedFault("clock-skew", 300),
    NamedFault("clock-skew", -300),
)
FILE_LIMITS = (100_000, 400_000, 1_000_000)
# A family of scenarios is repeated with so many seeds at most; kills with all.
MOST_SEEDS = 5


def scenarios(*, seeds: int, events: kills.Events) -> Iterator[Scenario]:
    """Every scenario; ``events`` is what an unharmed extraction causes."""
    for seed in range(1, seeds + 1):
        kill = kills.killed_first_load if seed % 2 else kills.killed_increment
        yield partial(kill, seed=seed, events=events)
    for limit in FILE_LIMITS:
        yield partial(kills.full_disk, limit=limit)
    for setting in switches.SETTINGS:
        yield partial(switches.under, names=(setting,), seed=1)
    for seed in range(1, min(seeds, MOST_SEEDS) // 5 + 1):
        for kind in (*answers.BROKEN, *answers.STORMS):
            yield partial(answers.broken_answers, kinds=(kind,), seed=seed)
        yield partial(underneath.changing_underneath, seed=seed)
        yield partial(underneath.late_rows, seed=seed)
        for fault in HIDING:
            for early in (False, True):
                yield partial(
                    underneath.hidden_for_a_while,
                    fault=fault,
                    from_the_start=early,
                    seed=seed,
                )


def run(scenario: Scenario, world: Path, scratch: Path) -> Outcome:
    """One scenario on a world and a warehouse of its own."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    try:
        with copy_of(world, folder / "tenant") as store:
            return scenario(store, folder / "warehouse")
    finally:
        shutil.rmtree(folder)


def report(outcomes: list[Outcome]) -> Table:
    """Faults injected, survived, rows lost: a row a scenario, and the sums."""
    table = Table(title="Faults", show_footer=True)
    survived = sum(one.survived for one in outcomes)
    table.add_column("scenario", footer=f"{len(outcomes)} scenarios")
    table.add_column("injected", footer=str(sum(one.injected for one in outcomes)))
    table.add_column(
        "runs ended early", footer=str(sum(one.failed_runs for one in outcomes))
    )
    table.add_column("survived", footer=f"{survived} of {len(outcomes)}")
    table.add_column("rows lost", footer=str(sum(one.lost for one in outcomes)))
    for one in outcomes:
        verdict = "yes" if one.survived else f"no: {', '.join(one.differing)}"
        cells = (str(one.injected), str(one.failed_runs), verdict, str(one.lost))
        table.add_row(one.scenario, *cells)
    return table


def main() -> None:
    """Run the campaign and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--only", default="", help="scenarios whose name has this")
    given = parser.parse_args()
    telemetry.disable()
    configure(LogSettings(level="ERROR"))
    console = Console(width=110)
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        scratch = Path(name)
        whole = cached_world(
            cache_dir=scratch / "worlds", profile="tiny", seed=7, now=NOW
        )
        world = cut_down(whole, scratch / "world.sqlite")
        events = kills.events_of(world, scratch)
        for scenario in scenarios(seeds=given.seeds, events=events):
            if given.only not in _name_of(scenario):
                continue
            outcomes.append(run(scenario, world, scratch))
            last = outcomes[-1]
            console.print(f"{'ok' if last.survived else 'LOST'}  {last.scenario}")
    console.print(report(outcomes))
    sys.exit(0 if all(one.survived for one in outcomes) else 1)


def _name_of(scenario: Scenario) -> str:
    return repr(scenario)


if __name__ == "__main__":
    main()
