"""Asset keys, groups and step names, so that every step says the same.

An asset key is ``[schema, table]``; its group is its layer.
"""

from collections.abc import Iterable

import dagster as dg

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.deletes import TABLE as DELETIONS
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.shapes import shape_of

AS_OF = dg.AssetKey(["meta", "as_of"])
PUBLISHED = dg.AssetKey(["published", "current"])
DELETIONS_KEY = dg.AssetKey([RAW_SCHEMA, DELETIONS])


def raw_key(table: str) -> dg.AssetKey:
    """The key of a raw table."""
    return dg.AssetKey([RAW_SCHEMA, table])


def endpoint_key(entity: Entity) -> dg.AssetKey:
    """The key of the API endpoint that an entity is read from."""
    parts = [part for part in entity.path.split("/") if part and "{" not in part]
    return dg.AssetKey(["connectwise", *parts])


def raw_tables(entity: Entity) -> tuple[str, ...]:
    """The entity's table and its child tables."""
    return tuple(shape_of(entity).tables)


def all_raw_keys(entities: Iterable[Entity] | None = None) -> list[dg.AssetKey]:
    """Keys of all raw tables, or of those of ``entities``."""
    chosen = ENTITIES.values() if entities is None else entities
    return [raw_key(table) for entity in chosen for table in raw_tables(entity)]
