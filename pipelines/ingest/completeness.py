"""Is everything here that should be? Asked of the API and of dlt after each load.

``/count`` is asked of every list that has one; a difference is a warning, because
data move while they are counted and deletions show as one. Whether the newest rows
of a table belong to a load that completed is not open to doubt: that blocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.connectwise import NotGrantedError, Query, field
from pipelines.connectwise.entities import Entity
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.history import floors, open_entities
from pipelines.ingest.run import SyncRun
from pipelines.observability.outcomes import CheckOutcome

COUNT_CHECK = "rows_equal_the_api_count"
LOAD_CHECK = "newest_load_is_complete"


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of one list: what the API says and what the raw table holds."""

    api: int
    raw: int


def is_countable(entity: Entity) -> bool:
    """One call counts the whole list."""
    return entity.has_count and not entity.parent


def counts(run: SyncRun, entities: Iterable[Entity]) -> dict[str, Count]:
    """Counts of those ``entities`` that this run read and one call can count.

    Not of a list whose history is still being read: it is known to be shorter. A list
    that was read down to an id only is counted above it.
    """
    api: dict[str, int] = {}
    waiting, below = open_entities(run), floors(run)
    for entity in filter(is_countable, entities):
        if entity.name in waiting or run.tally(entity.name).status != "read":
            continue
        try:
            api[entity.name] = run.client.count(
                entity.path, query=_above(below.get(entity.name))
            )
        except NotGrantedError:
            continue
    raw = run.destination.row_counts(api, above=below)
    return {name: Count(api[name], raw[name]) for name in api}


def _above(floor: int | None) -> Query:
    return Query(conditions=field("id") > floor) if floor else Query()


def count_outcomes(found: Mapping[str, Count]) -> list[CheckOutcome]:
    """One warning check per counted list."""
    return [
        CheckOutcome(
            asset=f"{RAW_SCHEMA}.{entity}",
            name=COUNT_CHECK,
            status="passed" if count.api == count.raw else "warned",
            severity="warn",
            failed_rows=abs(count.api - count.raw),
            message=_difference(count),
        )
        for entity, count in found.items()
    ]


def load_outcomes(run: SyncRun, entities: Iterable[Entity]) -> list[CheckOutcome]:
    """One blocking check per entity: what this run loaded, it loaded to the end.

    Rows that a killed load left behind, of records that are gone since, are not this
    run's to answer for.
    """
    names = [entity.name for entity in entities]
    loaded = [name for name in names if run.tally(name).has_news]
    open_loads = run.destination.tables_of_open_loads(loaded)
    return [_load_outcome(name, complete=name not in open_loads) for name in names]


def _load_outcome(entity: str, *, complete: bool) -> CheckOutcome:
    remedy = "Its newest rows are of no complete load; run `cwp run` again."
    return CheckOutcome(
        asset=f"{RAW_SCHEMA}.{entity}",
        name=LOAD_CHECK,
        status="passed" if complete else "failed",
        severity="error",
        failed_rows=0 if complete else 1,
        message="" if complete else remedy,
    )


def _difference(count: Count) -> str:
    if count.api == count.raw:
        return ""
    return f"The API counts {count.api:,} rows, the raw table holds {count.raw:,}."
