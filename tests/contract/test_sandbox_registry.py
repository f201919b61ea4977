"""The sandbox, which may not read the registry, answers as the registry says."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.preflight import open_client
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.routes import route_of
from pipelines.sandbox.store import Store
from tests.support.warehouses import tenant_of
from tests.support.worlds import tiny_world

every_entity = pytest.mark.parametrize(
    "entity", ENTITIES.values(), ids=lambda entity: entity.name
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tiny_world(tmp_path_factory)) as one:
        yield one


@every_entity
def test_every_entity_is_served_and_counted_as_declared(entity: Entity) -> None:
    route = route_of(entity.path)
    assert route is not None
    assert route.has_count == entity.has_count


@every_entity
def test_only_what_tells_its_last_change_is_read_by_it(
    entity: Entity, store: Store
) -> None:
    records = list(store.records(entity.path))
    assert records
    dated = ["lastUpdated" in record.get("_info", {}) for record in records]
    if entity.incremental:
        assert all(dated)


@pytest.mark.parametrize("shape", ["list", "object"])
def test_a_forecast_is_read_in_either_shape(
    shape: str, store: Store, tmp_path: Path
) -> None:
    entity = ENTITIES["opportunity_forecasts"]
    parent = next(iter(store.records(ENTITIES["opportunities"].path)))["id"]
    path = entity.path.format(parent_id=parent)
    options = SandboxOptions(forecast=shape)
    with (
        tenant_of(store, tmp_path, options=options) as settings,
        open_client(settings) as client,
    ):
        pages = list(client.iter_pages(path, paging=entity.paging))
    read = [record for page in pages for record in json.loads(page.content)]
    expected = list(store.records(entity.path, parent))
    assert [forecast["id"] for forecast in read] == [each["id"] for each in expected]
    assert len(read[0]["forecastItems"]) == len(expected[0]["forecastItems"]) > 0
