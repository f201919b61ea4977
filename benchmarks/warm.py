"""Increments in a process that runs already: 0.5 % changed, and nothing changed."""

import json
import statistics
import tempfile
from pathlib import Path

from benchmarks import results
from benchmarks.cost import cost_of, served

CHANGES = 3


def increments(rows: int) -> None:
    """Load all, then 0.5 % changed some times over, then nothing."""
    with served(rows) as base_url, tempfile.TemporaryDirectory() as folder:
        told = cost_of("benchmarks.ours", [base_url, folder, CHANGES]).output
        built = Path(folder) / "build" / "connectwise.duckdb"
        cost_of("benchmarks.check", [built, rows, CHANGES])
    taken = [json.loads(line) for line in told.splitlines()]
    quiet = [one["cpu"] for one in taken if not one["rows"]]
    changed = [one["cpu"] for one in taken if one["rows"]]
    results.keep(
        f"warm/{rows}",
        rows=rows,
        cpu=round(statistics.median(changed), 3),
        runs=[round(cpu, 3) for cpu in changed],
    )
    results.keep(
        f"quiet/{rows}",
        rows=rows,
        cpu=round(statistics.median(quiet), 4),
        runs=[round(cpu, 4) for cpu in quiet],
        requests=max(one["requests"] for one in taken if not one["rows"]),
    )
