"""Small DuckDB files made by hand, for tests that need no dbt."""

from collections.abc import Mapping
from pathlib import Path

from pipelines.settings import Settings, WarehouseSettings
from pipelines.warehouse.connection import connect


def settings_in(folder: Path, *, keep_published: int = 3) -> Settings:
    """Settings whose warehouse lies in ``folder``; the build folder exists."""
    settings = Settings(
        _env_file=None,
        warehouse=WarehouseSettings(dir=folder, keep_published=keep_published),
    )
    settings.warehouse.build_dir.mkdir(parents=True, exist_ok=True)
    return settings


def fill(path: Path, tables: Mapping[str, str]) -> None:
    """Replace tables: ``{"marts.fct_ticket": "select 1 as ticket_id"}``."""
    with connect(path, read_only=False) as connection:
        for name, select in tables.items():
            schema = name.split(".")[0]
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(f"create or replace table {name} as {select}")
