"""What a mart is asked by its columns alone: clean, stale, lumpy, odd."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.quality.common import Columns, common_frames
from pipelines.quality.rules import Frame
from pipelines.warehouse.connection import Connection, connect
from tests.support.warehouse_files import fill

CALLS: Columns = (
    ("call_id", "bigint"),
    ("company_name", "varchar"),
    ("call_date", "date"),
    ("answered_at", "timestamp"),
    ("goal_at", "timestamp"),
    ("talk_minutes", "decimal(19,4)"),
    ("rate_amount", "decimal(19,4)"),
    ("is_missed", "boolean"),
)
CLEAN = """
select range as call_id, 'Acme' as company_name,
    date '2026-03-31' - (range % 420)::integer as call_date,
    timestamp '2026-03-30 12:00:00' as answered_at,
    timestamp '2027-03-30 12:00:00' as goal_at,
    5::decimal(19,4) as talk_minutes, 100::decimal(19,4) as rate_amount,
    false as is_missed
from range(4200)
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "build.duckdb"
    clock = (
        "select timestamptz '2026-04-01 02:00:00+00' as as_of, "
        "'America/New_York' as reporting_time_zone"
    )
    fill(path, {"meta.as_of": clock, "marts.fct_call": CLEAN})
    return path


def figures(connection: Connection, frame: Frame) -> dict[str, Any]:
    result = connection.execute(frame.sql)
    names = [name for name, *_ in result.description or ()]
    (row,) = result.fetchall()
    return dict(zip(names, row, strict=True))


def broken(path: Path, change: str = "", *, columns: Columns = CALLS) -> dict[str, Any]:
    """Figures of the profile that lie outside their bounds."""
    with connect(path, read_only=False) as connection:
        connection.execute(change or "select 1")
        profile = common_frames("marts.fct_call", columns)[0]
        seen = figures(connection, profile)
    bounds = {rule.arguments["column"]: rule.arguments for rule in profile.rules}
    return {
        name: round(float(seen[name]), 2)
        for name, told in bounds.items()
        if seen[name] is not None
        and not (
            (told["min_value"] is None or seen[name] >= told["min_value"])
            and (told["max_value"] is None or seen[name] <= told["max_value"])
        )
    }


def findings(path: Path, change: str) -> list[str]:
    with connect(path, read_only=False) as connection:
        connection.execute(change or "select 1")
        frame = common_frames("marts.fct_call", CALLS)[1]
        rows = connection.execute(frame.sql).fetchall()
    return sorted(finding for _, finding in rows if finding)


def test_a_clean_fact_is_usual_and_has_nothing_odd(warehouse: Path) -> None:
    assert broken(warehouse) == {}
    assert findings(warehouse, "") == []


UNUSUAL = {
    "days_since_newest": "delete from marts.fct_call where call_date > '2026-02-01'",
    "volume_ratio": """
        insert into marts.fct_call select t.* from marts.fct_call t, range(9)
        where call_date > '2026-02-10'
    """,
    "year_ago_ratio": """
        insert into marts.fct_call select t.* from marts.fct_call t, range(30)
        where call_date < '2025-04-02'
    """,
    "longest_gap_days": """
        delete from marts.fct_call where call_date between '2026-02-01' and '2026-03-15'
    """,
    "busiest_weekday_pct": "delete from marts.fct_call where isodow(call_date) <> 3",
    "far_ahead_pct": """
        update marts.fct_call set call_date = '2099-12-31' where call_id < 50
    """,
}


@pytest.mark.parametrize("figure", UNUSUAL)
def test_what_is_unusual_about_a_fact(warehouse: Path, figure: str) -> None:
    assert figure in broken(warehouse, UNUSUAL[figure])


def test_a_fact_by_month_has_no_weekdays(warehouse: Path) -> None:
    columns = (("period_month", "date"),)
    profile = common_frames("marts.fct_call_month", columns)[0]
    names = {rule.arguments["column"] for rule in profile.rules}
    assert names == {"row_count", "days_since_newest", "far_ahead_pct"}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("call_date = '1900-01-01'", "call_date in 2.4 % of rows"),
        ("answered_at = '2026-04-09 00:00:00'", "answered_at in 2.4 % of rows"),
        ("talk_minutes = -1e9", "talk_minutes in 2.4 % of rows"),
        ("rate_amount = 2e9", "rate_amount in 2.4 % of rows"),
        ("call_id = -call_id - 1", "call_id in 2.4 % of rows"),
        ("company_name = 'Acme '", "company_name in 2.4 % of rows"),
    ],
)
def test_what_is_odd_in_a_column(warehouse: Path, change: str, finding: str) -> None:
    """Goals lie ahead by their nature, and flags cannot be odd."""
    told = findings(
        warehouse, f"update marts.fct_call set {change} where call_id < 100"
    )
    assert told == [finding]


def test_a_little_that_is_odd_is_tolerated(warehouse: Path) -> None:
    change = "update marts.fct_call set call_date = '1900-01-01' where call_id < 40"
    assert findings(warehouse, change) == []


def test_a_dimension_is_asked_for_names_and_inferred_rows(tmp_path: Path) -> None:
    path = tmp_path / "build.duckdb"
    fill(
        path,
        {
            "marts.dim_team": "select range as team_id, if(range < 5, null, 'A') as "
            "team_name, range < 3 as is_inferred from range(10)"
        },
    )
    columns = (
        ("team_id", "bigint"),
        ("team_name", "varchar"),
        ("is_inferred", "boolean"),
    )
    profile = common_frames("marts.dim_team", columns)[0]
    with connect(path) as connection:
        seen = figures(connection, profile)
    assert seen == {"row_count": 10, "named_pct": 50, "inferred_pct": 30}
