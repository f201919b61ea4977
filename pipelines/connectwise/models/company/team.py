"""Who looks after a company."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    CompanyReference,
    ContactReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean


class CompanyTeamMember(Record):
    """One member in the team of one company."""

    company: CompanyReference | None = None
    team_role: NamedReference | None = None
    location: NamedReference | None = None
    department: IdentifiedReference | None = None
    contact: ContactReference | None = about(
        "The contact, when a person of the company is in the team."
    )
    member: MemberReference | None = None
    account_manager_flag: Boolean | None = about("True for the account manager.")
    tech_flag: Boolean | None = about("True for the technical contact on our side.")
    sales_flag: Boolean | None = about("True for the sales contact on our side.")
