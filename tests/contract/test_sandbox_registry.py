"""The sandbox, which may not read the registry, answers as the registry says."""

from collections.abc import Iterator

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.sandbox.routes import route_of
from pipelines.sandbox.store import Store
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
