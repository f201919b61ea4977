"""The data dictionary: every published table and column, from dbt's manifest."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.cli.reference.markdown import code, table
from pipelines.settings import Settings

INTRO = """\
# Data dictionary

The tables of the published copy that people read, `marts` and `reports`. Timestamps
(`_at`) are UTC, days (`_date`) are days of the reporting zone. The first sentence says
what one row is.
"""
SCHEMAS = ("marts", "reports")


def render(settings: Settings) -> str:
    """The page's Markdown; parses the dbt project where no fresh manifest is there.

    Raises:
        TransformError: the project cannot be parsed.
    """
    from pipelines.transform.project import ensure_manifest

    path = ensure_manifest(settings)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join([INTRO, *_tables(manifest)])


def _tables(manifest: Mapping[str, Any]) -> Iterator[str]:
    models = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in SCHEMAS
    ]
    for node in sorted(models, key=lambda node: (node["schema"], node["name"])):
        yield f"## `{node['schema']}.{node['name']}`\n"
        yield f"{' '.join(node['description'].split())}\n"
        rows = (_cells(column) for column in node["columns"].values())
        yield table(("column", "type", "meaning"), rows)


def _cells(column: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = (column.get("data_type") or "").upper()
    return code(column["name"]), kind, column.get("description") or ""
