"""The tiny world, generated once for all workers of a test run."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.store import Store
from tests.support.shared_folder import shared_folder

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


def tiny_world(factory: pytest.TempPathFactory) -> Path:
    """The tiny world's file, shared by all workers; never to be written to."""
    shared = shared_folder(factory)
    with FileLock(shared / "world.lock"):
        return cached_world(
            cache_dir=shared / "worlds", profile="tiny", seed=7, now=NOW
        )


def copy_of(world: Path, folder: Path) -> Store:
    """A store of one's own, to change."""
    folder.mkdir(parents=True, exist_ok=True)
    return Store(Path(shutil.copy(world, folder / "world.sqlite")))
