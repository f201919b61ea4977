"""Fixtures of tests that run several rooms together."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.sandbox.store import Store
from tests.support.small_run import Ask, SmallRun, asking, small_run
from tests.support.warehouses import loaded_warehouse
from tests.support.worlds import copy_of, tiny_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world's file; read only."""
    return tiny_world(tmp_path_factory)


@pytest.fixture
def store(world: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the tiny world that a test may change."""
    with copy_of(world, tmp_path / "tenant") as one:
        yield one


@pytest.fixture
def loaded(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one's own that has read the tiny world once."""
    first = loaded_warehouse(tmp_path_factory)
    return Path(shutil.copytree(first, tmp_path / "warehouse"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallRun:
    """Two whole runs on the small world; read only."""
    return small_run(tmp_path_factory)


@pytest.fixture(scope="session")
def small_manifest(small: SmallRun) -> Mapping[str, Any]:
    """What the small world says of itself."""
    with Store(small.world) as store:
        return store.manifest()


@pytest.fixture(scope="session")
def stories(small_manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who, when and how much of each planted story, by its number."""
    told: Mapping[str, Any] = small_manifest["stories"]
    return told


@pytest.fixture(scope="session")
def ask(small: SmallRun) -> Iterator[Ask]:
    """Questions to the small run's published copy."""
    with asking(small.settings) as ask:
        yield ask
