"""Tickets converted between service and project: moved, not deleted.

Both kinds share one sequence of ids and stand in two lists. What has vanished from one
and stands in the other has moved; no second sweep is needed to believe it.
"""

from collections.abc import Mapping

from pipelines.ingest.sweep import Sighting

OTHER_LIST: Mapping[str, str] = {
    "service_tickets": "project_tickets",
    "project_tickets": "service_tickets",
}


def moved(
    entity: str, missing: frozenset[int], sightings: Mapping[str, Sighting]
) -> dict[int, str]:
    """Evidence by id, of those ``missing`` that stand in the other list."""
    other = sightings.get(OTHER_LIST.get(entity, ""))
    if other is None:
        return {}
    there = missing & other.moments.keys()
    return dict.fromkeys(there, f"moved to {other.entity.name}")
