"""Extract and load: one asset per raw table, all of them made by one step.

The step may run for some of its assets only, as the jobs of the tiers do. It has no
part that waits for another, so that what brings nothing need not be told of.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, cast

import dagster as dg
from dagster_dlt import DagsterDltResource
from dlt.common.warnings import DltDeprecationWarning
from dlt.pipeline.pipeline import Pipeline

from pipelines.connectwise.entities import ENTITIES, Entity, Tier
from pipelines.ingest import extraction, history
from pipelines.ingest.closing import nothing_to_build
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.extraction import Loaded
from pipelines.ingest.run import SyncRun
from pipelines.orchestration.checks import raw_check_results, raw_check_specs
from pipelines.orchestration.errors import readable
from pipelines.orchestration.jobs import BACKFILL, SYNC_ALL, SYNC_DUE
from pipelines.orchestration.keys import (
    AS_OF,
    all_raw_keys,
    endpoint_key,
    raw_key,
    raw_tables,
)
from pipelines.orchestration.session import Session
from pipelines.transform.project import fingerprint

_HOT = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(hours=2), warn_window=timedelta(minutes=20)
)
_NIGHTLY = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(hours=48), warn_window=timedelta(hours=26)
)


def endpoints() -> list[dg.AssetSpec]:
    """The API's endpoints, as the outside assets that all lineage begins at."""
    return [
        dg.AssetSpec(
            endpoint_key(entity),
            group_name="connectwise",
            description=f"GET {entity.path}",
            kinds={"connectwise"},
        )
        for entity in ENTITIES.values()
    ]


def raw_assets() -> list[dg.AssetsDefinition]:
    """The extraction step; any part of it may run alone."""
    entities = list(ENTITIES.values())
    specs = [spec for entity in entities for spec in _specs(entity)]

    @dg.multi_asset(
        name="extract",
        specs=specs,
        check_specs=raw_check_specs(entities),
        can_subset=True,
    )
    def extract(
        context: dg.AssetExecutionContext,
        dlt: DagsterDltResource,
        session: dg.ResourceParam[Session],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with readable():
            chosen = _chosen(context, session.sync)
            loads = extraction.extract(
                session.sync, chosen, history=context.job_name in (BACKFILL, SYNC_ALL)
            )
            waiting = history.open_entities(session.sync)
            session.ledger.history_open = bool(waiting)
            session.ledger.notes += history.sentences(waiting)
            yields = _worth_telling(context, session)
        for key in _in_order(context.selected_asset_keys & yields):
            yield _result(key, _said_by_dlt(context, dlt, key, loads), session)
        with readable():
            checked = [one for one in chosen if _is_checked(one, context, session)]
            yield from raw_check_results(session, checked)

    return [extract]


def _chosen(context: dg.AssetExecutionContext, run: SyncRun) -> list[Entity]:
    wanted = context.selected_asset_keys
    chosen = [e for e in ENTITIES.values() if wanted & set(all_raw_keys([e]))]
    return extraction.only_due(run, chosen) if context.job_name == SYNC_DUE else chosen


def _worth_telling(
    context: dg.AssetExecutionContext, session: Session
) -> AbstractSet[dg.AssetKey]:
    """What the step says it has made.

    All of it, so that what stands on it is built; or, when there is nothing to build,
    only what moves all day: Dagster then skips the steps after this one.
    """
    builds = AS_OF in context.job_def.asset_layer.selected_asset_keys
    current = fingerprint(session.settings)
    if not (builds and nothing_to_build(session.sync, fingerprint=current)):
        return set(context.selected_asset_keys)
    session.ledger.stopped_early = True
    return {raw_key(one.name) for one in ENTITIES.values() if one.tier is Tier.HOT}


def _in_order(keys: AbstractSet[dg.AssetKey]) -> list[dg.AssetKey]:
    """Parents before their children, tables before their lists."""
    return [key for key in all_raw_keys() if key in keys]


def _is_checked(
    entity: Entity, context: dg.AssetExecutionContext, session: Session
) -> bool:
    """What brought something; in the nightly job everything."""
    if raw_key(entity.name) not in context.selected_asset_keys:
        return False
    tally = session.sync.tally(entity.name)
    return context.job_name == SYNC_ALL or tally.has_news


def _said_by_dlt(
    context: dg.AssetExecutionContext,
    dlt: DagsterDltResource,
    key: dg.AssetKey,
    loads: Sequence[Loaded],
) -> Mapping[str, Any]:
    for one in loads:
        resource = one.source.resources.get(key.path[-1])
        if resource:
            pipeline = cast("Pipeline", one.info.pipeline)
            with warnings.catch_warnings():
                # dagster-dlt still calls what dlt has renamed.
                warnings.simplefilter("ignore", DltDeprecationWarning)
                return dlt.extract_resource_metadata(
                    context, resource, one.info, pipeline
                )
    return {}


def _result(
    key: dg.AssetKey, said: Mapping[str, Any], session: Session
) -> dg.MaterializeResult[None]:
    metadata = dict(said)
    tally = session.sync.tallies.get(key.path[-1])
    if tally:
        metadata |= {
            "status": tally.status,
            "rows_read": tally.rows_read,
            "rows_new": tally.rows_new,
            "rows_changed": tally.rows_changed,
            "cpu_seconds": round(tally.cpu_seconds, 3),
            "note": tally.note,
        }
    return dg.MaterializeResult(asset_key=key, metadata=metadata)


def _specs(entity: Entity) -> list[dg.AssetSpec]:
    main, *child_tables = raw_tables(entity)
    deps = [endpoint_key(entity)]
    if entity.parent:
        deps.append(raw_key(entity.parent))
    return [
        _spec(main, deps, entity, fresh=_HOT if entity.tier is Tier.HOT else _NIGHTLY),
        *(
            _spec(table, [raw_key(main)], entity, fresh=_NIGHTLY)
            for table in child_tables
        ),
    ]


def _spec(
    table: str,
    deps: list[dg.AssetKey],
    entity: Entity,
    *,
    fresh: dg.FreshnessPolicy,
) -> dg.AssetSpec:
    return dg.AssetSpec(
        raw_key(table),
        deps=deps,
        group_name=RAW_SCHEMA,
        description=f"{entity.title}, as received.",
        freshness_policy=fresh,
        skippable=True,
        kinds={"dlt", "duckdb"},
    )
