"""Fixtures of tests that run several rooms together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.sandbox.store import Store
from tests.support.small_run import SmallRun, small_run
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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallRun:
    """Two whole runs on the small world; read only."""
    return small_run(tmp_path_factory)
