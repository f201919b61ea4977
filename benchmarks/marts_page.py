"""``docs/benchmarks_marts.md``, from what was measured."""

from pathlib import Path
from typing import Any

from benchmarks import results

FILE = Path(__file__).parent.parent / "docs" / "benchmarks_marts.md"

HEAD = """\
# Benchmarks of the marts

What building all marts of a large MSP costs, beside the same SQL run plainly.
`make bench-marts` measures and writes this page; `make bench-marts ARGS="--copies 2"`
takes a small tenant.

The tenant is generated straight into raw: copies of the simulated MSP, with ids of
their own and the same three years. dbt builds every snapshot and model, without tests.
After a load that changed 0.5 % of tickets and time entries it builds as a run does
then: views are left alone. Last, DuckDB runs the SQL that dbt compiled first, in the
same order, with the same two threads and memory limit. dbt's start is a run of its
smallest model. Figures are CPU seconds, user and system, of the process; memory is its
peak.
"""
TOLD = """\
Beyond its start dbt takes **{ratio}×** the CPU of the plain SQL; it must stay at 1.5×
or below. An increment takes **{part}×** the model time of the full build,
{increment_seconds:,} of {full_seconds:,} seconds summed over models; it must stay at
0.6× or below. DuckDB's memory limit was {memory_limit}. Measured {measured_at} at a
load of {load}.
"""
FOLLOWED = """\
Wall seconds of tables that follow what changed, and of the fingerprints that say what
did.
"""


def write(copies: int) -> None:
    found = results.read()[f"marts/{copies}"]
    lines = [
        HEAD,
        f"## {found['tickets']:,} tickets, {found['time_entries']:,} time entries\n",
        "| | CPU s | wall s | peak memory |",
        "|---|---:|---:|---:|",
        *(
            f"| {label} | {found[key]['cpu']:,} | {found[key]['wall']:,} | "
            f"{found[key]['rss_mb']:,} MB |"
            for key, label in (
                ("start", "dbt's start"),
                ("dbt", "all snapshots and models by dbt"),
                ("increment", "the same, with 0.5 % changed"),
                ("plain", "the same SQL, plainly"),
            )
        ),
        "",
        TOLD.format(**found, part=part_of(found)),
        *([found["note"] + "\n"] if "note" in found else []),
        "## What is made by key\n",
        FOLLOWED,
        "| model | whole | increment |",
        "|---|---:|---:|",
        *(
            f"| `{name}` | {whole:,} | {increment:,} |"
            for name, whole, increment in found["followed"]
        ),
        "",
        "## What takes longest\n",
        "| model | wall s |",
        "|---|---:|",
        *(f"| `{name}` | {seconds:,} |" for name, seconds in found["slowest"]),
        "",
    ]
    FILE.write_text("\n".join(lines))
    print(
        f"written: {FILE}; dbt {found['ratio']}x the plain SQL, "
        f"an increment {part_of(found)}x the full build"
    )


def part_of(found: dict[str, Any]) -> float:
    """The model time of the increment as a part of the full build's."""
    return round(float(found["increment_seconds"] / found["full_seconds"]), 2)
