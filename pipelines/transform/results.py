"""What dbt's data tests said in the last build, as plain check outcomes.

Read from ``run_results.json`` and ``manifest.json``; models and seeds are not checks
and are left out, and so is a test that never ran because something before it failed.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pipelines.errors import TransformError
from pipelines.observability.outcomes import CheckOutcome
from pipelines.settings import Settings
from pipelines.transform.project import manifest_path

Json = Mapping[str, Any]
Status = Literal["passed", "warned", "failed", "error"]

_STATUSES: Mapping[str, Status] = {
    "pass": "passed",
    "warn": "warned",
    "fail": "failed",
    "error": "error",
    "runtime error": "error",
}


_ONLY_A_COUNT = re.compile(r"Got \d+ results?, configured to (fail|warn) if .*")


def read_outcomes(settings: Settings) -> list[CheckOutcome]:
    """One outcome per data test that ran, ordered by asset and name.

    Raises:
        TransformError: dbt has written no readable results.
    """
    manifest = manifest_path(settings)
    nodes = _read(manifest)["nodes"]
    results = _read(manifest.with_name("run_results.json"))["results"]
    outcomes = [
        _outcome(nodes, nodes[result["unique_id"]], result)
        for result in results
        if result["unique_id"].startswith("test.") and result["status"] in _STATUSES
    ]
    return sorted(outcomes, key=lambda one: (one.asset, one.name))


def _outcome(nodes: Json, test: Json, result: Json) -> CheckOutcome:
    blocking = str(test["config"]["severity"]).lower() == "error"
    return CheckOutcome(
        asset=_asset(nodes, test),
        name=test["name"],
        status=_STATUSES[result["status"]],
        severity="error" if blocking else "warn",
        failed_rows=result["failures"] or 0,
        message=_told(result["message"] or ""),
    )


def _told(message: str) -> str:
    """The message, unless it only repeats the count of rows."""
    return "" if _ONLY_A_COUNT.fullmatch(message) else message


def _asset(nodes: Json, test: Json) -> str:
    """``schema.table`` of what is tested; of the first model it reads otherwise."""
    tested = test.get("attached_node") or next(
        (name for name in test["depends_on"]["nodes"] if name in nodes), None
    )
    if tested is None:
        return "dbt"
    node = nodes[tested]
    return f"{node['schema']}.{node['name']}"


def _read(path: Path) -> Json:
    try:
        document: Json = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise TransformError(
            f"dbt left no readable {path.name} in {path.parent}; run it again."
        ) from error
    return document
