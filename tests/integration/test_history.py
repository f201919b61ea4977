"""Schema ``history``: what each day looked like stays, whatever is built again.

One warehouse on three looks: the first day; the next day, after changes, built with
``--full-refresh``; and the same moment again, when nothing is new.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipelines.warehouse.connection import connect
from tests.support.mart_world import ACME, ADA, BOB, RAW
from tests.support.marts import AS_OF, ZONE, RawWarehouse
from tests.support.warehouses import dump

Tables = dict[str, list[tuple[Any, ...]]]
DAILY = (
    "open_ticket_daily",
    "agreement_daily",
    "agreement_addition_daily",
    "opportunity_daily",
    "member_cost_daily",
)
VERSIONS = ("dim_company_history", "dim_member_history", "dim_sla_history")
TICKETS = "+fct_ticket_status_history"
SELECT = " ".join(
    ("+path:snapshots", *(f"+{name}" for name in (*DAILY, *VERSIONS)), TICKETS)
)
NEXT_DAY = datetime(2026, 4, 1, 21, tzinfo=UTC)
CHANGES = """
update connectwise_raw.companies set name = 'Acme Group' where id = 19;
update connectwise_raw.members set hourly_cost = 44 where id = 1;
update connectwise_raw.service_tickets set closed_flag = true where id = 1;
update connectwise_raw.service_tickets set
    closed_flag = false, closed_date = null,
    _info__last_updated = '2026-04-01 15:00:00+00'
where id = 2;
insert into connectwise_raw._deletions (entity, id, deleted_at)
    values ('members', 2, '2026-04-01 03:00:00+00');
insert into connectwise_raw.companies (id, identifier, name) values (40, 'New', 'New');
"""


@dataclass(frozen=True, slots=True)
class Looks:
    """The warehouse at the end, and schema ``history`` after each look."""

    warehouse: RawWarehouse
    first: Tables
    second: Tables
    third: Tables


def look(warehouse: RawWarehouse, *flags: str) -> None:
    """Build history and what it stands on, with the tests of just these tables."""
    warehouse.build("--indirect-selection=cautious", *flags, select=SELECT)


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Looks:
    warehouse = RawWarehouse.create(tmp_path_factory.mktemp("history"))
    settings = warehouse.settings
    for table, rows in RAW.items():
        warehouse.insert(table, rows)
    warehouse.insert("slas", [{"id": 1, "name": "Gold", "respond_hours": 4.0}])
    look(warehouse)
    first = dump(settings, schemas=("history",))
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute(CHANGES)
    warehouse.set_clock(as_of=NEXT_DAY, zone=ZONE)
    look(warehouse, "--full-refresh")
    second = dump(settings, schemas=("history",))
    look(warehouse)
    return Looks(warehouse, first, second, dump(settings, schemas=("history",)))


def test_every_table_of_history_has_rows(looks: Looks) -> None:
    assert {
        "history.company_versions",
        "history.member_versions",
        "history.open_ticket_daily",
        "history.member_cost_daily",
    } <= {name for name, rows in looks.first.items() if rows}


def test_a_full_refresh_leaves_the_first_day_as_it_was(looks: Looks) -> None:
    for name in (f"history.{table}" for table in DAILY):
        assert set(looks.first[name]) <= set(looks.second[name])
        assert len({row[0] for row in looks.second[name]}) in {0, 2}


def test_a_second_look_at_the_same_moment_adds_nothing(looks: Looks) -> None:
    assert looks.second == looks.third
    assert looks.first != looks.second


def test_a_change_closes_one_version_and_opens_another(looks: Looks) -> None:
    versions = looks.warehouse.query(
        "SELECT company_name, valid_from, valid_to, effective_from, is_current "
        f"FROM marts.dim_company_history WHERE company_id = {ACME} ORDER BY valid_from"
    )
    first, second = AS_OF.replace(tzinfo=None), NEXT_DAY.replace(tzinfo=None)
    assert versions == [
        ("Acme", first, second, datetime(2000, 1, 1), False),  # noqa: DTZ001
        ("Acme Group", second, None, second, True),
    ]


def test_what_did_not_change_keeps_its_version(looks: Looks) -> None:
    counts = looks.warehouse.query(
        "SELECT company_id, count(*) FROM marts.dim_company_history GROUP BY 1 "
        "HAVING count(*) > 1"
    )
    assert counts == [(ACME, 2)]


def test_a_proven_delete_ends_the_last_version(looks: Looks) -> None:
    (ended,) = looks.warehouse.query(
        "SELECT valid_to, is_current FROM marts.dim_member_history "
        f"WHERE member_id = {BOB}"
    )
    assert ended == (NEXT_DAY.replace(tzinfo=None), False)


def test_a_cost_of_the_past_can_be_asked_for(looks: Looks) -> None:
    costs = looks.warehouse.query(
        "SELECT snapshot_date, hourly_cost_amount FROM history.member_cost_daily "
        f"WHERE member_id = {ADA} ORDER BY 1"
    )
    assert costs == [(date(2026, 3, 31), 40), (date(2026, 4, 1), 44)]


def test_a_closed_ticket_leaves_the_backlog_of_later_days_only(looks: Looks) -> None:
    days = looks.warehouse.query(
        "SELECT snapshot_date FROM history.open_ticket_daily WHERE ticket_id = 1"
    )
    assert days == [(date(2026, 3, 31),)]


def test_what_two_looks_saw_of_a_ticket_is_its_history(looks: Looks) -> None:
    # Open for a day and a half, closed for a week, and opened again.
    intervals = looks.warehouse.query(
        "SELECT CAST(started_at AS VARCHAR), CAST(ended_at AS VARCHAR), "
        "is_closed_status, is_reopening, history_source, confidence "
        "FROM marts.fct_ticket_status_history WHERE ticket_id = 2 ORDER BY started_at"
    )
    assert intervals == [
        ("2026-03-23 15:00:00", "2026-03-25 02:00:00", False, False, "record", "low"),
        ("2026-03-25 02:00:00", "2026-04-01 15:00:00", True, False, "poll", "low"),
        ("2026-04-01 15:00:00", None, False, True, "poll", "medium"),
    ]
    seen = looks.warehouse.query(
        "SELECT ticket_id, version_number FROM history.ticket_version "
        "WHERE version_number > 1 ORDER BY 1"
    )
    assert seen == [(1, 2), (2, 2)]


def test_a_day_that_is_built_again_may_get_a_new_column(looks: Looks) -> None:
    # As when a version with one more column meets a day that was built before.
    settings = looks.warehouse.settings
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "alter table history.member_cost_daily drop column work_role_id"
        )
    warehouse = looks.warehouse
    warehouse.build("--indirect-selection=cautious", select="member_cost_daily")
    days = looks.warehouse.query(
        "select snapshot_date, count(*), count(work_role_id) "
        "from history.member_cost_daily group by 1 order by 1"
    )
    before = {row[0] for row in looks.third["history.member_cost_daily"]}
    assert {day for day, *_ in days} == before
    assert all(count > 0 and roles == 0 for _, count, roles in days)
