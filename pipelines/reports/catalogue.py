"""Which reports there are, and which columns each may show.

A report reads one ``rpt_*`` table and names every column that it takes; what is not
named cannot leak onto a page, which is why none of them names a cost amount. How a
page looks is a template's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipelines.errors import ReportError


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of the table and its heading for people."""

    name: str
    heading: str


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One report.

    Attributes:
        name: names its files and its asset.
        title: heading of the page.
        audience: whom it is fit to be shown to.
        schema, table: what it reads from the published copy.
        columns: all that it may show, in the order of the CSV file.
        order_by: columns that make the order of rows repeatable.
        template: file in ``reports/templates``.
    """

    name: str
    title: str
    audience: str
    schema: str
    table: str
    columns: tuple[ReportColumn, ...]
    order_by: tuple[str, ...]
    template: str


PROJECT_PORTFOLIO: Final = ReportSpec(
    name="project_portfolio_status",
    title="Project portfolio status",
    audience="Project leads and clients",
    schema="reports",
    table="rpt_project_status",
    columns=(
        ReportColumn("project_id", "Project id"),
        ReportColumn("project_name", "Project"),
        ReportColumn("company_name", "Client"),
        ReportColumn("manager_name", "Project manager"),
        ReportColumn("project_type_name", "Type"),
        ReportColumn("status_name", "Status"),
        ReportColumn("is_closed", "Closed"),
        ReportColumn("health", "Health"),
        ReportColumn("health_reasons", "Reasons"),
        ReportColumn("complete_tickets_pct", "Complete by ticket budgets, %"),
        ReportColumn("complete_ticket_count_pct", "Complete by tickets, %"),
        ReportColumn("budget_hours", "Budget, hours"),
        ReportColumn("actual_hours", "Actual, hours"),
        ReportColumn("remaining_hours", "Remaining, hours"),
        ReportColumn("budget_burn_pct", "Budget used, %"),
        ReportColumn("estimate_at_completion_hours", "Expected at completion, hours"),
        ReportColumn("cost_performance_index", "CPI (hours)"),
        ReportColumn("schedule_performance_index", "SPI"),
        ReportColumn("planned_start_date", "Planned start"),
        ReportColumn("planned_end_date", "Planned end"),
        ReportColumn("actual_end_date", "Actual end"),
        ReportColumn("timeline_elapsed_pct", "Timeline elapsed, %"),
        ReportColumn("late_days", "Days late"),
        ReportColumn("open_tickets_count", "Open tickets"),
        ReportColumn("stalled_tickets_count", "Stalled tickets"),
        ReportColumn("last_activity_date", "Last activity"),
        ReportColumn("idle_weekdays", "Weekdays without activity"),
        ReportColumn("last_4_weeks_hours", "Hours in the last 4 weeks"),
    ),
    order_by=("project_id",),
    template="project_portfolio_status.html.j2",
)

CATALOGUE: Final[Mapping[str, ReportSpec]] = MappingProxyType(
    {spec.name: spec for spec in (PROJECT_PORTFOLIO,)}
)


def spec_of(name: str) -> ReportSpec:
    """The report called ``name``.

    Raises:
        ReportError: there is none; the text lists those that there are.
    """
    try:
        return CATALOGUE[name]
    except KeyError:
        raise ReportError(
            f"There is no report called {name}; there is {', '.join(CATALOGUE)}."
        ) from None
