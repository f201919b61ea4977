"""The suites on hand-made marts: clean, dirty, without rows, without tables."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.observability.outcomes import CheckOutcome
from pipelines.quality.rules import Suite
from pipelines.quality.runner import run_suites
from pipelines.quality.specs import OWN, check_specs, suites
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.warehouse_files import fill, settings_in

# Great Expectations takes seconds to import: keep these on one worker.
pytestmark = pytest.mark.xdist_group("great_expectations")

AS_OF = (
    "select timestamptz '2026-03-31 21:00:00+00' as as_of, 'UTC' as reporting_time_zone"
)
TICKETS = """
select
    range as ticket_id, 1 as company_id, 2 as board_id, 3 as status_id,
    4 as priority_id, 'service' as ticket_kind,
    1.5::decimal(19,4) as recorded_actual_hours,
    entered_at, entered_at as opened_at,
    entered_at + interval 5 hour as recorded_closed_at, true as is_closed
from (
    select
        range,
        timestamp '2026-03-31 12:00:00' - to_days((range % 150)::integer) as entered_at
    from range(1500)
)
"""
ENTRIES = """
select
    range as time_entry_id, 1 as member_id, 1 as company_id, 1 as work_type_id,
    0.5::decimal(19,4) as actual_hours, 0.5::decimal(19,4) as billed_hours,
    'ServiceTicket' as charge_to_type, 'Billable' as billable_option,
    'approved' as approval_state, 120::decimal(19,4) as hourly_rate_amount,
    started_at::date as work_date, started_at,
    started_at + interval 30 minute as ended_at, 90 as entry_lag_minutes,
    false as has_doubtful_hours
from (
    select
        range,
        timestamp '2026-03-31 12:00:00' - to_days((range % 150)::integer) as started_at
    from range(1500)
)
"""
MEMBERS = """
select range as member_id, 'Member ' || range as member_name,
    range = 7 as is_inferred, 8.0::decimal(19,4) as daily_capacity_hours
from range(20)
"""
DIRT = """
update marts.fct_ticket set recorded_actual_hours = -1,
    recorded_closed_at = entered_at - interval 1 hour
