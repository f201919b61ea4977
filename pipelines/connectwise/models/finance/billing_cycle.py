"""How often something is billed."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, KnownValues

BillingOptions = Annotated[
    str,
    KnownValues(
        "Weekly",
        "BiWeekly",
        "Monthly",
        "BiMonthly",
        "Quarterly",
        "SemiAnnual",
        "Yearly",
        "NotRecurring",
    ),
]


class BillingCycle(Record):
    """One billing cycle."""

    identifier: str | None = None
    name: str | None = None
    billing_options: BillingOptions | None = about(
        "The vendor's lengths behind the names."
    )
    default_flag: Boolean | None = None
