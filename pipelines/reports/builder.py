"""Make the files of a report from the published copy.

Rows, clock and counts come from one connection to one version, so that everything on
a page belongs together. Files take their names only when they are complete.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pipelines.errors import ReportError
from pipelines.reports.catalogue import PROJECT_PORTFOLIO, ReportSpec, spec_of
from pipelines.reports.formats import Formats
from pipelines.reports.page import Facts
from pipelines.reports.portfolio_page import portfolio_page
from pipelines.reports.render.csv import render_csv
from pipelines.settings import Settings
from pipelines.warehouse.connection import Connection, connect
from pipelines.warehouse.queries import query, records, table_exists

Page = Callable[[ReportSpec, list[dict[str, Any]], Facts], str]

PAGES: Final[Mapping[str, Page]] = MappingProxyType(
    {PROJECT_PORTFOLIO.name: portfolio_page}
)


def build_report(settings: Settings, name: str) -> tuple[Path, ...]:
    """Write one report as HTML and CSV into ``settings.warehouse.reports_dir``.

    Raises:
        ReportError: there is no such report, or nothing is published yet.
        WarehouseError: the published copy cannot be read or is of an older version.
    """
    spec = spec_of(name)
    if not settings.warehouse.published_file.is_file():
        raise ReportError(
            "Nothing is published yet, so there is nothing to report; `cwp run` "
            "publishes a copy."
        )
    with connect(settings.warehouse.published_file) as connection:
        rows = records(
            connection,
            spec.schema,
            spec.table,
            columns=[column.name for column in spec.columns],
            order_by=spec.order_by,
        )
        facts = _facts(connection, settings, shown=len(rows))
    page = PAGES[spec.name](spec, rows, facts)
    folder = settings.warehouse.reports_dir
    return (
        _write(folder / f"{spec.name}.html", page.encode()),
        _write(folder / f"{spec.name}.csv", render_csv(spec.columns, rows)),
    )


def _facts(connection: Connection, settings: Settings, *, shown: int) -> Facts:
    clock = records(connection, "meta", "as_of")
    first = clock[0] if clock else {"as_of": None, "reporting_time_zone": None}
    zone = first["reporting_time_zone"] or settings.reporting.time_zone or "UTC"
    return Facts(
        as_of=first["as_of"],
        formats=Formats(settings.reporting.locale, zone),
        not_listed=_projects(connection, shown) - shown,
        source=settings.warehouse.published_file.resolve().name,
        version=version("connectwise-pipelines"),
        history_since=_history_since(connection),
    )


def _history_since(connection: Connection) -> datetime | None:
    """Since when everything has been read, while older records are still to come."""
    if not table_exists(connection, "meta", "history"):
        return None
    rows = records(connection, "meta", "history")
    return max((row["read_since"] for row in rows), default=None)


def _projects(connection: Connection, shown: int) -> int:
    if not table_exists(connection, "marts", "dim_project"):
        return shown
    counted = query(
        connection, "select count(*) as n from marts.dim_project where not is_inferred"
    )
    return int(counted["n"][0])


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".tmp-{path.name}")
    unfinished.write_bytes(content)
    return unfinished.replace(path)