where ticket_id < 3;
update marts.fct_ticket set ticket_kind = 'other' where ticket_id = 7;
update marts.fct_ticket set priority_id = null where ticket_id % 5 = 0;
update marts.fct_time_entry set actual_hours = 25 where time_entry_id = 101;
update marts.fct_time_entry set ended_at = started_at - interval 1 minute
where time_entry_id in (102, 103);
update marts.fct_time_entry set work_date = date '1900-01-01' where time_entry_id = 104;
delete from marts.fct_time_entry where work_date > date '2026-03-10';
"""


def build(folder: Path, *, rows: bool = True, dirt: bool = False) -> Settings:
    settings = settings_in(folder)
    suffix = "" if rows else " limit 0"
    fill(
        settings.warehouse.build_file,
        {
            "meta.as_of": AS_OF,
            "marts.fct_ticket": TICKETS + suffix,
            "marts.fct_time_entry": ENTRIES + suffix,
            "marts.dim_member": MEMBERS + suffix,
        },
    )
    if dirt:
        with connect(settings.warehouse.build_file, read_only=False) as connection:
            connection.execute(DIRT)
    return settings


def all_suites(settings: Settings) -> tuple[Suite, ...]:
    """The suites of the marts that the build file has."""
    sql = """
        select table_schema || '.' || table_name, list((column_name,
            lower(data_type)) order by ordinal_position)
        from information_schema.columns where table_schema = 'marts' group by 1
    """
    with connect(settings.warehouse.build_file) as connection:
        return suites(dict(connection.execute(sql).fetchall()))


def by_name(outcomes: list[CheckOutcome]) -> dict[str, CheckOutcome]:
    return {f"{o.asset}:{o.name}": o for o in outcomes}


def test_specs_cost_no_import_and_names_are_unique(tmp_path: Path) -> None:
    specs = check_specs(all_suites(build(tmp_path)))
    assert len({(asset, name) for asset, name, _ in specs}) == len(specs)
    assert {asset for asset, _, _ in specs} == {
        "marts.fct_ticket",
        "marts.fct_time_entry",
        "marts.dim_member",
    }
    assert {severity for _, _, severity in specs} == {"warn"}
    code = (
        "import sys, pipelines.quality.specs, pipelines.quality.runner; "
        "assert not {'great_expectations', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_clean_marts_pass_every_rule_and_leave_data_docs(tmp_path: Path) -> None:
    settings = build(tmp_path)
    outcomes = run_suites(settings, all_suites(settings))
    assert [(o.asset, o.name, o.severity) for o in outcomes] == (
        check_specs(all_suites(settings))
    )
    assert [o for o in outcomes if o.status != "passed" or o.message] == []
    docs = settings.warehouse.data_docs_dir
    assert (docs / "index.html").is_file()
    assert len(list((docs / "validations").rglob("*.html"))) == 2 + 3 * 2 + 2


def test_dirt_is_counted_and_told_but_never_blocks(tmp_path: Path) -> None:
    settings = build(tmp_path, dirt=True)
    settings.warehouse.data_docs_dir.mkdir()
    (settings.warehouse.data_docs_dir / "old.html").touch()
    outcomes = run_suites(settings, OWN)
    assert not any(outcome.blocks for outcome in outcomes)
    broken = {
        name: outcome.failed_rows
        for name, outcome in by_name(outcomes).items()
        if outcome.status == "warned"
    }
    assert broken == {
        "marts.fct_ticket:recorded_actual_hours_in_range": 3,
        "marts.fct_ticket:minutes_to_close_in_range": 3,
        "marts.fct_ticket:ticket_kind_known": 1,
        "marts.fct_ticket:priority_id_filled": 300,
        "marts.fct_time_entry:actual_hours_in_range": 1,
        "marts.fct_time_entry:duration_minutes_in_range": 2,
        "marts.fct_time_entry:work_year_in_range": 1,
        "marts.fct_time_entry:four_week_volume_ratio_in_range": 1,
        "marts.fct_time_entry:days_since_last_work_in_range": 1,
    }
    told = by_name(outcomes)["marts.fct_time_entry:actual_hours_in_range"]
    assert told.message == (
        "An entry has between 0 and 24 actual hours. "
        "1 of 1,290 rows break it (such as 25)."
    )
    profile = by_name(outcomes)["marts.fct_time_entry:days_since_last_work_in_range"]
    assert profile.message == (
        "Somebody worked within five days of the last sync. It is 21."
    )
    nulls = by_name(outcomes)["marts.fct_ticket:priority_id_filled"]
    assert nulls.message == (
        "At least 90 % name a priority. 300 of 1,500 rows break it."
    )
    assert not (settings.warehouse.data_docs_dir / "old.html").exists()


def test_an_empty_tenant_has_nothing_to_check(tmp_path: Path) -> None:
    settings = build(tmp_path, rows=False)
    outcomes = run_suites(settings, all_suites(settings))
    assert len(outcomes) == len(check_specs(all_suites(settings)))
    assert {(o.status, o.message) for o in outcomes} == {
        ("passed", "No rows to check.")
    }


def test_what_cannot_be_read_is_an_outcome_not_an_exception(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    fill(
        settings.warehouse.build_file,
        {"meta.as_of": AS_OF, "marts.fct_ticket": "select 1 as ticket_id"},
    )
    outcomes = run_suites(settings, OWN)
    assert len(outcomes) == sum(len(suite.rules) for suite in OWN)
    assert {o.status for o in outcomes} == {"error"}
    assert all("could not answer a query" in o.message for o in outcomes)
    assert not any(outcome.blocks for outcome in outcomes)
