"""One record, from the API's answer to the marts: offline, from what is kept.

The raw row names its load; the load's index names the page that brought it; the mart
rows are those of the published copy that carry the record's id under the name that
staging gives it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.errors import IngestError
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.landing import KeptLoad, KeptPage, file_of, kept_loads
from pipelines.ingest.salvage import without_passwords
from pipelines.settings import Settings
from pipelines.transform.descent import Descent, Model, descent_of
from pipelines.warehouse.connection import Connection, connect
from pipelines.warehouse.queries import columns_of, quoted

ROWS_SHOWN = 3
_PUBLISHED = ("marts", "reports")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """The record as the API gave it, and where that answer lies."""

    record: Any
    load_id: str
    page: KeptPage
    file: Path


@dataclass(frozen=True, slots=True)
class MartRows:
    """Rows of one published table that came of the record; the first few of them."""

    table: str
    column: str
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of one record.

    Attributes:
        answered: None where no page is kept of it any more.
        raw: the raw row; None where only the landing knows the record.
        deletions: rows of ``_deletions`` about it.
    """

    entity: Entity
    record_id: int
    answered: Answered | None
    raw: Row | None
    deletions: tuple[Row, ...] = ()
    marts: tuple[MartRows, ...] = field(default=())


def trace(settings: Settings, thing: str, record_id: int) -> list[Trace]:
    """Follow a record; both lists are looked through where ``ticket`` may mean either.

    Raises:
        IngestError: there is no such entity, or nothing is known of the record.
    """
    found = [
        one
        for entity in entities_named(thing)
        if (one := _trace(settings, entity, record_id))
    ]
    if not found:
        raise IngestError(
            f"Nothing is known of {thing} {record_id}: no raw table and no kept page "
            "has it. `cwp run` reads what is new; the API member may not see it."
        )
    return found


def entities_named(thing: str) -> list[Entity]:
    """Entities that people mean by ``thing``, such as ``ticket``.

    Raises:
        IngestError: there is none.
    """
    name = thing.lower().replace("-", "_").replace(" ", "_")
    exact = [e for e in ENTITIES.values() if name in {e.name, singular(e.name)}]
    tails = [e for e in ENTITIES.values() if _ends(e, name)]
    if not (exact or tails):
        raise IngestError(
            f"There is no entity {thing!r}; write it like ticket, company or "
            "board_statuses (`cwp entities` lists all of them)."
        )
    return exact or tails


def _ends(entity: Entity, name: str) -> bool:
    return f"_{singular(entity.name)}".endswith(f"_{singular(name)}")


def singular(name: str) -> str:
    """One of ``name``: ``companies`` is ``company``, ``statuses`` is ``status``."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith("uses"):
        return name[:-2]
    return name.removesuffix("s") if not name.endswith(("us", "ss")) else name


def _trace(settings: Settings, entity: Entity, record_id: int) -> Trace | None:
    raw, deletions, key = _raw(settings, entity, record_id)
    answered = _answered(settings, entity, record_id, raw)
    if raw is None and answered is None:
        return None
    marts = tuple(_marts(settings, key, record_id)) if key else ()
    return Trace(entity, record_id, answered, raw, deletions, marts)


@dataclass(frozen=True, slots=True)
class _Key:
    """The name that staging gives the id, and the models behind it."""

    column: str
    models: tuple[Model, ...]


def _raw(
    settings: Settings, entity: Entity, record_id: int
) -> tuple[Row | None, tuple[Row, ...], _Key | None]:
    build_file = settings.warehouse.build_file
    if not build_file.exists():
        return None, (), None
    with connect(build_file) as connection:
        if not columns_of(connection, RAW_SCHEMA, entity.name):
            return None, (), None
        sql = f"from {RAW_SCHEMA}.{entity.name} where id = ?"
        rows = _rows(connection, sql, [record_id])
        sql = f"from {RAW_SCHEMA}._deletions where entity = ? and id = ?"
        deletions = _rows(connection, sql, [entity.name, record_id])
        key = _key(settings, connection, entity)
    return (rows[0] if rows else None), tuple(deletions), key


def _key(settings: Settings, connection: Connection, entity: Entity) -> _Key | None:
    descent: Descent = descent_of(settings, RAW_SCHEMA, entity.name)
    if descent.staging is None:
        return None
    staging = descent.staging
    columns = columns_of(connection, staging.schema, staging.name)
    return _Key(columns[0].name, descent.models) if columns else None


def _answered(
    settings: Settings, entity: Entity, record_id: int, raw: Row | None
) -> Answered | None:
    """The page of the row's own load; without a row the newest that has the record."""
    loads = list(reversed(kept_loads(settings.warehouse.landing_dir)))
    if raw is not None:
        loads = [one for one in loads if one.load_id == raw["_dlt_load_id"]]
    for load in loads:
        for page in load.pages():
            if page.entity == entity.name and _may_hold(page, raw):
                record = _record_in(load, page, record_id)
                if record is not None:
                    file = load.folder / file_of(entity.name)
                    return Answered(record, load.load_id, page, file)
    return None


def _may_hold(page: KeptPage, raw: Row | None) -> bool:
    parent = raw.get("_parent_id") if raw else None
    return parent is None or page.parent_id == parent


def _record_in(load: KeptLoad, page: KeptPage, record_id: int) -> Any:
    try:
        records = msgspec.json.decode(load.read(page).content)
    except OSError:
        return None
    those = records if isinstance(records, list) else [records]
    found = (r for r in those if isinstance(r, dict) and r.get("id") == record_id)
    return without_passwords(next(found, None))


def _marts(settings: Settings, key: _Key, record_id: int) -> Iterator[MartRows]:
    published = settings.warehouse.published_file
    if not published.exists():
        return
    column = quoted(key.column)
    with connect(published) as connection:
        for model in key.models:
            if model.schema not in _PUBLISHED:
                continue
            names = {c.name for c in columns_of(connection, model.schema, model.name)}
            if key.column not in names:
                continue
            sql = f"from {quoted(model.schema)}.{quoted(model.name)} where {column} = ?"
            rows = _rows(connection, sql, [record_id])
            if rows:
                table = f"{model.schema}.{model.name}"
                yield MartRows(table, key.column, len(rows), tuple(rows[:ROWS_SHOWN]))


def _rows(connection: Connection, sql: str, parameters: list[Any]) -> list[Row]:
    result = connection.execute(sql, parameters)
    names = [name for name, *_ in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
