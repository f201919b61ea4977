"""A small hand-made world, and clients that ask a served sandbox.

Records are full enough for the behaviour under test and no fuller; believable data
come from the generator.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from tests.support.shared_folder import shared_folder

API = "/v4_6_release/apis/3.0"
TICKETS = 60


def ticket(number: int, **changes: Any) -> dict[str, Any]:
    """Service ticket ``number``; every third is closed, every fifth has no contact."""
    day = f"2026-01-{number % 28 + 1:02d}"
    record: dict[str, Any] = {
        "id": number,
        "summary": f"Ticket number {number}",
        "recordType": "ServiceTicket",
        "board": {"id": 1, "name": "Help Desk"},
        "status": {"id": 11, "name": "New", "Sort": 1},
        "company": {"id": 2, "identifier": "Acme", "name": "Acme Ltd."},
        "contact": {"id": 7, "name": f"Contact {number % 4}"},
        "closedFlag": number % 3 == 0,
        "budgetHours": number / 4,
        "customFields": [
            custom_field(1, "Floor", "Number", number % 5),
            custom_field(2, "Room", "Text", None if number % 2 else f"R{number}"),
        ],
        "_info": {
            "lastUpdated": f"{day}T10:00:00Z",
            "updatedBy": "mia",
            "dateEntered": f"2025-12-{number % 28 + 1:02d}T08:00:00Z",
            "enteredBy": "mia",
        },
    }
    if number % 5 == 0:
        del record["contact"]
    return {**record, **changes}


def custom_field(number: int, caption: str, kind: str, value: Any) -> dict[str, Any]:
    return {
        "id": number,
        "caption": caption,
        "type": kind,
        "entryMethod": "EntryField",
        "numberOfDecimals": 0,
        "value": value,
    }


def contact(number: int, email: str, phone: str) -> dict[str, Any]:
    items = [("Email", email), ("Phone", phone)]
    return {
        "id": number,
        "firstName": f"Kim{number}",
        "company": {"id": 2, "identifier": "Acme", "name": "Acme Ltd."},
        "types": [{"id": number % 2 + 1, "name": "Owner"}],
        "communicationItems": [
            {
                "id": number * 10 + position,
                "type": {"id": position, "name": kind},
                "value": value,
                "communicationType": kind,
            }
            for position, (kind, value) in enumerate(items, 1)
        ],
        "customFields": [],
        "_info": {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"},
    }


def make_world(path: Path) -> Store:
    """The hand-made world: 60 tickets, a board with statuses, contacts, notes."""
    info = {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"}
    board = {"id": 1, "name": "Help Desk"}
    store = Store.create(path)
    store.write("/service/tickets", (ticket(n) for n in range(1, TICKETS + 1)))
    store.write("/service/boards", [{**board, "_info": info}])
    statuses = [
        {"id": 10 + n, "name": name, "board": board, "sortOrder": n, "_info": info}
        for n, name in enumerate(("New", "Closed"), 1)
    ]
    store.write("/service/boards/{parent_id}/statuses", statuses, parent_id=1)
    note = {"id": 1, "ticketId": 3, "text": "Done", "member": {"id": 1}, "_info": info}
    store.write("/service/tickets/{parent_id}/notes", [note], parent_id=3)
    store.write(
        "/company/contacts",
        [
            contact(1, "kim@example.com", "555 0100"),
            contact(2, "lee@example.com", "kim@example.com"),
        ],
    )
    member = {"id": 1, "identifier": "mia", "firstName": "Mia", "_info": info}
    store.write("/system/members", [member])
    priority = {"id": 4, "name": "Normal", "connectWiseId": "x-4", "_info": {}}
    store.write("/service/priorities", [priority])
    return store


def tiny_world(factory: pytest.TempPathFactory) -> Path:
    """A generated world of the smallest profile, made once per test run."""
    cache_dir = shared_folder(factory) / "worlds"
    return cached_world(
        cache_dir=cache_dir, profile="tiny", seed=7, now=SandboxOptions().now
    )


@contextmanager
def driven_sandbox(
    folder: Path, **options: Any
) -> Iterator[tuple[httpx.Client, SandboxControl, Store]]:
    """A client of the hand-made world, the hand on its sandbox, and its store."""
    control = SandboxControl(SandboxOptions(**options))
    with (
        make_world(folder / "world.sqlite") as store,
        serving(store, control=control) as endpoint,
        client_of(endpoint) as client,
    ):
        yield client, control, store


class Heard:
    """A listener that keeps what it is told."""

    def __init__(self):
        self.changes: list[tuple[str, int, str]] = []
        self.records: list[Any] = []

    def on_change(self, entity_type, record_id, action, record):
        self.changes.append((entity_type, record_id, action))
        self.records.append(record)


@contextmanager
def small_sandbox(folder: Path, **options: Any) -> Iterator[httpx.Client]:
    """A client of the hand-made world, served with ``options``."""
    with (
        make_world(folder / "world.sqlite") as store,
        serving(store, options=SandboxOptions(**options)) as endpoint,
        client_of(endpoint) as client,
    ):
        yield client


def client_of(endpoint: Endpoint, **headers: str) -> httpx.Client:
    """A client that is let in; paths are written from ``/apis/3.0`` on."""
    return httpx.Client(
        base_url=endpoint.base_url + API,
        auth=(f"{endpoint.company_id}+{endpoint.public_key}", endpoint.private_key),
        headers={"clientId": endpoint.client_id, **headers},
        timeout=30,
    )


def ids(response: httpx.Response) -> list[int]:
    """Ids of a page; the answer has to be a good one."""
    assert response.status_code == 200, response.text
    return [record["id"] for record in response.json()]
