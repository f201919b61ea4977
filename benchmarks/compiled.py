"""What dbt compiled in its last run, in the order in which it ended each model."""

import json
from typing import Any

from pipelines.settings import Settings
from pipelines.transform.project import manifest_path

FILE = "compiled.json"
_LONGEST = 12


def keep_compiled(settings: Settings) -> list[tuple[str, float]]:
    """Write the statements beside the build file; the models that took longest."""
    manifest = manifest_path(settings)
    nodes = json.loads(manifest.read_bytes())["nodes"]
    done = json.loads(manifest.with_name("run_results.json").read_bytes())["results"]
    run = sorted((one for one in done if one["unique_id"] in nodes), key=_ended)
    statements = [_statement(nodes[one["unique_id"]]) for one in run]
    settings.warehouse.build_dir.joinpath(FILE).write_text(json.dumps(statements))
    times = {one["unique_id"].split(".")[-1]: one["execution_time"] for one in run}
    longest = sorted(times.items(), key=lambda item: -item[1])[:_LONGEST]
    return [(name, round(seconds, 1)) for name, seconds in longest]


def _statement(node: dict[str, Any]) -> dict[str, str]:
    return {
        "relation": node["relation_name"],
        "kind": node["config"]["materialized"],
        "sql": node["compiled_code"],
    }


def _ended(result: dict[str, Any]) -> str:
    return max((step["completed_at"] or "" for step in result["timing"]), default="")
