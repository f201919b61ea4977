"""Entities of the API's system section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.system.department import Department
from pipelines.connectwise.models.system.location import Location
from pipelines.connectwise.models.system.member import Member
from pipelines.connectwise.models.system.user_defined_field import UserDefinedField

SYSTEM = (
    Entity(
        name="locations",
        path="/system/locations",
        model=Location,
        title="Locations",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="departments",
        path="/system/departments",
        model=Department,
        title="Departments",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="members",
        path="/system/members",
        model=Member,
        title="Members",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="user_defined_fields",
        path="/system/userDefinedFields",
        model=UserDefinedField,
        title="Custom fields",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
)
