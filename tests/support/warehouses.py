"""A throw-away warehouse, a sandbox to fill it from, and ways to look at both."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipelines.connectwise import RetryPolicy
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import FieldType, child_lists_of, fields_of
from pipelines.ingest.pipeline import load
from pipelines.ingest.run import SyncRun
from pipelines.ingest.source import children, connectwise_source, flat
from pipelines.observability.metrics import EventCounts
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from pipelines.settings import Settings, WarehouseSettings
from pipelines.warehouse.connection import connect
from tests.support.shared_folder import shared_folder
from tests.support.worlds import copy_of, tiny_world

Row = dict[str, Any]


def settings_in(folder: Path) -> Settings:
    """Settings of a warehouse of its own, that read no environment file."""
    return Settings(_env_file=None, warehouse=WarehouseSettings(dir=folder))


@contextmanager
def tenant_of(
    store: Store,
    folder: Path,
    *,
    options: SandboxOptions | None = None,
    control: SandboxControl | None = None,
) -> Iterator[Settings]:
    """Settings whose tenant is a sandbox that serves ``store``.

    ``control`` brings its own options, and changes them while the sandbox runs.
    """
    with serving(store, options=options, control=control) as endpoint:
        yield pointed_at(settings_in(folder), endpoint)


def extract(
    settings: Settings,
    *,
    only: Collection[Entity] = (),
    retry: RetryPolicy | None = None,
    calls: EventCounts | None = None,
) -> SyncRun:
    """Extract and load everything, as the two extraction steps do.

    ``only`` names what is read; the tables of all others are made all the same.
    ``calls`` hears of every call of the client.
    """
    ledger = Ledger(calls=calls or EventCounts())
    with opened(
        settings, progress=SilentProgress(), ledger=ledger, retry=retry
    ) as session:
        for part in (flat(), children()):
            chosen = [one for one in part if not only or one in only]
            with session.sync.destination.kept_open(read_only=False):
                load(settings, connectwise_source(session.sync, chosen))
        return session.sync


def loaded_warehouse(factory: pytest.TempPathFactory) -> Path:
    """A warehouse that has read the tiny world, made once per run; to be copied."""
    shared = shared_folder(factory)
    folder = shared / "loaded"
    with FileLock(f"{folder}.lock"):
        if not folder.with_suffix(".done").exists():
            tenant = copy_of(tiny_world(factory), shared / "loaded_tenant")
            with tenant as store, tenant_of(store, folder) as settings:
                extract(settings)
            folder.with_suffix(".done").touch()
    return folder


def dump(settings: Settings, *, schemas: tuple[str, ...]) -> dict[str, list[tuple]]:
    """Every row and column of every table of ``schemas``, in a fixed order."""
    sql = """
        select table_schema || '.' || table_name from information_schema.tables
        where list_contains(?, table_schema) and table_type = 'BASE TABLE' order by 1
    """
    with connect(settings.warehouse.build_file) as connection:
        names = [n for (n,) in connection.execute(sql, [list(schemas)]).fetchall()]
        return {
            name: connection.execute(f"from {name} order by all").fetchall()
            for name in names
        }


def raw_rows(settings: Settings, entity: Entity) -> dict[int, Row]:
    """The rows of one raw table, source columns only, by id."""
    columns = [field.name for field in fields_of(entity.model)]
    rows = _select(settings, entity.name, columns)
    return {row["id"]: row for row in rows}


def raw_children(settings: Settings, entity: Entity) -> dict[str, list[Row]]:
    """The rows of an entity's child tables, by list name."""
    return {
        child.name: _select(
            settings,
            f"{entity.name}__{child.name}",
            ["_parent_id", "_position", *(field.name for field in child.fields)],
        )
        for child in child_lists_of(entity.model)
    }


def expected_rows(store: Store, entity: Entity) -> dict[int, Row]:
    """What the raw table must hold, read straight from the sandbox's own store."""
    return {
        record["id"]: expected_row(record, entity)
        for record in store.records(entity.path)
    }


def expected_row(record: Any, entity: Entity) -> Row:
    """What the row of one record must hold."""
    fields = fields_of(entity.model)
    return {f.name: _typed(_at(record, f.path), f.type) for f in fields}


def expected_children(store: Store, entity: Entity) -> dict[str, list[Row]]:
    """What the child tables must hold, read straight from the store."""
    rows: dict[str, list[Row]] = {}
    for child in child_lists_of(entity.model):
        rows[child.name] = [
            {
                "_parent_id": record["id"],
                "_position": position,
                **{f.name: _typed(_at(item, f.path), f.type) for f in child.fields},
            }
            for record in store.records(entity.path)
            for position, item in enumerate(_at(record, child.path) or [])
        ]
    return rows


def incremental_entities() -> list[Entity]:
    """Entities that a full extraction reads whole: all but the notes of tickets."""
    by_ticket = {"service_tickets", "project_tickets"}
    return [entity for entity in ENTITIES.values() if entity.parent not in by_ticket]


def _select(settings: Settings, table: str, columns: list[str]) -> list[Row]:
    quoted = ", ".join(f'"{name}"' for name in columns)
    with connect(settings.warehouse.build_file) as connection:
        rows = connection.execute(
            f"select {quoted} from connectwise_raw.{table} order by all"
        ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _at(record: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if not isinstance(record, dict):
            return None
        record = record.get(name)
    return record


def _typed(value: Any, kind: FieldType) -> Any:
    if value is None:
        return None
    if kind is FieldType.TIMESTAMP:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if kind is FieldType.TEXT and not isinstance(value, str):
        return json.dumps(value, separators=(",", ":"))
    return float(value) if kind is FieldType.DOUBLE else value
