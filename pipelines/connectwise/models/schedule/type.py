"""Types of schedule entries."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import NamedReference
from pipelines.connectwise.models.scalars import Boolean


class ScheduleType(Record):
    """One schedule type."""

    identifier: str | None = about(
        "One letter where the vendor made it: S service, C activity, O opportunity."
    )
    name: str | None = None
    charge_code: NamedReference | None = about("What time on it is booked on.")
    where: NamedReference | None = None
    system_flag: Boolean | None = about("True for types that ConnectWise made.")
