"""Targets of service level agreements that hold for one priority only."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference, PriorityReference
from pipelines.connectwise.models.scalars import Hours, WholePercent


class SlaPriority(Record):
    """Targets of one service level agreement for one priority."""

    sla: NamedReference | None = None
    priority: PriorityReference | None = None
    respond_hours: Hours | None = about("Target for the first response.")
    respond_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
    plan_within: Hours | None = about("Target for the resolution plan.")
    plan_within_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
    resolution_hours: Hours | None = about("Target for the resolution.")
    resolution_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
