"""A run that is killed and started again ends in the same tables.

At one point of each stage of a load; kills at random points are the fault campaign's.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.tenant import cut_down
from tests.integration.test_ingest_exact import EVERYTHING
from tests.support.comparison import differing
from tests.support.warehouses import dump, extract, tenant_of


def pages_landed(count: int) -> Callable[[Path], bool]:
    def enough(folder: Path) -> bool:
        indexes = folder.glob("landing/*/*/pages.jsonl")
        return sum(index.read_bytes().count(b"\n") for index in indexes) >= count

    return enough


def jobs(state: str, count: int) -> Callable[[Path], bool]:
    pattern = f"build/dlt/connectwise_raw/load/normalized/*/{state}/*"
    return lambda folder: len(list(folder.glob(pattern))) >= count


def extracted(folder: Path) -> bool:
    return any(folder.glob("build/dlt/connectwise_raw/normalize/extracted/*/*"))


def building(folder: Path) -> bool:
    return (folder / "build" / "connectwise.duckdb.new").exists()


POINTS = {
    "when the file is being made": building,
    "after three pages": pages_landed(3),
    "when extraction is packed": extracted,
    "when half the tables are loaded": jobs("completed_jobs", 12),
}


# Flat lists, lists by parent, custom fields and lists in records; all is 92 lists.
SECTIONS = ("service", "time", "company")


@pytest.fixture(scope="session")
def world(world, tmp_path_factory):
    target = tmp_path_factory.mktemp("killed") / "world.sqlite"
    return cut_down(world, target, sections=SECTIONS)


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_is_made_good_by_the_next(point, store, tmp_path):
    folder = tmp_path / "warehouse"
    with tenant_of(store, folder) as settings:
        reached = kill_at(POINTS[point], folder, settings.tenant.base_url)
        assert reached, f"the run ended before this point: {point}"
        extract(settings)
        assert differing(settings, store) == []
        before = dump(settings, schemas=EVERYTHING)
        extract(settings)
        assert dump(settings, schemas=EVERYTHING) == before


def kill_at(reached: Callable[[Path], bool], folder: Path, base_url: str) -> bool:
    """Run an extraction and kill it at a point; whether it was still running."""
    command = [
        sys.executable,
        "-m",
        "tests.support.extract_once",
        str(folder),
        base_url,
    ]
    process = subprocess.Popen(command)
    try:
        while process.poll() is None:
            if reached(folder):
                return True
        return False
    finally:
        process.kill()
        process.wait()
