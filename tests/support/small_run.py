"""Two real runs on the small world, made once for all workers of a test run.

The first fills an empty warehouse, the second finds nothing new; both are what
``cwp run`` does on a machine without a tenant, in folders that end with the test run.
What they said and left is kept beside the warehouse. Only to be read.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipelines.observability import telemetry
from pipelines.observability.progress import SilentProgress
from pipelines.observability.summary import RunSummary
from pipelines.orchestration.run import run_once
from pipelines.sandbox.generate import cached_world
from pipelines.settings import DagsterSettings, Settings, WarehouseSettings
from pipelines.warehouse.connection import connect
from tests.support.shared_folder import shared_folder

Row = dict[str, Any]
# Asks the published copy; values are bound to ``$name``.
Ask = Callable[..., list[Row]]
# Of every table: how many rows, and a hash of all their columns.
Prints = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """What lies on disk between two runs.

    Attributes:
        tables: every table of the build file.
        published: name, inode and time of every published file and link.
    """

    tables: Prints
    published: frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class SmallRun:
    """Both runs, and where their files are."""

    folder: Path
    first: RunSummary
    second: RunSummary
    after_first: State
    after_second: State

    @property
    def settings(self) -> Settings:
        """What the runs were given: a machine without a tenant."""
        return settings_in(self.folder)

    @property
    def world(self) -> Path:
        """The sandbox's world that was read."""
        sandbox = self.settings.sandbox
        return cached_world(
            cache_dir=sandbox.cache_dir,
            profile=sandbox.profile,
            seed=sandbox.seed,
            now=sandbox.now,
        )


def small_run(factory: pytest.TempPathFactory) -> SmallRun:
    """The runs, made by whoever asks first."""
    folder = shared_folder(factory) / "small"
    kept = folder / "runs.pickle"
    with FileLock(f"{folder}.lock"):
        if not kept.exists():
            folder.mkdir(exist_ok=True)
            done = _run_twice(folder)
            kept.write_bytes(pickle.dumps(done))
    made: SmallRun = pickle.loads(kept.read_bytes())
    return made


@contextmanager
def asking(settings: Settings) -> Iterator[Ask]:
    """Questions to the published copy; a row comes as a dict by column name."""
    with connect(settings.warehouse.published_file) as connection:

        def ask(sql: str, **values: object) -> list[Row]:
            result = connection.execute(sql, values or None)
            names = [name for name, *_ in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield ask


def day(text: str) -> date:
    """The day of a moment as the world's manifest writes it."""
    return datetime.fromisoformat(text).date()


def settings_in(folder: Path) -> Settings:
    """The defaults, but for every folder that a run writes to."""
    plain = Settings(_env_file=None)
    return plain.model_copy(
        update={
            "warehouse": WarehouseSettings(dir=folder / "warehouse"),
            "dagster": DagsterSettings(home=folder / "dagster_home"),
            "sandbox": plain.sandbox.model_copy(
                update={"cache_dir": folder / "worlds"}
            ),
        }
    )


def _run_twice(folder: Path) -> SmallRun:
    telemetry.disable()
    settings = settings_in(folder)
    first = run_once(settings, progress=SilentProgress())
    after_first = _state(settings)
    second = run_once(settings, progress=SilentProgress())
    return SmallRun(folder, first, second, after_first, _state(settings))


def _state(settings: Settings) -> State:
    files = sorted(settings.warehouse.published_dir.rglob("*"))
    stats = ((str(file), file.lstat()) for file in files if not file.is_dir())
    return State(
        tables=_prints(settings.warehouse.build_file),
        published=frozenset((name, s.st_ino, s.st_mtime_ns) for name, s in stats),
    )


def _prints(build_file: Path) -> Prints:
    names = """
        select table_schema || '.' || table_name from information_schema.tables
        where table_type = 'BASE TABLE'
    """
    with connect(build_file) as connection:
        tables = [name for (name,) in connection.execute(names).fetchall()]
        return {
            table: connection.execute(
                f"select count(*), sum(hash(t)) from {table} as t"
            ).fetchall()[0]
            for table in sorted(tables)
        }
