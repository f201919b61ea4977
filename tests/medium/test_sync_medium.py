"""The medium world from empty: every entity's rows and child rows equal the store's.

``make test-medium``; at most 60 minutes. The sandbox runs in a process of its own, as
in ``cwp run``, and the notes and tasks of all tickets are read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import child_lists_of, fields_of
from pipelines.ingest.extraction import extract
from pipelines.ingest.history import open_entities
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.process import running
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.warehouses import Row, expected_row, settings_in
from tests.support.worlds import NOW

pytestmark = [pytest.mark.medium, pytest.mark.timeout(3600)]
BATCH = 5_000
EVERY_PARENT = {"children_since_days": 10_000, "child_call_budget": 10_000_000}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds")
    return cached_world(cache_dir=folder, profile="medium", seed=7, now=NOW)


@pytest.fixture(scope="module")
def settings(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse that has read all of it."""
    folder = tmp_path_factory.mktemp("warehouse")
    with running(world) as endpoint:
        plain = pointed_at(settings_in(folder), endpoint)
        chosen = plain.model_copy(
            update={
                "sync": plain.sync.model_copy(update=EVERY_PARENT),
                "sandbox": plain.sandbox.model_copy(
                    update={"children_since_days": 10_000}
                ),
            }
        )
        _staged_load(chosen)
    return chosen


def _staged_load(settings: Settings) -> None:
    """The newest part first, then the rest, as ``cwp run`` reads a large tenant."""
    with opened(settings, progress=SilentProgress(), ledger=Ledger()) as session:
        entities = list(ENTITIES.values())
        extract(session.sync, entities)
        assert open_entities(session.sync), "the world is read in one stage"
        extract(session.sync, entities, history=True)
        assert not open_entities(session.sync)


@pytest.fixture(scope="module")
def store(world: Path) -> Iterator[Store]:
    with Store(world) as one:
        yield one


def rows_in_order(settings: Settings, entity: Entity) -> Iterator[Row]:
    columns = [field.name for field in fields_of(entity.model)]
    quoted = ", ".join(f'"{name}"' for name in columns)
    with connect(settings.warehouse.build_file) as connection:
        found = connection.execute(
            f"select {quoted} from connectwise_raw.{entity.name} order by id"
        )
        while batch := found.fetchmany(BATCH):
            yield from (dict(zip(columns, row, strict=True)) for row in batch)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_every_row_and_field_equals_the_stores(
    entity: Entity, settings: Settings, store: Store
) -> None:
    compared = 0
    ours = rows_in_order(settings, entity)
    for record, row in zip(store.records(entity.path), ours, strict=True):
        assert row == expected_row(record, entity)
        compared += 1
    assert compared == store.count(entity.path)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_every_list_has_as_many_rows_as_the_stores_lists(
    entity: Entity, settings: Settings, store: Store
) -> None:
    lists = child_lists_of(entity.model)
    expected = {child.name: 0 for child in lists}
    for record in store.records(entity.path):
        for child in lists:
            expected[child.name] += len(_at(record, child.path) or ())
    with connect(settings.warehouse.build_file) as connection:
        found = {
            child.name: connection.execute(
                f"select count(*) from connectwise_raw.{entity.name}__{child.name}"
            ).fetchall()[0][0]
            for child in lists
        }
    assert found == expected


def _at(record: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return record
