"""Payments and credits that were applied to invoices."""

from pydantic import Field

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.references import InvoiceReference
from pipelines.connectwise.models.scalars import Amount, Integer, Timestamp


class WisePayFeeInvoice(ApiObject):
    """The invoice for the fee of the payment."""

    id: Integer | None = None
    invoice_number: str | None = None
    amount: Amount | None = None
    invoice_href: str | None = None


class WisePayBatch(ApiObject):
    """The batch that the payment came in."""

    amount: Amount | None = None
    wise_pay_href: str | None = None


class WisePayPayment(ApiObject):
    """A payment made through the vendor's payment service."""

    wise_pay_reference: str | None = None
    payment_date_utc: str | None = None
    batch_payment: WisePayBatch | None = None
    fee_invoice: WisePayFeeInvoice | None = None


class InvoicePayment(Record):
    """One payment of one invoice."""

    invoice: InvoiceReference | None = None
    type: str | None = None
    amount: Amount | None = about("What was paid.")
    balance: Amount | None = about("What the payment still has to spare.")
    payment_date: Timestamp | None = about("Day of the payment.")
    credit: InvoiceReference | None = about(
        "The credit memo, when a credit was applied."
    )
    invoice_total: Amount | None = about("Amount of the invoice including tax.")
    invoice_balance: Amount | None = about("What is open on the invoice.")
    applied_by: str | None = about("Identifier of the member who applied it.")
    source: str | None = None
    payment_account: str | None = None
    a_r_payment_account: str | None = None
    gl_batch_id: str | None = Field(default=None, alias="glBatchID")
    payment_sync_status: str | None = None
    payment_sync_date: Timestamp | None = None
    wise_pay_payment: WisePayPayment | None = about(
        "The payment as the vendor's payment service knows it."
    )
