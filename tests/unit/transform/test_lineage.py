"""Nothing is made that nobody reads: the lineage graph has no dead ends.

Read means by another model, a metric, an exposure, an example question in
``warehouse/sql`` or the code of reports. A test is no reader.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.settings import PROJECT_DIR
from pipelines.transform.project import manifest_path
from tests.support.parsed_dbt import parsed_project

MADE = {"model", "seed", "snapshot", "source"}
READERS = ("model.", "snapshot.", "exposure.", "semantic_model.")

Manifest = Mapping[str, Any]


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    parsed: Manifest = json.loads(manifest_path(parsed_project()).read_bytes())
    return parsed


def made(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Unique id and name of everything that is made or loaded."""
    for part in ("nodes", "sources"):
        for key, node in manifest[part].items():
            if node["resource_type"] in MADE:
                yield key, f"{node['schema']}.{node['name']}"


def dead_ends(manifest: Manifest, asked: str) -> list[str]:
    """Names of what has no reader in the graph, nor in the text of questions."""
    children = manifest["child_map"]
    return sorted(
        name
        for key, name in made(manifest)
        if not any(child.startswith(READERS) for child in children[key])
        and not re.search(rf"\b{re.escape(name)}\b", asked)
    )


def questions() -> str:
    folders = ((PROJECT_DIR / "warehouse" / "sql", "*.sql"),
               (PROJECT_DIR / "pipelines" / "reports", "*.py"))  # fmt: skip
    files: list[Path] = [
        path for folder, pattern in folders for path in sorted(folder.rglob(pattern))
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_everything_that_is_made_is_read(manifest: Manifest) -> None:
    assert len(list(made(manifest))) > 300
    assert dead_ends(manifest, questions()) == []


def test_a_table_that_only_a_test_reads_is_a_dead_end() -> None:
    manifest = {
        "nodes": {
            f"model.x.{name}": {
                "resource_type": "model", "schema": "marts", "name": name
            }
            for name in ("fct_read", "fct_asked", "fct_tested", "rpt_shown")
        },
        "sources": {},
        "child_map": {
            "model.x.fct_read": ["semantic_model.x.read"],
            "model.x.fct_asked": [],
            "model.x.fct_tested": ["test.x.key", "unit_test.x.adds_up"],
            "model.x.rpt_shown": ["exposure.x.board"],
        },
    }  # fmt: skip
    assert dead_ends(manifest, "from marts.fct_asked") == ["marts.fct_tested"]
