"""A tenant without a single row builds green, and dbt's own unit tests pass on it."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_DIR, Settings
from pipelines.transform.project import manifest_path, unit_test_arguments
from pipelines.transform.results import read_outcomes
from tests.support.mart_world import empty_warehouse
from tests.support.marts import RawWarehouse, settings_in
from tests.support.parsed_dbt import run_parsed_dbt

MOST_DATA_TESTS = 400
MODELS = PROJECT_DIR / "dbt_project" / "models"


def models_in(*layers: str) -> set[str]:
    return {path.stem for layer in layers for path in (MODELS / layer).rglob("*.sql")}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    return empty_warehouse(tmp_path_factory)


def test_every_mart_is_there_without_rows(empty: RawWarehouse) -> None:
    tables = empty.query(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables "
        "WHERE table_schema IN ('marts', 'reports')"
    )
    assert {name.split(".")[1] for (name,) in tables} == models_in("marts", "reports")
    counts = {name: empty.query(f"SELECT count(*) FROM {name}") for (name,) in tables}
    assert counts.pop("marts.dim_date") == [(733,)]
    assert counts.pop("marts.dim_calendar_day") != [
        (0,)
    ]  # A calendar that never shuts.
    # Rules are there, with nothing to look at.
    rules = PROJECT_DIR / "dbt_project" / "seeds" / "readiness_rule.csv"
    judged = len(rules.read_text("utf-8").splitlines()) - 1
    assert counts.pop("marts.fct_data_quality") == [(judged,)]
    assert set(map(tuple, counts.values())) == {((0,),)}


def test_schemas_are_called_as_the_layers(empty: RawWarehouse) -> None:
    schemas = {
        name
        for (name,) in empty.query(
            "SELECT DISTINCT table_schema FROM information_schema.tables"
        )
    }
    assert schemas == {
        "connectwise_raw", "history", "intermediate", "marts", "meta", "reports",
        "staging",
    }  # fmt: skip


def test_keys_and_conservation_block_and_all_else_warns(empty: RawWarehouse) -> None:
    outcomes = read_outcomes(empty.settings)
    assert {outcome.status for outcome in outcomes} == {"passed"}
    blocking = {one.name for one in outcomes if one.severity == "error"}
    assert all(
        name.startswith(("key_", "same_row_count_", "every_", "versions_tile_"))
        for name in blocking
    )
    keyed = {name for name in blocking if name.startswith("key_")}
    unkeyed = {
        name
        for name in models_in("staging", "history", "marts", "reports")
        if not any(test.startswith(f"key_{name}_") for test in keyed)
    }
    assert unkeyed == set()


def test_a_build_does_not_pay_for_more_tests_than_it_may(empty: RawWarehouse) -> None:
    assert len(read_outcomes(empty.settings)) <= MOST_DATA_TESTS


def test_every_description_begins_with_the_grain(empty: RawWarehouse) -> None:
    nodes = json.loads(manifest_path(empty.settings).read_bytes())["nodes"]
    models = [node for node in nodes.values() if node["resource_type"] == "model"]
    assert len(models) > 140
    silent = [
        node["name"] for node in models if not node["description"].startswith("One row")
    ]
    assert silent == []


def test_every_published_column_is_described(empty: RawWarehouse) -> None:
    nodes = json.loads(manifest_path(empty.settings).read_bytes())["nodes"]
    silent = [
        f"{node['name']}.{name}"
        for node in nodes.values()
        if node["resource_type"] == "model" and node["schema"] in {"marts", "reports"}
        for name, column in node["columns"].items()
        if not (column["description"] and column["data_type"])
    ]
    assert silent == []


def test_every_amount_stands_beside_a_currency(empty: RawWarehouse) -> None:
    nodes = json.loads(manifest_path(empty.settings).read_bytes())["nodes"]
    silent = [
        node["name"]
        for node in nodes.values()
        if node["resource_type"] == "model" and node["schema"] in {"marts", "reports"}
        if any(name.endswith("_amount") for name in node["columns"])
        and not {"currency_code", "home_currency_code"} & node["columns"].keys()
    ]
    assert silent == []


def test_unit_tests_of_the_derived_columns_pass(
    empty: RawWarehouse, tmp_path: Path
) -> None:
    # In a copy: dbt would overwrite the results that the other tests read.
    settings = settings_in(tmp_path)
    shutil.copytree(empty.settings.warehouse.build_dir, settings.warehouse.build_dir)
    run_parsed_dbt(settings, unit_test_arguments())
    assert len(unit_tests_passed(settings)) >= 34


def unit_tests_passed(settings: Settings) -> list[str]:
    path = manifest_path(settings).with_name("run_results.json")
    results = json.loads(path.read_bytes())["results"]
    return [one["unique_id"] for one in results if one["status"] == "pass"]
