"""The dbt source list, rendered from the entity registry.

``_connectwise__sources.yml`` is never edited by hand: one source table per registry
entity, the child tables that staging reads, and the bookkeeping tables that dlt
writes. Each carries the Dagster asset key of the table, which is what joins dlt's
assets to dbt's. Run alone: ``python -m pipelines.transform.sources``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.connectwise.entities import ENTITIES
from pipelines.settings import Settings, load_settings

RAW_SCHEMA = "connectwise_raw"
META_SCHEMA = "meta"

CHILD_TABLES = {
    "board_subtypes__type_association_ids": "Types that each ticket subtype is for.",
    "board_teams__members": "The members of each board's teams.",
    "companies__types": "The types that each company carries.",
    "configurations__questions": "The answers about each configuration.",
    "expense_entries__taxes": "The taxes contained in each expense.",
    "opportunity_forecasts__forecast_items": "The lines of each forecast.",
    "products__serial_numbers": "The serial numbers of each line of products.",
    "purchase_order_lines__sales_order": "The sales orders that each line is for.",
    "sales_orders__invoice_ids": "The invoices that bill each sales order.",
    "sales_orders__product_ids": "The products on each sales order.",
    "survey_questions__options": "The answers that can be chosen to each question.",
    "survey_results__results": "The answers in each answered survey.",
    "user_defined_fields__options": "The choices of each custom field.",
}
"""Child tables that staging reads: name and description."""

CLOCK = "as_of"
META_TABLES = {
    "counts": "What the API and the raw tables counted, run by run.",
    "history": "Lists of which a first load has read the newest part only.",
    "quarantine": "Records that did not fit, each of them once.",
    "runs": "What each run read of each entity.",
}
"""Tables that the step of the clock writes too, and marts on trust read."""

_HEADER = """\
# Rendered from the entity registry by `python -m pipelines.transform.sources`.
version: 2

sources:
"""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table that dlt writes and dbt reads."""

    schema: str
    name: str
    description: str

    @property
    def asset_key(self) -> tuple[str, str]:
        """The asset whose step writes the table."""
        return self.schema, CLOCK if self.schema == META_SCHEMA else self.name


def source_tables() -> tuple[SourceTable, ...]:
    """Every table that the dbt project may read, in the registry's order."""
    entities = tuple(
        SourceTable(RAW_SCHEMA, entity.name, f"{entity.title}, as received.")
        for entity in ENTITIES.values()
    )
    children = tuple(
        SourceTable(RAW_SCHEMA, name, text) for name, text in CHILD_TABLES.items()
    )
    bookkeeping = (
        SourceTable(RAW_SCHEMA, "_deletions", "Records proven to be deleted."),
        SourceTable(META_SCHEMA, CLOCK, "One row, the time of the last sync."),
        *(SourceTable(META_SCHEMA, name, text) for name, text in META_TABLES.items()),
    )
    return (*entities, *children, *bookkeeping)


def render_sources() -> str:
    """The text that ``_connectwise__sources.yml`` must hold."""
    tables = source_tables()
    schemas = dict.fromkeys(table.schema for table in tables)
    return _HEADER + "".join(
        _render_schema(schema, (t for t in tables if t.schema == schema))
        for schema in schemas
    )


def sources_are_current(settings: Settings) -> bool:
    """Whether the file in the dbt project says what the registry says."""
    path = sources_path(settings)
    return path.is_file() and path.read_text(encoding="utf-8") == render_sources()


def sources_path(settings: Settings) -> Path:
    """Where the rendered file lies."""
    folder = settings.dbt_project_dir / "models" / "staging" / "connectwise"
    return folder / "_connectwise__sources.yml"


def write_sources(settings: Settings) -> None:
    """Render the file again; a changed registry needs it."""
    sources_path(settings).write_text(render_sources(), encoding="utf-8")


def _render_schema(schema: str, tables: Iterable[SourceTable]) -> str:
    head = f"  - name: {schema}\n    schema: {schema}\n    tables:\n"
    return head + "".join(_render_table(table) for table in tables)


def _render_table(table: SourceTable) -> str:
    return (
        f"      - name: {table.name}\n"
        f"        description: {json.dumps(table.description)}\n"
        "        config:\n"
        "          meta:\n"
        "            dagster:\n"
        f"              asset_key: [{', '.join(table.asset_key)}]\n"
    )


if __name__ == "__main__":
    write_sources(load_settings())
