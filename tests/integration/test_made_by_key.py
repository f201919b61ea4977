"""A build that follows changes gives, row for row, what a build of everything gives.

Twenty random loads, one after another: rows, deletions, set-up and the clock change.
What dbt executes to follow them is compared with its SQL for a whole build.
"""

from pathlib import Path
from random import Random

import pytest

from pipelines.settings import PROJECT_DIR, Settings
from pipelines.transform.project import build_arguments, manifest_path
from pipelines.warehouse.connection import Connection, connect
from tests.support.change_sets import ChangeSet
from tests.support.compiled_models import CompiledModels
from tests.support.marts import AS_OF, ZONE, RawWarehouse
from tests.support.parsed_dbt import run_parsed_dbt
from tests.support.replayed_dbt import recorded_build, replay
from tests.support.warehouses import settings_in

LOADS = 20
BY_KEY = (
    "int_service__tickets_united",
    "fct_time_entry",
    "int_service__ticket_states",
    "int_service__ticket_clock",
    "fct_ticket_status_history",
    "fct_ticket",
    "fct_ticket_daily",
)
ROWS_ONLY = ("--exclude-resource-type", "test", "unit_test")


@pytest.fixture
def settings(loaded: Path) -> Settings:
    """The tiny world in raw tables, and the clock."""
    warehouse = RawWarehouse(settings_in(loaded))
    warehouse.set_clock(as_of=AS_OF, zone=ZONE)
    return warehouse.settings


def test_what_follows_changes_equals_what_is_made_whole(settings: Settings) -> None:
    above = " ".join(f"+{name}" for name in BY_KEY)
    run_parsed_dbt(settings, [*build_arguments(select=above), *ROWS_ONLY])
    whole = CompiledModels(manifest_path(settings))
    assert _made_by_key() == set(BY_KEY)
    random = Random(20)
    statements: list[str] = []
    for number in range(LOADS):
        with connect(settings.warehouse.build_file, read_only=False) as connection:
            done = ChangeSet(connection, random).apply()
        if statements:
            replay(settings, statements)
        else:
            statements = recorded_build(settings, _again(above))
        with connect(settings.warehouse.build_file, read_only=False) as connection:
            told = f"load {number}: {', '.join(done)}"
            assert _differing(connection, whole) == {}, told


def _again(select: str) -> list[str]:
    return [
        "build",
        "--select",
        select,
        *ROWS_ONLY,
        "seed",
        "--exclude",
        "config.materialized:view",
    ]


def _made_by_key() -> set[str]:
    models = PROJECT_DIR / "dbt_project" / "models"
    return {
        one.stem for one in models.rglob("*.sql") if "made_by_key(" in one.read_text()
    }


def _differing(connection: Connection, whole: CompiledModels) -> dict[str, list[tuple]]:
    """Rows that a whole build has and a table has not, or the other way round."""
    relations = {one.name: one.relation for one in whole.by_id.values()}
    for name in BY_KEY:
        connection.execute(
            f"create temp table {name}_followed as from {relations[name]}"
        )
    connection.execute("begin")
    for key in whole.in_order(BY_KEY):
        model = whole.by_id.get(key)
        # History is not made again by a whole build either.
        if model and model.is_table and '"history"' not in model.relation:
            model.rebuild(connection)
    apart = {name: _apart(connection, name, relations[name]) for name in BY_KEY}
    connection.execute("rollback")
    return {name: rows for name, rows in apart.items() if rows}


def _apart(connection: Connection, name: str, relation: str) -> list[tuple]:
    followed, made = f"{name}_followed", relation
    return connection.execute(
        f"select 'followed', * from (from {followed} except all from {made}) "
        f"union all select 'whole', * from (from {made} except all from {followed})"
    ).fetchall()[:4]
