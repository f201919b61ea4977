"""Terms of payment."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, Integer


class BillingTerms(Record):
    """One set of terms."""

    name: str | None = None
    due_days: Integer | None = about("Days from the invoice to its due date.")
    default_flag: Boolean | None = None
    terms_xref: str | None = None
