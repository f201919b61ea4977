"""A closed month that is changed afterwards is told: what moved, by how much, and why.

One raw warehouse on four builds: the first after the months' end; the next day, after
records were edited, moved, deleted, merged and came late; a day later, after one more
edit; and once more without any news.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pipelines.warehouse.connection import connect
from tests.support.marts import ZONE, RawWarehouse

FIRST = datetime(2026, 4, 1, 21, tzinfo=UTC)
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
RAW: dict[str, list[dict[str, Any]]] = {
    "companies": [{"id": 19, "identifier": "Acme", "name": "Acme"}],
    "members": [{"id": 1, "identifier": "ada", "hourly_cost": 40.0}],
    "boards": [{"id": 1, "name": "Help Desk"}],
    "service_tickets": [
        {"id": number, "board__id": 1, "company__id": 19,
         "_info__date_entered": "2026-03-03T15:00:00Z"}
        for number in (1, 2)
    ],
    "time_entries": [
        {"id": 11, "time_start": "2026-03-10T14:00:00Z", "actual_hours": 2.0},
        {"id": 12, "time_start": "2026-03-11T14:00:00Z", "actual_hours": 3.0},
        {"id": 13, "time_start": "2026-02-10T14:00:00Z", "actual_hours": 4.0},
    ],
    "invoices": [
        {"id": 7, "company__id": 19, "date": "2026-03-05T00:00:00Z", "subtotal": 100.0}
    ],
}  # fmt: skip
LATE = {"id": 14, "time_start": "2026-03-12T14:00:00Z", "actual_hours": 1.0}
CHANGES = """
update connectwise_raw.time_entries set actual_hours = 5 where id = 11;
update connectwise_raw.time_entries set time_start = '2026-03-09 14:00:00+00'
    where id = 13;
insert into connectwise_raw._deletions (entity, id, deleted_at)
    values ('time_entries', 12, '2026-04-02 03:00:00+00');
update connectwise_raw.service_tickets set merged_parent_ticket__id = 1 where id = 2;
update connectwise_raw.invoices set subtotal = 80 where id = 7;
"""
ONE_MORE = "update connectwise_raw.time_entries set actual_hours = 4 where id = 11"
TOLD = """
    select value_before, value_after, change_value, records_added_count,
        records_changed_count, records_removed_count, record_ids
    from marts.fct_restatement
    where figure_name = '{figure}' and period_month = date '{month}'
    order by restated_at
"""


@dataclass(frozen=True, slots=True)
class Restated:
    """The warehouse at the end, and how many restatements each build told."""

    warehouse: RawWarehouse
    counts: tuple[int, ...]

    def told(self, figure: str, month: date) -> list[tuple[Any, ...]]:
        return self.warehouse.query(TOLD.format(figure=figure, month=month))


def entry(row: dict[str, Any]) -> dict[str, Any]:
    return {"member__id": 1, "company__id": 19, "charge_to_type": "ServiceTicket",
            "charge_to_id": 1} | row  # fmt: skip


def build(warehouse: RawWarehouse, *, days_later: int, changes: str = "") -> int:
    with connect(warehouse.settings.warehouse.build_file, read_only=False) as file:
        file.execute(changes or "select 1")
    warehouse.set_clock(as_of=FIRST + timedelta(days=days_later), zone=ZONE)
    without_tests = ("--exclude-resource-type", "test", "unit_test")
    warehouse.build(*without_tests, select="+fct_restatement")
    ((count,),) = warehouse.query("select count(*) from marts.fct_restatement")
    return int(count)


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Restated:
    warehouse = RawWarehouse.create(tmp_path_factory.mktemp("restated"))
    for table, rows in RAW.items():
        told = map(entry, rows) if table == "time_entries" else rows
        warehouse.insert(table, told)
    counts = [build(warehouse, days_later=0)]
    warehouse.insert("time_entries", [entry(LATE)])
    counts.append(build(warehouse, days_later=1, changes=CHANGES))
    counts.append(build(warehouse, days_later=2, changes=ONE_MORE))
    counts.append(build(warehouse, days_later=3))
    return Restated(warehouse, tuple(counts))


def test_the_first_build_after_a_month_restates_nothing(restated: Restated) -> None:
    assert restated.counts[0] == 0


def test_a_build_without_news_restates_nothing(restated: Restated) -> None:
    assert restated.counts[3] == restated.counts[2] > restated.counts[1] > 0


def test_hours_tell_each_record_that_moved_them(restated: Restated) -> None:
    # 2 and 3 hours became 5 edited, 4 from February and 1 late; 3 were deleted.
    first, second = restated.told("worked_hours", MARCH)
    assert first == (5, 10, 5, 2, 1, 1, "13, 11, 12, 14")
    # The second edit goes on from there.
    assert second == (10, 9, -1, 0, 1, 0, "11")


def test_a_record_that_moves_to_another_month_is_told_in_both(
    restated: Restated,
) -> None:
    assert restated.told("worked_hours", FEBRUARY) == [(4, 0, -4, 0, 0, 1, "13")]


def test_cost_follows_its_hours(restated: Restated) -> None:
    first, second = restated.told("labour_cost_amount", MARCH)
    assert first[:3] == (200, 400, 200)
    assert second[:3] == (400, 360, -40)


def test_an_invoice_that_was_changed_is_named(restated: Restated) -> None:
    assert restated.told("invoiced_amount", MARCH) == [
        (100, 80, Decimal(-20), 0, 1, 0, "7")
    ]


def test_a_ticket_that_was_merged_leaves_its_month(restated: Restated) -> None:
    assert restated.told("tickets_opened_count", MARCH) == [(2, 1, -1, 0, 0, 1, "2")]
