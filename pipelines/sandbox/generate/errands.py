"""What costs money beside time: visits and project work that need travel or parts.

Tickets and projects note their errands while they are worked on; ``sundries`` makes
expenses and products of them, month by month.
"""

from dataclasses import dataclass

from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json

VISIT, BUILD, ORDER = "visit", "build", "order"


@dataclass(frozen=True, slots=True)
class Errand:
    """Someone's errand for a ticket: ``kind`` says what it may cost."""

    at: int
    kind: str
    member: Member
    company: Company
    ticket: Json
    charge_type: str
    agreement: Agreement | None = None
    project: Json | None = None
    phase: Json | None = None
