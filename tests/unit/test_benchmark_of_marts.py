"""The larger tenant of ``make bench-marts``, and the load that changes a part of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.changes import change
from benchmarks.larger import APART, enlarge
from benchmarks.marts_page import part_of
from pipelines.warehouse.connection import connect
from tests.support.marts import AS_OF, RawWarehouse


def test_each_copy_has_ids_of_its_own_and_the_set_up_is_shared(tmp_path: Path) -> None:
    small = RawWarehouse.create(tmp_path / "small")
    small.insert("boards", [{"id": 1, "name": "Help Desk"}])
    small.insert("companies", [{"id": 2, "name": "Acme"}])
    small.insert("companies__types", [{"_parent_id": 2, "_position": 0, "id": 7}])
    small.insert("agreements", [{"id": 4, "company__id": 2}])
    small.insert("agreement_additions", [{"id": 5, "_parent_id": 4}])
    small.insert("members", [{"id": 9, "identifier": "ada"}])
    small.insert(
        "service_tickets",
        [{"id": 3, "company__id": 2, "board__id": 1, "resources": "ada, bob"}],
    )
    charged = [("ServiceTicket", 3), ("ChargeCode", 6)]
    small.insert(
        "time_entries",
        [
            {"id": number, "charge_to_type": kind, "charge_to_id": to}
            for number, (kind, to) in enumerate(charged)
        ],
    )
    large = tmp_path / "large.duckdb"
    enlarge(small.settings.warehouse.build_file, large, copies=2)
    with connect(large) as connection:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return connection.execute(f"{sql} order by all").fetchall()

        raw = "connectwise_raw"
        assert rows(f"select id from {raw}.boards") == [(1,)]
        assert rows(
            f"select id, company__id, board__id from {raw}.service_tickets"
        ) == [
            (3, 2, 1),
            (3 + APART, 2 + APART, 1),
        ]
        assert rows(f"select _parent_id, id from {raw}.companies__types") == [
            (2, 7),
            (2 + APART, 7),
        ]
        assert rows(f"select id, _parent_id from {raw}.agreement_additions") == [
            (5, 4),
            (5 + APART, 4 + APART),
        ]
        assert rows(
            f"select charge_to_id from {raw}.time_entries "
            "where charge_to_type = 'ChargeCode'"
        ) == [(6,), (6,)]
        assert rows(
            f"select charge_to_id from {raw}.time_entries "
            "where charge_to_type = 'ServiceTicket'"
        ) == [(3,), (3 + APART,)]
        assert rows("select count(*) from meta.as_of") == [(1,)]
        assert rows(f"select identifier from {raw}.members") == [("ada-0",), ("ada-1",)]
        assert rows(f"select resources from {raw}.service_tickets") == [
            ("ada-0, bob-0",),
            ("ada-1, bob-1",),
        ]


def test_a_load_changes_one_row_in_two_hundred_and_moves_the_clock(
    tmp_path: Path,
) -> None:
    tenant = RawWarehouse.create(tmp_path)
    file = tenant.settings.warehouse.build_file
    columns = "id, actual_hours, _row_hash, _synced_at"
    with connect(file, read_only=False) as connection:
        connection.execute(
            f"insert into connectwise_raw.time_entries ({columns}) "
            "select range, 1, 'as before', timestamptz '2026-03-01' from range(10_000)"
        )
    changed = change(file)
    assert changed == {"service_tickets": 0, "project_tickets": 0} | {
        "time_entries": changed["time_entries"]
    }
    assert 30 <= changed["time_entries"] <= 70
    assert tenant.query(
        "select count(*) from connectwise_raw.time_entries "
        "cross join meta.as_of as clock "
        "where actual_hours = 1.25 and _row_hash <> 'as before' "
        "and _synced_at = clock.as_of and _info__last_updated = clock.as_of"
    ) == [(changed["time_entries"],)]
    assert tenant.query(
        "select count(*) from connectwise_raw.time_entries where actual_hours = 1"
    ) == [(10_000 - changed["time_entries"],)]
    assert tenant.query("select as_of::varchar from meta.as_of") == [
        (f"{AS_OF + timedelta(hours=1):%Y-%m-%d %H:%M:%S}+00",)
    ]


def test_an_increment_is_told_as_a_part_of_the_full_build() -> None:
    assert part_of({"increment_seconds": 90.0, "full_seconds": 200.0}) == 0.45
