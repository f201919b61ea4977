"""Published examples that are too large for a file of 30 rows."""

from pathlib import Path
from typing import Any

from pipelines.warehouse.connection import Connection
from tests.support.kpis import Bench, Example, same

KPI = "first_touch_resolution_pct"


def ticket(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "board__id": 1,
        "_info__date_entered": "2026-03-02T15:00:00Z",
        "closed_flag": True,
        "closed_date": "2026-03-10T20:00:00Z",
    }


def touch(number: int, *, day: int) -> dict[str, Any]:
    return {
        "id": 10 * number + day,
        "member__id": 1,
        "charge_to_type": "ServiceTicket",
        "charge_to_id": number,
        "time_start": f"2026-03-{day:02d}T16:00:00Z",
        "time_end": f"2026-03-{day:02d}T17:00:00Z",
        "actual_hours": 1.0,
    }


def test_38_of_100_tickets_closed_at_the_first_touch(
    kpi_bench: Bench, bench_connection: Connection
) -> None:
    # brightgauge.com, blog on calculated metrics (oracle F1).
    numbers = range(1, 101)
    touches = [touch(number, day=3) for number in numbers]
    touches += [touch(number, day=4) for number in numbers if number > 38]
    example = Example(
        path=Path("F1"),
        kpi=KPI,
        rows={
            "boards": [{"id": 1, "name": "Help Desk"}],
            "service_tickets": [ticket(number) for number in numbers],
            "time_entries": touches,
        },
        expected=[{KPI: 38}],
        independent="",
    )
    found = kpi_bench.answer(bench_connection, example)
    assert same(found, example.expected, kpi=KPI) is None
