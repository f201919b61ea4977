"""The medium world from empty: every entity's rows and child rows equal the store's.

``make test-medium``; at most 60 minutes. The sandbox runs in a process of its own, as
in ``cwp run``, and the notes and tasks of all tickets are read. Then the marts: every
blocking check passes, and the questions in ``warehouse/sql`` are answered at once.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import child_lists_of, fields_of
from pipelines.observability.progress import SilentProgress
from pipelines.observability.summary import RunSummary
from pipelines.orchestration.run import run_once
from pipelines.orchestration.tenant import pointed_at
from pipelines.quality.runner import run_suites
from pipelines.quality.specs import suites
from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.process import running
from pipelines.sandbox.store import Store
from pipelines.settings import DagsterSettings, Settings
from pipelines.transform.descent import mart_columns
from pipelines.warehouse.connection import connect
from tests.support.warehouses import Row, expected_row, settings_in
from tests.support.worlds import NOW

pytestmark = [pytest.mark.medium, pytest.mark.timeout(3600)]
BATCH = 5_000
QUESTIONS = sorted((Path(__file__).parents[2] / "warehouse" / "sql").glob("*.sql"))
ANY_AGE = {"children_since_days": 10_000}
EVERY_PARENT = ANY_AGE | {"child_call_budget": 10_000_000}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds")
    return cached_world(cache_dir=folder, profile="medium", seed=7, now=NOW)


@dataclass(frozen=True, slots=True)
class MediumRun:
    """Where a whole run left what it read, and what it says of it."""

    settings: Settings
    newest: RunSummary
    whole: RunSummary


@pytest.fixture(scope="module")
def run(world: Path, tmp_path_factory: pytest.TempPathFactory) -> MediumRun:
    """What ``cwp run`` makes of it: the newest part, then the rest, both published."""
    folder = tmp_path_factory.mktemp("warehouse")
    staged: list[RunSummary] = []
    with running(world) as endpoint:
        plain = pointed_at(settings_in(folder), endpoint)
        settings = plain.model_copy(
            update={
                "sync": plain.sync.model_copy(update=EVERY_PARENT),
                "sandbox": plain.sandbox.model_copy(update=ANY_AGE),
                "dagster": DagsterSettings(home=folder / "dagster_home"),
            }
        )
        progress = SilentProgress()
        whole = run_once(settings, progress=progress, staged=staged.append)
    (newest,) = staged
    return MediumRun(settings, newest, whole)


@pytest.fixture(scope="module")
def settings(run: MediumRun) -> Settings:
    """Of the warehouse that has read all of it."""
    return run.settings


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


def test_every_blocking_check_of_both_stages_passes(run: MediumRun) -> None:
    assert run.newest.outcomes_failed == ()
    assert run.whole.outcomes_failed == ()
    assert {table.name for table in run.whole.marts} >= {
        "marts.fct_ticket",
        "marts.fct_time_entry",
        "marts.fct_agreement_month",
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda file: file.stem)
def test_a_question_of_the_warehouse_is_answered_in_200_ms(
    question: Path, settings: Settings
) -> None:
    sql = question.read_text("utf-8")
    with connect(settings.warehouse.published_file) as connection:
        assert connection.execute(sql).fetchall()
        taken = []
        for _ in range(3):
            begun = time.perf_counter()
            connection.execute(sql).fetchall()
            taken.append(time.perf_counter() - begun)
    assert statistics.median(taken) < 0.2


def test_great_expectations_take_a_minute_of_cpu_at_most(settings: Settings) -> None:
    asked = suites(mart_columns(settings))
    begun = time.process_time()
    outcomes = run_suites(settings, asked)
    assert time.process_time() - begun <= 60
    assert {one.status for one in outcomes} <= {"passed", "warned"}


def _at(record: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return record
