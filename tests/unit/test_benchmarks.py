"""The benchmark's tickets are full size, and its check can fail."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.check import check
from benchmarks.cost import cost_of, served
from benchmarks.tickets import encoded, ticket
from pipelines.connectwise import Page
from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.decode import PageDecoder
from pipelines.warehouse.connection import connect

TICKETS = ENTITIES["service_tickets"]
ROWS = 12


def test_tickets_are_full_size_and_known_to_the_model():
    body = b"[" + b",".join(map(encoded, range(1, 101))) + b"]"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    page = Page(
        path=TICKETS.path,
        number=1,
        content=body,
        server_date=now,
        request_id=None,
        row_count=100,
    )
    decoded = PageDecoder(TICKETS).decode(page, synced_at=now)
    assert decoded.unknown == ()
    assert decoded.quarantined == ()
    assert len(ticket(1)) >= 75
    assert 5_500 < len(body) / 100 < 6_500


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    with served(ROWS) as base_url:
        cost = cost_of("benchmarks.ours", [base_url, folder])
    assert cost.cpu > 0
    return folder / "build" / "connectwise.duckdb"


def test_what_was_loaded_is_what_was_served(loaded):
    check(loaded, ROWS, {})


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update service_tickets set city = 'Rome' where id = 3", "city: 'Rome'"),
        ("update service_tickets set actual_hours = null where id = 4", "actual_hours"),
        ("delete from service_tickets where id = 5", "missing"),
        ("delete from service_tickets__custom_fields where _parent_id = 6", "custom"),
        ("update service_tickets__custom_fields set value = '7'", "custom fields"),
    ],
)
def test_the_check_finds_what_is_wrong(loaded, damage, said, tmp_path):
    file = tmp_path / "damaged.duckdb"
    shutil.copy(loaded, file)
    with connect(file, read_only=False) as connection:
        connection.execute("use connectwise_raw")
        connection.execute(damage)
    with pytest.raises(AssertionError, match=said):
        check(file, ROWS, {})
