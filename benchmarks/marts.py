"""``make bench-marts``: what building all marts costs, beside the same SQL run plainly.

A large tenant is generated straight into raw: copies of the simulated MSP, each with
ids of its own, 2.0 million time entries and 1.2 million tickets in all. dbt builds
every snapshot and model of it, and what follows a load that changed 0.5 % of tickets
and time entries; then DuckDB runs the SQL that dbt compiled, in the same order.
``ARGS="--copies 2"`` takes a smaller tenant.
"""

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.compiled import (
    followed,
    keep_compiled,
    seconds_by_model,
    slowest_of,
)
from benchmarks.cost import ROOT, Cost, cost_of
from benchmarks.marts_page import write
from pipelines.settings import DagsterSettings, Settings, WarehouseSettings
from pipelines.transform.project import dbt_environment
from pipelines.warehouse.connection import connect

COPIES = 80
BUILD = ("build", "--exclude-resource-type", "test", "unit_test", "seed")
AGAIN = (*BUILD, "--exclude", "config.materialized:view")
WORK = ROOT / ".cache" / "bench-marts"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-marts", description=__doc__)
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--keep", action="store_true", help="leave the large file")
    chosen = parser.parse_args()
    large = _settings(WORK / "large")
    rows = _prepare(large, copies=chosen.copies)
    measured = _measure(large)
    results.keep(f"marts/{chosen.copies}", copies=chosen.copies, **rows, **measured)
    write(chosen.copies)
    if not chosen.keep:
        shutil.rmtree(large.warehouse.dir)


def _settings(folder: Path) -> Settings:
    plain = Settings(_env_file=None)
    return plain.model_copy(
        update={
            "warehouse": WarehouseSettings(dir=folder),
            "dagster": DagsterSettings(home=folder / "dagster_home"),
        }
    )


def _prepare(large: Settings, *, copies: int) -> dict[str, int]:
    """The raw tables of ``copies`` tenants in one file; rows of the two largest."""
    small = _settings(WORK / "small")
    # In processes of their own: whoever is started from this one shows its memory, too.
    if not small.warehouse.published_file.exists():
        os.environ["CWP_WAREHOUSE__DIR"] = str(small.warehouse.dir)
        os.environ["CWP_DAGSTER__HOME"] = str(small.dagster.home)
        cost_of("pipelines", ["run"])
    shutil.rmtree(large.warehouse.dir, ignore_errors=True)
    large.warehouse.build_dir.mkdir(parents=True)
    files = (small.warehouse.build_file, large.warehouse.build_file)
    cost_of("benchmarks.larger", [*files, copies])
    sql = """
        select (select count(*) from connectwise_raw.service_tickets)
            + (select count(*) from connectwise_raw.project_tickets),
            (select count(*) from connectwise_raw.time_entries)
    """
    with connect(large.warehouse.build_file) as connection:
        tickets, entries = connection.execute(sql).fetchall()[0]
    print(f"{tickets:,} tickets, {entries:,} time entries", flush=True)
    return {"tickets": tickets, "time_entries": entries}


def _measure(large: Settings) -> dict[str, Any]:
    os.environ.update(dbt_environment(large))
    _dbt(["seed"])
    start = _dbt(["run", "--select", "int_core__as_of"])
    built = _dbt(BUILD)
    keep_compiled(large)
    full = seconds_by_model(large)
    cost_of("benchmarks.changes", [large.warehouse.build_file])
    again = _dbt(AGAIN)
    increment = seconds_by_model(large)
    plain = cost_of("benchmarks.plainly", [large.warehouse.build_file])
    print(f"plain DuckDB: {plain.cpu:.1f} CPU s, {plain.rss_mb:,.0f} MB", flush=True)
    return {
        "start": _told(start),
        "dbt": _told(built),
        "increment": _told(again),
        "plain": _told(plain),
        "full_seconds": round(sum(full.values()), 1),
        "increment_seconds": round(sum(increment.values()), 1),
        "ratio": round((built.cpu - start.cpu) / plain.cpu, 2),
        "memory_limit": large.warehouse.memory_limit,
        "slowest": slowest_of(full),
        "followed": followed(large, full, increment),
    }


def _told(cost: Cost) -> dict[str, float]:
    return {
        "cpu": round(cost.cpu, 1),
        "wall": round(cost.wall, 1),
        "rss_mb": round(cost.rss_mb),
    }


def _dbt(arguments: Sequence[str]) -> Cost:
    cost = cost_of("dbt.cli.main", ["--quiet", *arguments])
    told = " ".join(arguments[:1])
    print(f"dbt {told}: {cost.cpu:.1f} CPU s, {cost.rss_mb:,.0f} MB", flush=True)
    return cost


if __name__ == "__main__":
    main()
