"""Cold loads: an empty folder, a process start, all tickets.

Contestants take turns, so that a busy machine is as busy for each of them.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import results
from benchmarks.cost import Cost, cost_of, served

OURS = "ours"
CONTESTANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    OURS: ("benchmarks.ours", ()),
    "dlt rest_api, Parquet": ("benchmarks.peers.dlt_rest_api", ("parquet",)),
    "dlt rest_api, defaults": ("benchmarks.peers.dlt_rest_api", ("default",)),
    "plain script": ("benchmarks.peers.plain_script", ()),
}


def race(rows: int, names: Sequence[str], *, repeat: int) -> None:
    """Measure contestants on the same pages, and keep what came of it."""
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    with served(rows) as base_url:
        for _ in range(repeat):
            for name in names:
                cost = cold(name, base_url, rows)
                print(f"{rows:,} tickets, {name}: {cost.cpu:.2f} CPU s", flush=True)
                costs[name].append(cost)
    for name, taken in costs.items():
        results.keep(f"cold/{rows}/{name}", rows=rows, **results.median_of(taken))


def cold(name: str, base_url: str, rows: int) -> Cost:
    """One cold load; ours counts only when every field of every row is right."""
    module, arguments = CONTESTANTS[name]
    with _folder() as folder:
        cost = cost_of(module, [base_url, folder, *arguments])
        if name == OURS:
            built = folder / "build" / "connectwise.duckdb"
            cost_of("benchmarks.check", [built, rows, 0])
        return cost


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)
