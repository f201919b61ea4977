"""Published examples that are too large for a file of 30 rows.

``oracles.yml`` lists every published example with its source and the test of it.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.settings import PROJECT_DIR
from pipelines.warehouse.connection import Connection
from tests.support.kpis import Asked, Bench, Example, Row, same

ORACLES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("oracles.yml").read_text("utf-8")
)
BOARDS = [{"id": 1, "name": "Help Desk"}]


def ticket(number: int, **more: Any) -> Row:
    return {
        "id": number,
        "board__id": 1,
        "_info__date_entered": "2026-03-02T15:00:00Z",
        "closed_flag": True,
        "closed_date": "2026-03-10T20:00:00Z",
    } | more


def touch(number: int, *, day: int) -> Row:
    return {
        "id": 10 * number + day,
        "member__id": 1,
        "charge_to_type": "ServiceTicket",
        "charge_to_id": number,
        "time_start": f"2026-03-{day:02d}T16:00:00Z",
        "time_end": f"2026-03-{day:02d}T17:00:00Z",
        "actual_hours": 1.0,
    }


def answer(number: int, *, points: int) -> Row:
    return {
        "id": number,
        "_parent_id": 1,
        "ticket_id": number,
        "total_points": points,
        "_info__last_updated": "2026-03-11T15:00:00Z",
    }


def test_38_of_100_tickets_closed_at_the_first_touch(
    kpi_bench: Bench, bench_connection: Connection
) -> None:
    kpi = "first_touch_resolution_pct"
    # brightgauge.com, blog on calculated metrics (oracle F1).
    numbers = range(1, 101)
    touches = [touch(number, day=3) for number in numbers]
    touches += [touch(number, day=4) for number in numbers if number > 38]
    example = Example(
        path=Path("F1"),
        kpi=kpi,
        rows={
            "boards": BOARDS,
            "service_tickets": [ticket(number) for number in numbers],
            "time_entries": touches,
        },
        expected=[{kpi: 38}],
        independent="",
    )
    found = kpi_bench.answer(bench_connection, example)
    assert same(found, example.expected, kpi=kpi) is None


def test_a_small_client_may_be_ten_times_as_noisy(
    kpi_bench: Bench, bench_connection: Connection
) -> None:
    # Oracle F2: 100 tickets of 1,000 endpoints, and 50 of 50.
    kpi = "tickets_per_endpoint_count"
    sizes = {19: (100, 1000), 20: (50, 50)}
    example = Example(
        path=Path("F2"),
        kpi=kpi,
        rows={
            "companies": [{"id": 19, "name": "Large"}, {"id": 20, "name": "Small"}],
            "boards": BOARDS,
            "configuration_types": [{"id": 1, "name": "Managed Workstation"}],
            "configurations": [
                {"id": 10_000 * client + number, "company__id": client,
                 "type__id": 1, "active_flag": True,
                 "installation_date": "2025-01-10T00:00:00Z"}
                for client, (_, endpoints) in sizes.items()
                for number in range(endpoints)
            ],
            "service_tickets": [
                ticket(1000 * client + number, company__id=client)
                for client, (tickets, _) in sizes.items()
                for number in range(tickets)
            ],
        },
        expected=[{"company": "Large", kpi: 0.1}, {"company": "Small", kpi: 1.0}],
        independent="",
        asked=Asked(by=("company",), first=date(2026, 3, 1)),
    )  # fmt: skip
    found = kpi_bench.answer(bench_connection, example)
    assert same(found, example.expected, kpi=kpi) is None


@pytest.mark.parametrize(
    ("promoters", "detractors", "score"), [(50, 20, 30), (70, 20, 50)]
)
def test_promoters_less_detractors_are_the_score(
    kpi_bench: Bench,
    bench_connection: Connection,
    promoters: int,
    detractors: int,
    score: int,
) -> None:
    # Oracle Q2: 50 % and 20 % are 30, 70 % and 20 % are 50; passives only dilute.
    kpi = "nps_pct"
    passives = 100 - promoters - detractors
    points = [10, 9] * (promoters // 2) + [8] * passives + [6, 0] * (detractors // 2)
    example = Example(
        path=Path("Q2"),
        kpi=kpi,
        rows={
            "boards": BOARDS,
            "surveys": [{"id": 1, "name": "How are we?"}],
            "survey_questions": [{"id": 11, "_parent_id": 1, "include_flag": True}],
            "survey_questions__options": [
                {"_parent_id": 11, "_position": 0, "points": 10, "include_flag": True},
            ],
            "service_tickets": [ticket(number) for number in range(100)],
            "survey_results": [
                answer(number, points=told) for number, told in enumerate(points)
            ],
        },
        expected=[{kpi: score}],
        independent="",
    )
    found = kpi_bench.answer(bench_connection, example)
    assert same(found, example.expected, kpi=kpi) is None


@pytest.mark.parametrize("oracle", ORACLES)
def test_every_published_example_has_a_source_and_a_test(oracle: str) -> None:
    told = ORACLES[oracle]
    assert set(told) == {"given", "expect", "source", "tests"}
    assert all(str(told[key]).strip() for key in told)
    for name in told["tests"]:
        text = (PROJECT_DIR / name).read_text(encoding="utf-8")
        assert re.search(rf"\b{oracle}\b", text), f"{name} does not name {oracle}"
