"""Raw tables held against the sandbox's own store, row by row and field by field."""

from collections import defaultdict
from collections.abc import Collection

from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.warehouses import (
    Row,
    expected_children,
    expected_rows,
    incremental_entities,
    raw_children,
    raw_rows,
)


def differing(settings: Settings, store: Store) -> list[str]:
    """Entities whose raw tables are not what the store holds.

    Rows that are proven to be deleted stay in raw and do not count.
    """
    # Held open: whoever opens the file looks at each of its tables.
    with connect(settings.warehouse.build_file):
        gone = _gone(settings)
        return [
            entity.name
            for entity in incremental_entities()
            if _without(raw_rows(settings, entity), gone[entity.name])
            != expected_rows(store, entity)
            or _sorted(raw_children(settings, entity), gone[entity.name])
            != _sorted(expected_children(store, entity), frozenset())
        ]


def missing_rows(settings: Settings, store: Store) -> int:
    """Rows of the store that the raw tables lack."""
    with connect(settings.warehouse.build_file):
        return sum(
            len(expected_rows(store, entity).keys() - raw_rows(settings, entity).keys())
            for entity in incremental_entities()
        )


def _gone(settings: Settings) -> dict[str, set[int]]:
    """Ids by entity that stand in ``_deletions``."""
    sql = "select entity, id from connectwise_raw._deletions where restored_at is null"
    gone: dict[str, set[int]] = defaultdict(set)
    with connect(settings.warehouse.build_file) as connection:
        for entity, key in connection.execute(sql).fetchall():
            gone[entity].add(key)
    return gone


def _without(rows: dict[int, Row], gone: Collection[int]) -> dict[int, Row]:
    return {key: row for key, row in rows.items() if key not in gone}


def _sorted(
    children: dict[str, list[Row]], gone: Collection[int]
) -> dict[str, list[Row]]:
    return {
        name: sorted(
            (row for row in rows if row["_parent_id"] not in gone),
            key=lambda row: (row["_parent_id"], row["_position"]),
        )
        for name, rows in children.items()
    }
