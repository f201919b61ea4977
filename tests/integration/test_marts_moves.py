"""Tickets that moved, merged, vanished or came back are told once and rightly.

Raw tables keep every form that was ever read; ``_deletions`` says which of them stand.
What writes there has its own tests (``test_sweep_deletes``).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.support.mart_world import ACME, GONE_COMPANY, LEFT_COMPANY, moved_warehouse
from tests.support.marts import RawWarehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    return moved_warehouse(tmp_path_factory)


@pytest.fixture(scope="module")
def tickets(built: RawWarehouse) -> Mapping[int, dict[str, Any]]:
    """What the mart says of each ticket; fails where one has two rows."""
    numbers = built.query("SELECT ticket_id FROM marts.fct_ticket")
    one = "SELECT * FROM marts.fct_ticket WHERE ticket_id = "
    return {number: built.row(f"{one}{number}") for (number,) in numbers}


def test_every_ticket_that_stands_is_one_row(
    tickets: Mapping[int, dict[str, Any]],
) -> None:
    kinds = {number: row["ticket_kind"] for number, row in tickets.items()}
    service = dict.fromkeys((1, 2, 3, 5, 8, 9, 10), "service")
    assert kinds == service | {6: "project", 7: "project"}


def test_a_ticket_that_moved_into_a_project_is_that_projects(
    built: RawWarehouse, tickets: Mapping[int, dict[str, Any]]
) -> None:
    for number in (6, 7):
        row = tickets[number]
        assert (row["project_id"], row["is_service_population"]) == (1, False)
        assert (row["parent_ticket_id"], row["is_bundle_child"]) == (None, False)
        assert row["notes_count"] == 1
    work = built.row("SELECT * FROM marts.fct_time_entry WHERE ticket_id = 7")
    assert (work["work_class"], work["project_id"]) == ("project", 1)


def test_a_ticket_that_left_its_project_takes_its_time_along(
    built: RawWarehouse, tickets: Mapping[int, dict[str, Any]]
) -> None:
    row = tickets[8]
    assert (row["project_id"], row["is_service_population"]) == (None, True)
    work = built.row("SELECT * FROM marts.fct_time_entry WHERE ticket_id = 8")
    assert (work["work_class"], work["project_id"]) == ("service ticket", None)


def test_a_moved_ticket_is_in_the_backlog_once(built: RawWarehouse) -> None:
    days = built.query(
        "SELECT ticket_id, count(*), count(DISTINCT snapshot_date) "
        "FROM marts.fct_ticket_daily WHERE ticket_id IN (5, 6, 7, 8) "
        "GROUP BY 1 ORDER BY 1"
    )
    # From the 23rd to the 31st, both included.
    assert days == [(number, 9, 9) for number in (5, 6, 7, 8)]


def test_a_hard_deleted_ticket_is_in_no_mart_and_its_time_is_kept(
    built: RawWarehouse,
) -> None:
    tables = built.query(
        "SELECT table_schema || '.' || table_name FROM information_schema.columns "
        "WHERE column_name = 'ticket_id' AND table_schema IN ('marts', 'reports') "
        "ORDER BY 1"
    )
    named = [
        table
        for (table,) in tables
        if built.query(f"SELECT 1 FROM {table} WHERE ticket_id = 4 LIMIT 1")
    ]
    assert len(tables) > 3
    # Its time is there, and what of it is to be billed.
    billed = ["marts.fct_leakage", "marts.fct_time_entry", "marts.fct_wip"]
    assert named == billed
    work = built.row("SELECT * FROM marts.fct_time_entry WHERE ticket_id = 4")
    assert work["actual_hours"] == Decimal("1.0000")


def test_merged_and_bundled_tickets_name_their_parents(
    tickets: Mapping[int, dict[str, Any]],
) -> None:
    names = ("merged_parent_ticket_id", "is_merged")
    names += ("parent_ticket_id", "is_bundle_child", "is_service_population")
    links = {number: [row[name] for name in names] for number, row in tickets.items()}
    assert links[1] == [None, False, None, False, True]
    assert links[2] == [1, True, None, False, False]
    assert links[3] == [None, False, 1, True, False]


def test_a_soft_deleted_company_says_so_and_keeps_its_facts(
    built: RawWarehouse,
) -> None:
    row = built.row(
        f"SELECT * FROM marts.dim_company WHERE company_id = {LEFT_COMPANY}"
    )
    assert (row["company_name"], row["is_inferred"]) == ("Left Ltd", False)
    assert (row["is_deleted"], str(row["deleted_at"])) == (True, "2026-03-25 10:00:00")
    for table in ("fct_ticket", "fct_time_entry", "fct_invoice"):
        sql = f"SELECT * FROM marts.{table} WHERE company_id = {LEFT_COMPANY}"
        assert len(built.query(sql)) == 1, table
    live = f"SELECT is_deleted FROM marts.dim_company WHERE company_id = {ACME}"
    assert built.query(live) == [(False,)]


def test_a_hard_deleted_company_keeps_the_name_that_tickets_give_it(
    built: RawWarehouse, tickets: Mapping[int, dict[str, Any]]
) -> None:
    row = built.row(
        f"SELECT * FROM marts.dim_company WHERE company_id = {GONE_COMPANY}"
    )
    assert (row["company_name"], row["is_inferred"]) == ("Gone Ltd", True)
    assert tickets[10]["company_id"] == GONE_COMPANY
