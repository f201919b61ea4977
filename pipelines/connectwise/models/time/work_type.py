"""Work types: what kind of work an hour was."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillDecision, RateType
from pipelines.connectwise.models.scalars import Boolean, Double, Hours, KnownValues

AccrualType = Annotated[str, KnownValues("Holiday", "PTO", "Sick", "Vacation")]


class WorkType(Record):
    """One work type."""

    name: str | None = None
    bill_time: BillDecision | None = about("How time of this type is billed.")
    rate_type: RateType | None = about("How the rate changes the role's hourly price.")
    rate: Double | None = about("Amount, price or factor, as rate_type says.")
    hours_min: Hours | None = about("Fewest hours that are billed.")
    hours_max: Hours | None = about("Most hours that are billed.")
    round_bill_hours_to: Hours | None = about("Step that billed hours are rounded to.")
    accrual_type: AccrualType | None = about(
        "The absence account that the time is taken from."
    )
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    overall_default_flag: Boolean | None = None
    activity_default_flag: Boolean | None = None
    utilization_flag: Boolean | None = about(
        "True when time of this type counts as utilized."
    )
    cost_multiplier: Double | None = about("Factor on the member's hourly cost.")
    integration_x_ref: str | None = None
    add_all_agreement_exclusions: Boolean | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
