"""The lines and headline figures of the project portfolio report.

Turns rows of ``rpt_project_status`` into records that templates and charts read, and
counts them. Health, burn and the indexes are taken as dbt computed them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

RISK: Final = {"red": 0, "amber": 1, "green": 2}
STALLED_FROM_WEEKDAYS: Final = 10
NO_NAME: Final = "(no name)"


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project; percentages are 0 to 100, None where nothing can be said.

    ``rank`` is its place by risk among the open or among the closed, from 1.
    """

    project_id: int
    name: str
    client: str
    manager: str
    status: str
    is_closed: bool
    health: str
    reasons: tuple[str, ...]
    complete_pct: float | None
    burn_pct: float | None
    budget_hours: float | None
    actual_hours: float | None
    expected_hours: float | None
    cpi: float | None
    spi: float | None
    starts: date | None
    ends: date | None
    ended: date | None
    elapsed_pct: float | None
    late_days: int
    idle_weekdays: int
    open_tickets: int
    last_activity: date | None
    recent_hours: float | None
    rank: int = 0

    @property
    def is_over_budget(self) -> bool:
        """More hours are used than were budgeted."""
        return self.burn_pct is not None and self.burn_pct > 100

    @property
    def is_late(self) -> bool:
        """The planned end has passed."""
        return self.late_days > 0

    @property
    def is_stalled(self) -> bool:
        """Open, without time or a closed ticket for some weeks."""
        return not self.is_closed and self.idle_weekdays >= STALLED_FROM_WEEKDAYS

    @property
    def gap_pct(self) -> float:
        """How far budget use runs ahead of progress, in points."""
        return (self.burn_pct or 0.0) - (self.complete_pct or 0.0)

    @property
    def risk(self) -> tuple[int, float, int, str, int]:
        """Sorts the project that needs attention most to the front."""
        rank = RISK.get(self.health, len(RISK))
        return rank, -self.gap_pct, -self.late_days, self.name, self.project_id


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Projects by risk: those that are open, and those closed lately."""

    open: tuple[ProjectLine, ...]
    closed: tuple[ProjectLine, ...]

    def count(self, health: str) -> int:
        """Open projects of one health."""
        return sum(line.health == health for line in self.open)

    @property
    def over_budget(self) -> int:
        """Open projects that used more than their budget."""
        return sum(line.is_over_budget for line in self.open)

    @property
    def late(self) -> int:
        """Open projects past their planned end."""
        return sum(line.is_late for line in self.open)

    @property
    def stalled(self) -> int:
        """Open projects on which nothing happens."""
        return sum(line.is_stalled for line in self.open)


def portfolio_of(rows: Sequence[Mapping[str, Any]]) -> Portfolio:
    """Sort rows of ``rpt_project_status`` into a portfolio."""
    lines = sorted((_line(row) for row in rows), key=lambda line: line.risk)
    return Portfolio(
        open=_ranked(line for line in lines if not line.is_closed),
        closed=_ranked(line for line in lines if line.is_closed),
    )


def _ranked(lines: Iterable[ProjectLine]) -> tuple[ProjectLine, ...]:
    return tuple(replace(line, rank=rank) for rank, line in enumerate(lines, start=1))


def _line(row: Mapping[str, Any]) -> ProjectLine:
    complete = row["complete_tickets_pct"]
    if complete is None:
        complete = row["complete_ticket_count_pct"]
    return ProjectLine(
        project_id=row["project_id"],
        name=row["project_name"] or NO_NAME,
        client=row["company_name"] or "",
        manager=row["manager_name"] or "",
        # ConnectWise marks closing statuses with a leading ">", to sort them last.
        status=(row["status_name"] or "").lstrip("> "),
        is_closed=bool(row["is_closed"]),
        health=row["health"] or "unknown",
        reasons=_reasons(row["health_reasons"]),
        complete_pct=complete,
        burn_pct=row["budget_burn_pct"],
        budget_hours=row["budget_hours"],
        actual_hours=row["actual_hours"],
        expected_hours=row["estimate_at_completion_hours"],
        cpi=row["cost_performance_index"],
        spi=row["schedule_performance_index"],
        starts=row["planned_start_date"],
        ends=row["planned_end_date"],
        ended=row["actual_end_date"],
        elapsed_pct=row["timeline_elapsed_pct"],
        late_days=row["late_days"] or 0,
        idle_weekdays=row["idle_weekdays"] or 0,
        open_tickets=row["open_tickets_count"] or 0,
        last_activity=row["last_activity_date"],
        recent_hours=row["last_4_weeks_hours"],
    )


def _reasons(text: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (text or "").split(";"))
    return tuple(part[0].upper() + part[1:] for part in parts if part)
