"""The larger tenant of ``make bench-marts``: copies that do not touch each other."""

from pathlib import Path
from typing import Any

from benchmarks.larger import APART, enlarge
from pipelines.warehouse.connection import connect
from tests.support.marts import RawWarehouse


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
