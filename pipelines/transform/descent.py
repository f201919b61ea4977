"""Which models stand on a raw table, and which columns marts have, by dbt's manifest.

Reads what the last parse has left; nothing here starts dbt.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.errors import TransformError
from pipelines.settings import Settings

_STAGING = "stg_"
_MARTS = "marts"


@dataclass(frozen=True, slots=True)
class Model:
    """A table or view that dbt makes."""

    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Descent:
    """What stands on one raw table.

    Attributes:
        staging: the staging model of the table itself, if there is one.
        models: every model behind it, near ones first.
    """

    staging: Model | None
    models: tuple[Model, ...]


def descent_of(settings: Settings, schema: str, table: str) -> Descent:
    """What stands on ``schema.table``.

    Raises:
        TransformError: no run has built the marts yet.
    """
    manifest = _manifest(settings)
    start = [
        key
        for key, source in manifest["sources"].items()
        if (source["schema"], source["name"]) == (schema, table)
    ]
    models = tuple(
        Model(str(node["schema"]), str(node.get("alias") or node["name"]))
        for key in _below(manifest["child_map"], start)
        if (node := manifest["nodes"].get(key, {})).get("resource_type") == "model"
    )
    staging = next((m for m in models if m.name.startswith(_STAGING)), None)
    return Descent(staging, models)


def mart_columns(settings: Settings) -> dict[str, tuple[tuple[str, str], ...]]:
    """Name and type of the columns of every fact, dimension and bridge.

    Raises:
        TransformError: dbt has not parsed the project yet.
    """
    return {
        f"{node['schema']}.{node['name']}": tuple(
            (str(column["name"]), str(column.get("data_type") or "").lower())
            for column in node["columns"].values()
        )
        for node in _manifest(settings)["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == _MARTS
    }


def _manifest(settings: Settings) -> Mapping[str, Any]:
    path = settings.warehouse.dbt_target_dir / "manifest.json"
    try:
        manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TransformError(f"There is no {path} yet; `cwp run` makes it.") from None
    return manifest


def _below(children: Mapping[str, list[str]], start: list[str]) -> list[str]:
    """Everything that descends from ``start``, level by level, each once."""
    seen: dict[str, None] = {}
    level = start
    while level:
        level = [one for key in level for one in children.get(key, ())]
        level = [one for one in dict.fromkeys(level) if one not in seen]
        seen |= dict.fromkeys(level)
    return list(seen)
