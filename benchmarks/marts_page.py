"""``docs/benchmarks_marts.md``, from what was measured."""

from pathlib import Path

from benchmarks import results

FILE = Path(__file__).parent.parent / "docs" / "benchmarks_marts.md"

HEAD = """\
# Benchmarks of the marts

What building all marts of a large MSP costs, beside the same SQL run plainly.
`make bench-marts` measures and writes this page; `make bench-marts ARGS="--copies 2"`
takes a small tenant.

The tenant is generated straight into raw: copies of the simulated MSP, with ids of
their own and the same three years. dbt builds every snapshot and model, without tests;
then DuckDB runs the SQL that dbt compiled, in the same order, with the same two threads
and memory limit. dbt's start is a run of its smallest model. Figures are CPU seconds,
user and system, of the process; memory is its peak.
"""
TOLD = """\
Beyond its start dbt takes **{ratio}×** the CPU of the plain SQL; it must stay at 1.5×
or below. DuckDB's memory limit was {memory_limit}. Measured {measured_at} at a load of
{load}.
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
                ("plain", "the same SQL, plainly"),
            )
        ),
        "",
        TOLD.format(**found),
        *([found["note"] + "\n"] if "note" in found else []),
        "## What takes longest\n",
        "| model | wall s |",
        "|---|---:|",
        *(f"| `{name}` | {seconds:,} |" for name, seconds in found["slowest"]),
        "",
    ]
    FILE.write_text("\n".join(lines))
    print(f"written: {FILE}; dbt {found['ratio']}x the plain SQL")
