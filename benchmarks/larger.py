"""Many copies of one tenant in one raw schema, each with ids of its own.

What an MSP works with is copied: clients, people, tickets, time, money. What it sets up
once is not: boards, statuses, calendars, SLAs, work types. Dates stay, so that every
copy lives through the same three years.
``python -m benchmarks.larger SMALL LARGE COPIES``.
"""

import sys
from pathlib import Path

from pipelines.connectwise.entities import ENTITIES
from pipelines.transform.sources import source_tables
from pipelines.warehouse.connection import Connection, attach, connect
from pipelines.warehouse.queries import quoted

APART = 100_000_000

COPIED = frozenset(
    {
        "companies", "company_sites", "company_teams", "contacts", "configurations",
        "members", "service_tickets", "project_tickets", "service_ticket_notes",
        "project_ticket_notes", "ticket_changelogs", "time_entries", "time_sheets",
        "time_changelogs", "invoices", "invoice_payments", "agreements",
        "agreement_additions", "agreement_adjustments", "agreement_work_roles",
        "agreement_work_types", "projects", "project_phases", "project_team_members",
        "schedule_entries", "products", "expense_entries", "expense_reports",
        "opportunities", "opportunity_forecasts", "opportunity_notes", "activities",
        "sales_orders", "purchase_orders", "purchase_order_lines", "survey_results",
    }
)  # fmt: skip

_OWN = frozenset({
    "company", "bill_to_company", "parent_company", "ship_to_company", "contact",
    "member", "owner", "manager", "agreement", "parent_agreement", "project", "phase",
    "parent_phase", "ticket", "merged_parent_ticket", "invoice", "time_sheet",
    "opportunity", "territory_manager", "primary_sales_rep", "reports_to", "assign_to",
    "sales_order", "expense_report", "purchase_order",
})  # fmt: skip
# Members are also named by their logins, on tickets in a list.
_LOGINS = frozenset({
    "member__identifier", "owner__identifier", "entered_by", "closed_by",
    "_info__entered_by", "_info__updated_by",
})  # fmt: skip
_OTHERS = frozenset(
    {"id", "project_id", "parent_ticket_id", "object_id", "time_rec_id"}
)


def enlarge(small: Path, large: Path, *, copies: int) -> None:
    """Write ``large`` with the raw tables of ``copies`` tenants like ``small``'s."""
    with connect(large, read_only=False) as connection:
        connection.execute("set memory_limit = '4GB'")
        attach(connection, small, "small")
        for schema in ("connectwise_raw", "meta"):
            connection.execute(f"create schema {schema}")
        for table in source_tables():
            _copy(connection, table.schema, table.name, copies=copies)
        connection.execute("checkpoint")


def _copy(connection: Connection, schema: str, table: str, *, copies: int) -> None:
    source, target = f"small.{schema}.{table}", f"{schema}.{table}"
    entity = table.split("__", maxsplit=1)[0]
    if schema != "connectwise_raw" or entity not in COPIED:
        connection.execute(f"create table {target} as from {source}")
        return
    columns = connection.execute(f"describe {source}").fetchall()
    selected = ", ".join(_shifted(table, name, kind) for name, kind, *_ in columns)
    connection.execute(
        f"create table {target} as select {selected} from {source} "
        f"cross join range({copies}) as copies (copy)"
    )


def _shifted(table: str, name: str, kind: str) -> str:
    column = quoted(name)
    if name in _LOGINS or (table, name) == ("members", "identifier"):
        return f"{column} || '-' || copy as {column}"
    if name == "resources":
        each = f"string_split({column}, ',')"
        return (
            f"array_to_string([one || '-' || copy for one in {each}], ',') as {column}"
        )
    if kind != "BIGINT" or not _is_own(table, name):
        return column
    moved = f"{column} + copy * {APART}"
    if name in {"charge_to_id", "charge_to_rec_id"}:
        moved = f"if(charge_to_type = 'ChargeCode', {column}, {moved})"
    return f"{moved} as {column}"


def _is_own(table: str, name: str) -> bool:
    """The column is the id of something that each copy has for itself."""
    if name == "_parent_id":
        entity = ENTITIES.get(table)
        return (entity.parent if entity else table.partition("__")[0]) in COPIED
    if name == "id":
        return table in ENTITIES
    charged = name in {"charge_to_id", "charge_to_rec_id"}
    return charged or name in _OTHERS or name.removesuffix("__id") in _OWN


if __name__ == "__main__":
    enlarge(Path(sys.argv[1]), Path(sys.argv[2]), copies=int(sys.argv[3]))
