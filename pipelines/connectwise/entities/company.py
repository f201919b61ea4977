"""Entities of the API's company section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.company.company import Company
from pipelines.connectwise.models.company.configuration import Configuration
from pipelines.connectwise.models.company.configuration_status import (
    ConfigurationStatus,
)
from pipelines.connectwise.models.company.configuration_type import ConfigurationType
from pipelines.connectwise.models.company.contact import Contact
from pipelines.connectwise.models.company.site import CompanySite
from pipelines.connectwise.models.company.status import CompanyStatus
from pipelines.connectwise.models.company.team import CompanyTeamMember
from pipelines.connectwise.models.company.type import CompanyType
from pipelines.connectwise.models.company.type_association import CompanyTypeAssociation

COMPANY = (
    Entity(
        name="company_statuses",
        path="/company/companies/statuses",
        model=CompanyStatus,
        title="Statuses of companies",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="company_types",
        path="/company/companies/types",
        model=CompanyType,
        title="Company types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="companies",
        path="/company/companies",
        model=Company,
        title="Companies",
    ),
    Entity(
        name="company_type_associations",
        path="/company/companies/{parent_id}/typeAssociations",
        model=CompanyTypeAssociation,
        title="Types of each company",
        parent="companies",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="company_teams",
        path="/company/companies/{parent_id}/teams",
        model=CompanyTeamMember,
        title="Teams of companies",
        parent="companies",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="company_sites",
        path="/company/companies/{parent_id}/sites",
        model=CompanySite,
        title="Sites of companies",
        parent="companies",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="contacts",
        path="/company/contacts",
        model=Contact,
        title="Contacts",
    ),
    Entity(
        name="configuration_types",
        path="/company/configurations/types",
        model=ConfigurationType,
        title="Configuration types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="configuration_statuses",
        path="/company/configurations/statuses",
        model=ConfigurationStatus,
        title="Statuses of configurations",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="configurations",
        path="/company/configurations",
        model=Configuration,
        title="Configurations",
    ),
)
