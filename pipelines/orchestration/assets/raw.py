"""Extract and load: one asset per raw table, loaded by dlt in two steps.

Flat lists load in one package, then the children of the parents that are there. Each
step may run for some of its assets only, as the hot job does.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

import dagster as dg
from dagster_dlt import DagsterDltResource
from dlt.common.pipeline import LoadInfo
from dlt.common.warnings import DltDeprecationWarning
from dlt.extract.resource import DltResource
from dlt.pipeline.pipeline import Pipeline

from pipelines.connectwise.entities import ENTITIES, Entity, Tier
from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.ingest.meta import record_surprises
from pipelines.ingest.pipeline import load
from pipelines.ingest.source import children, connectwise_source, flat
from pipelines.orchestration.checks import raw_check_results, raw_check_specs
from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import (
    DELETIONS_KEY,
    all_raw_keys,
    endpoint_key,
    raw_key,
    raw_tables,
)
from pipelines.orchestration.session import Session

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
    """The two extraction steps."""
    return [
        _step("extract_lists", flat(), extra=[_deletions()]),
        _step("extract_children", children(), extra=[]),
    ]


def _step(
    name: str, entities: Sequence[Entity], *, extra: list[dg.AssetSpec]
) -> dg.AssetsDefinition:
    specs = [spec for entity in entities for spec in _specs(entity)] + extra

    def extract(
        context: dg.AssetExecutionContext,
        dlt: DagsterDltResource,
        session: dg.ResourceParam[Session],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        wanted = context.selected_asset_keys
        chosen = [e for e in entities if wanted & set(all_raw_keys([e]))]
        with readable():
            source = connectwise_source(session.sync, chosen)
            loaded = load(session.settings, source)
            record_surprises(session.sync)
        for key in sorted(wanted):
            resource = source.resources.get(key.path[-1])
            said = _said_by_dlt(context, dlt, resource, loaded) if resource else {}
            yield _result(key, said, session)
        with readable():
            checked = [e for e in chosen if raw_key(e.name) in wanted]
            yield from raw_check_results(session, checked)

    return dg.multi_asset(
        name=name,
        specs=specs,
        check_specs=raw_check_specs(entities),
        can_subset=True,
    )(extract)


def _said_by_dlt(
    context: dg.AssetExecutionContext,
    dlt: DagsterDltResource,
    resource: DltResource,
    loaded: LoadInfo,
) -> Mapping[str, Any]:
    pipeline = cast("Pipeline", loaded.pipeline)
    with warnings.catch_warnings():
        # dagster-dlt still calls what dlt has renamed.
        warnings.simplefilter("ignore", DltDeprecationWarning)
        return dlt.extract_resource_metadata(context, resource, loaded, pipeline)


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
        _spec(main, deps, entity),
        *(_spec(table, [raw_key(main)], entity) for table in child_tables),
    ]


def _spec(table: str, deps: list[dg.AssetKey], entity: Entity) -> dg.AssetSpec:
    return dg.AssetSpec(
        raw_key(table),
        deps=deps,
        group_name=RAW_SCHEMA,
        description=f"{entity.title}, as received.",
        freshness_policy=_HOT if entity.tier is Tier.HOT else _NIGHTLY,
        kinds={"dlt", "duckdb"},
    )


def _deletions() -> dg.AssetSpec:
    return dg.AssetSpec(
        DELETIONS_KEY,
        group_name=RAW_SCHEMA,
        description="Records proven to be deleted.",
        kinds={"duckdb"},
    )
