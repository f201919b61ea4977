"""What dbt compiled in its last run, in the order in which it ended each model."""

import json
from typing import Any

from pipelines.settings import Settings
from pipelines.transform.project import manifest_path

FILE = "compiled.json"
_LONGEST = 12


def keep_compiled(settings: Settings) -> None:
    """Write the statements beside the build file."""
    nodes = json.loads(manifest_path(settings).read_bytes())["nodes"]
    run = sorted(
        (one for one in _results(settings) if one["unique_id"] in nodes), key=_ended
    )
    statements = [_statement(nodes[one["unique_id"]]) for one in run]
    settings.warehouse.build_dir.joinpath(FILE).write_text(json.dumps(statements))


def seconds_by_model(settings: Settings) -> dict[str, float]:
    """How long each snapshot and model took, in wall seconds."""
    return {
        one["unique_id"].split(".")[-1]: one["execution_time"]
        for one in _results(settings)
    }


def slowest_of(seconds: dict[str, float]) -> list[tuple[str, float]]:
    """The models that took longest."""
    longest = sorted(seconds.items(), key=lambda item: -item[1])[:_LONGEST]
    return [(name, round(took, 1)) for name, took in longest]


def followed(
    settings: Settings, full: dict[str, float], increment: dict[str, float]
) -> list[tuple[str, float, float]]:
    """Seconds of a whole build and of an increment, of what is made by key."""
    nodes = json.loads(manifest_path(settings).read_bytes())["nodes"].values()
    names = [node["name"] for node in nodes if _is_by_key(node)]
    told = [(name, round(full[name], 1), round(increment[name], 1)) for name in names]
    return sorted(told, key=lambda one: -one[1])


def _is_by_key(node: dict[str, Any]) -> bool:
    by_key = node["config"]["materialized"] == "incremental"
    made_whole = node["name"].endswith("_fingerprints")
    return (by_key and node["schema"] != "history") or made_whole


def _results(settings: Settings) -> list[dict[str, Any]]:
    file = manifest_path(settings).with_name("run_results.json")
    results: list[dict[str, Any]] = json.loads(file.read_bytes())["results"]
    return results


def _statement(node: dict[str, Any]) -> dict[str, str]:
    return {
        "relation": node["relation_name"],
        "kind": node["config"]["materialized"],
        "sql": node["compiled_code"],
    }


def _ended(result: dict[str, Any]) -> str:
    return max((step["completed_at"] or "" for step in result["timing"]), default="")
