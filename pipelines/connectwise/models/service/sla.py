"""Service level agreements: targets and the matrix of priorities."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference, PriorityReference
from pipelines.connectwise.models.scalars import (
    Boolean,
    Hours,
    Integer,
    KnownValues,
    WholePercent,
)

BasedOn = Annotated[str, KnownValues("AllHours", "Customer", "MyCalendar", "Custom")]


class Sla(Record):
    """One service level agreement."""

    application_order: Integer | None = None
    based_on: BasedOn | None = about("Whose calendar the clock follows.")
    custom_calendar: NamedReference | None = about(
        "The calendar, when based_on is Custom."
    )
    default_flag: Boolean | None = None
    hi_impact_hi_urgency: PriorityReference | None = None
    hi_impact_low_urgency: PriorityReference | None = None
    hi_impact_med_urgency: PriorityReference | None = None
    low_impact_hi_urgency: PriorityReference | None = None
    low_impact_low_urgency: PriorityReference | None = None
    low_impact_med_urgency: PriorityReference | None = None
    med_impact_hi_urgency: PriorityReference | None = None
    med_impact_low_urgency: PriorityReference | None = None
    med_impact_med_urgency: PriorityReference | None = None
    name: str | None = None
    plan_within: Hours | None = about("Target for the resolution plan.")
    plan_within_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
    resolution_hours: Hours | None = about("Target for the resolution.")
    resolution_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
    respond_hours: Hours | None = about("Target for the first response.")
    respond_percent: WholePercent | None = about(
        "Share of tickets that should meet the target."
    )
