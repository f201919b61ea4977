"""The one record of a check's result, whoever ran it.

dbt tests, Great Expectations and the guards of extraction all end as
``CheckOutcome``; ``meta.check_outcomes`` keeps them and the summary counts them. How
a check is run belongs to its own room.
"""

from dataclasses import dataclass
from typing import Literal

OutcomeStatus = Literal["passed", "warned", "failed", "error"]
Severity = Literal["error", "warn"]


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """One check of one asset in one run.

    Attributes:
        asset: ``schema.table`` that was checked.
        name: the check's own name, unique within its asset.
        status: ``error`` means that the check itself could not be run.
        severity: ``error`` blocks publishing, ``warn`` does not.
        failed_rows: rows that broke the rule; 0 when it passed.
        message: one sentence for people; empty when it passed.
    """

    asset: str
    name: str
    status: OutcomeStatus
    severity: Severity
    failed_rows: int
    message: str

    @property
    def blocks(self) -> bool:
        """Whether this outcome forbids publishing."""
        return self.severity == "error" and self.status in {"failed", "error"}
