"""The dbt source list follows the registry."""

import yaml

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.meta import TABLES
from pipelines.settings import load_settings
from pipelines.transform.sources import (
    CHILD_TABLES,
    META_TABLES,
    render_sources,
    sources_are_current,
)
from tests.support.marts import raw_tables


def test_the_rendered_file_is_current() -> None:
    assert sources_are_current(load_settings(env_file=None)), (
        "run: python -m pipelines.transform.sources"
    )


def test_every_entity_is_a_source_with_its_asset_key() -> None:
    raw, meta = yaml.safe_load(render_sources())["sources"]
    names = [table["name"] for table in raw["tables"]]
    assert names == [*ENTITIES, *CHILD_TABLES, "_deletions"]
    for table in raw["tables"]:
        assert asset_key(table) == ["connectwise_raw", table["name"]]
    assert {tuple(asset_key(table)) for table in meta["tables"]} == {("meta", "as_of")}
    assert set(META_TABLES) < set(TABLES)


def asset_key(table) -> list[str]:
    return table["config"]["meta"]["dagster"]["asset_key"]


def test_child_tables_are_ones_that_loading_makes() -> None:
    assert set(CHILD_TABLES) <= set(raw_tables())
