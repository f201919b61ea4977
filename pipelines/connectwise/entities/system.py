"""Entities of the API's system section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.system.member import Member

SYSTEM = (
    Entity(
        name="members",
        path="/system/members",
        model=Member,
        title="Members",
        tier=Tier.REFERENCE,
    ),
)
