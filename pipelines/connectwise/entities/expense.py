"""Entities of the API's expense section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.expense.entry import ExpenseEntry
from pipelines.connectwise.models.expense.report import ExpenseReport
from pipelines.connectwise.models.expense.type import ExpenseType

EXPENSE = (
    Entity(
        name="expense_types",
        path="/expense/types",
        model=ExpenseType,
        title="Expense types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="expense_reports",
        path="/expense/reports",
        model=ExpenseReport,
        title="Expense reports",
    ),
    Entity(
        name="expense_entries",
        path="/expense/entries",
        model=ExpenseEntry,
        title="Expenses",
    ),
)
