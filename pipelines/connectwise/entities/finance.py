"""Entities of the API's finance section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.finance.agreement import Agreement
from pipelines.connectwise.models.finance.agreement_addition import AgreementAddition
from pipelines.connectwise.models.finance.invoice import Invoice

FINANCE = (
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
        name="invoices",
        path="/finance/invoices",
        model=Invoice,
        title="Invoices",
    ),
)
