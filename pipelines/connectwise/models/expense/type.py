"""Types of expenses."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import BillOption
from pipelines.connectwise.models.scalars import Amount, Boolean, Double, KnownValues

MarkupOption = Annotated[str, KnownValues("Amount", "Mile", "Percent")]


class ExpenseType(Record):
    """One expense type."""

    name: str | None = None
    bill_expenses: BillOption | None = about("How expenses of this type are billed.")
    amount_caption: str | None = None
    quantity_flag: Boolean | None = None
    mileage_flag: Boolean | None = about(
        "True when a distance is entered instead of an amount."
    )
    advanced_amount_flag: Boolean | None = None
    reimbursement_rate: Amount | None = about(
        "What a member gets for one unit, such as a mile."
    )
    max_amount: Amount | None = about("Most that may be claimed.")
    invoice_markup_option: MarkupOption | None = about("What the markup is counted in.")
    invoice_markup_amount: Double | None = about(
        "What the customer pays on top, as invoice_markup_option says."
    )
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    integration_x_ref: str | None = None
