"""What the registry says about one entity.

The entities themselves stand in one file per section; their columns are derived in
``columns.py``. How an entity is read is the business of ``pipelines.ingest``.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.pagination import Paging


class Tier(StrEnum):
    """How often an entity is worth reading."""

    HOT = "hot"
    WARM = "warm"
    REFERENCE = "reference"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Entity:
    """One list endpoint of the API and the raw table that holds its records.

    Attributes:
        name: Table name, the API's plural in snake case.
        path: Path below ``/apis/3.0``; ``{parent_id}`` where one call per parent
            record is needed.
        model: The record's model.
        title: The name for people.
        parent: Name of the entity whose ids fill ``{parent_id}``.
        incremental: Whether ``lastUpdated`` works in conditions and comes back in
            ``_info``; otherwise the entity is read in full each time.
        paging: The kind of paging the endpoint answers to.
        tier: How often it is worth reading.
        has_count: Whether ``<path>/count`` exists.
        key: API name of the key.
    """

    name: str
    path: str
    model: type[Record]
    title: str
    parent: str | None = None
    incremental: bool = True
    paging: Paging = Paging.FORWARD_ONLY
    tier: Tier = Tier.WARM
    has_count: bool = True
    key: str = "id"

    @property
    def section(self) -> str:
        """The section of the API, as its path names it."""
        return self.path.split("/")[1]
