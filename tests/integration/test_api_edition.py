"""The API's edition changes between two runs: nothing is lost, nothing fails."""

from datetime import timedelta

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.extraction import extract
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.projection import older_form
from pipelines.sandbox.store import Store
from pipelines.warehouse.connection import connect
from tests.support.sandbox import make_world, ticket
from tests.support.warehouses import expected_rows, raw_rows, tenant_of

NOW = SandboxOptions().now
TICKETS = ENTITIES["service_tickets"]
WHEN = "2026-04-01T08:00:00Z"
READ = [TICKETS, ENTITIES["contacts"], ENTITIES["members"]]


@pytest.fixture
def store(tmp_path):
    with make_world(tmp_path / "world.sqlite") as one:
        for number in (1, 2, 3):
            new = {"escalationLastUpdateMinutes": number, "respondByGoalUTC": WHEN}
            one.put(TICKETS.path, ticket(number, mood={"is": "calm"}, **new))
        yield one


def read(store: Store, folder, edition: str, *, hours: int):
    options = SandboxOptions(now=NOW + timedelta(hours=hours), api_version=edition)
    with (
        tenant_of(store, folder, options=options) as settings,
        opened(settings, progress=SilentProgress(), ledger=Ledger()) as session,
    ):
        extract(session.sync, READ)
    return settings


def as_served(store: Store, entity, edition: str):
    """The store's rows as an edition gives them."""
    if edition == "2026.4":
        return expected_rows(store, entity)
    schema = schema_of(entity.path)
    older = [older_form(record, schema) for record in store.records(entity.path)]

    class Served:
        def records(self, _path):
            return iter(older)

    return expected_rows(Served(), entity)


def differing(store: Store, settings, edition: str) -> list[str]:
    return [
        entity.name
        for entity in READ
        if raw_rows(settings, entity) != as_served(store, entity, edition)
    ]


@pytest.mark.parametrize("editions", [("2025.1", "2026.4"), ("2026.4", "2025.1")])
def test_unchanged_rows_are_read_again_as_the_new_edition_gives_them(
    editions, store, tmp_path
):
    before, after = editions
    folder = tmp_path / "warehouse"
    settings = read(store, folder, before, hours=0)
    assert differing(store, settings, before) == []
    settings = read(store, folder, after, hours=1)
    assert differing(store, settings, after) == []
    with connect(settings.warehouse.build_file) as connection:
        drift = connection.execute(
            "select entity, path, json_type from meta.drift order by all"
        ).fetchall()
        extra = connection.execute(
            "select _extra from connectwise_raw.service_tickets where id < 4"
        ).fetchall()
    names = [f"v{edition.replace('.', '_')}" for edition in editions]
    assert ("api", " to ".join(names), "edition") in drift
    assert ("service_tickets", "mood", "dict") in drift
    assert [one for (one,) in extra] == ['{"mood":{"is":"calm"}}'] * 3
