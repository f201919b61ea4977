"""Seeds that repeat a table of somebody else's are that table."""

import csv

from babel.core import get_global

from pipelines.settings import PROJECT_DIR

SEEDS = PROJECT_DIR / "dbt_project" / "seeds"


def test_zone_names_are_those_of_the_library_that_reads_the_tenants_zone() -> None:
    with (SEEDS / "windows_time_zone.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["windows_name"]: row["iana_name"] for row in csv.DictReader(file)}
    assert rows == dict(get_global("windows_zone_mapping"))
