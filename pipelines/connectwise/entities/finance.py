"""Entities of the API's finance section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.finance.agreement import Agreement
from pipelines.connectwise.models.finance.agreement_addition import AgreementAddition
from pipelines.connectwise.models.finance.agreement_adjustment import (
    AgreementAdjustment,
)
from pipelines.connectwise.models.finance.agreement_type import AgreementType
from pipelines.connectwise.models.finance.agreement_work_role import AgreementWorkRole
from pipelines.connectwise.models.finance.agreement_work_type import AgreementWorkType
from pipelines.connectwise.models.finance.billing_cycle import BillingCycle
from pipelines.connectwise.models.finance.billing_status import BillingStatus
from pipelines.connectwise.models.finance.billing_terms import BillingTerms
from pipelines.connectwise.models.finance.currency import Currency
from pipelines.connectwise.models.finance.invoice import Invoice
from pipelines.connectwise.models.finance.invoice_payment import InvoicePayment
from pipelines.connectwise.models.finance.tax_code import TaxCode

FINANCE = (
    Entity(
        name="currencies",
        path="/finance/currencies",
        model=Currency,
        title="Currencies",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="tax_codes",
        path="/finance/taxCodes",
        model=TaxCode,
        title="Tax codes",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="billing_terms",
        path="/finance/billingTerms",
        model=BillingTerms,
        title="Billing terms",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="billing_cycles",
        path="/finance/billingCycles",
        model=BillingCycle,
        title="Billing cycles",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="billing_statuses",
        path="/finance/billingStatuses",
        model=BillingStatus,
        title="Statuses of invoices",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="agreement_types",
        path="/finance/agreements/types",
        model=AgreementType,
        title="Agreement types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="agreements",
        path="/finance/agreements",
        model=Agreement,
        title="Agreements",
    ),
    Entity(
        name="agreement_additions",
        path="/finance/agreements/{parent_id}/additions",
        model=AgreementAddition,
        title="Additions of agreements",
        parent="agreements",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="agreement_adjustments",
        path="/finance/agreements/{parent_id}/adjustments",
        model=AgreementAdjustment,
        title="Adjustments of agreements",
        parent="agreements",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="agreement_work_roles",
        path="/finance/agreements/{parent_id}/workroles",
        model=AgreementWorkRole,
        title="Work roles of agreements",
        parent="agreements",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="agreement_work_types",
        path="/finance/agreements/{parent_id}/worktypes",
        model=AgreementWorkType,
        title="Work types of agreements",
        parent="agreements",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="invoices",
        path="/finance/invoices",
        model=Invoice,
        title="Invoices",
    ),
    Entity(
        name="invoice_payments",
        path="/finance/invoices/{parent_id}/payments",
        model=InvoicePayment,
        title="Payments of invoices",
        parent="invoices",
        tier=Tier.CHILDREN,
        has_count=False,
    ),
)
