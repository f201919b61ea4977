"""dbt's own result files become plain outcomes."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import TransformError
from pipelines.observability.outcomes import CheckOutcome
from pipelines.settings import Settings
from pipelines.transform.project import manifest_path
from pipelines.transform.results import read_outcomes
from tests.support.marts import settings_in

MODEL = "model.connectwise.fct_ticket"


def check_node(name: str, severity: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "config": {"severity": severity},
        "depends_on": {"nodes": ["macro.x", MODEL]},
    } | more


def written(folder: Path, results: list[dict[str, Any]]) -> Settings:
    settings = settings_in(folder)
    manifest = manifest_path(settings)
    manifest.parent.mkdir(parents=True)
    nodes = {
        MODEL: {"name": "fct_ticket", "schema": "marts"},
        "test.a": check_node("key", "ERROR", attached_node=MODEL),
        "test.b": check_node("balance", "warn"),
    }
    manifest.write_text(json.dumps({"nodes": nodes}))
    document = json.dumps({"results": results})
    manifest.with_name("run_results.json").write_text(document)
    return settings


def result(name: str, status: str, failures: int | None) -> dict[str, Any]:
    return {
        "unique_id": name,
        "status": status,
        "failures": failures,
        "message": None if status == "pass" else "told",
    }


def test_statuses_and_severities_are_told_apart(tmp_path: Path) -> None:
    settings = written(
        tmp_path, [result("test.a", "fail", 2), result("test.b", "warn", 3)]
    )
    assert read_outcomes(settings) == [
        CheckOutcome("marts.fct_ticket", "balance", "warned", "warn", 3, "told"),
        CheckOutcome("marts.fct_ticket", "key", "failed", "error", 2, "told"),
    ]


def test_a_message_that_only_repeats_the_count_is_dropped(tmp_path: Path) -> None:
    counted = "Got 3 results, configured to warn if != 0"
    settings = written(tmp_path, [{**result("test.b", "warn", 3), "message": counted}])
    (outcome,) = read_outcomes(settings)
    assert (outcome.failed_rows, outcome.message) == (3, "")


def test_models_and_tests_that_never_ran_are_no_outcomes(tmp_path: Path) -> None:
    settings = written(
        tmp_path, [result(MODEL, "success", None), result("test.a", "skipped", None)]
    )
    assert read_outcomes(settings) == []


def test_a_test_that_could_not_run_blocks(tmp_path: Path) -> None:
    settings = written(tmp_path, [result("test.a", "error", None)])
    (outcome,) = read_outcomes(settings)
    assert (outcome.status, outcome.failed_rows, outcome.blocks) == ("error", 0, True)


def test_missing_results_are_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(TransformError, match=r"no readable manifest\.json"):
        read_outcomes(settings_in(tmp_path))
