"""Transform: every dbt model, seed and data test in one dbt process.

dbt tests become asset checks; one of severity ``error`` that fails stops the run
before anything is published.
"""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtCliRuntimeError,
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    dbt_assets,
)

from pipelines.errors import CheckFailedError, TransformError
from pipelines.orchestration.errors import readable
from pipelines.orchestration.session import Session
from pipelines.settings import Settings
from pipelines.transform.building import begin_build, end_build
from pipelines.transform.project import (
    UNIT_TESTS,
    dbt_environment,
    ensure_manifest,
)
from pipelines.transform.results import read_outcomes

PUBLISHED_LAYERS = ("marts", "reports")


class LayerTranslator(DagsterDbtTranslator):
    """Keys are ``[schema, table]``; the group is the schema."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The key of a source, a seed or a model."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        name = dbt_resource_props.get("alias") or dbt_resource_props["name"]
        return dg.AssetKey([dbt_resource_props["schema"], name])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer."""
        return str(dbt_resource_props["schema"])


def mart_assets(settings: Settings) -> dg.AssetsDefinition:
    """The dbt step; parses the project first if its manifest is stale."""
    manifest = json.loads(ensure_manifest(settings).read_text(encoding="utf-8"))

    @dbt_assets(
        name="transform",
        manifest=manifest,
        exclude=UNIT_TESTS,
        dagster_dbt_translator=LayerTranslator(
            # One step writes the clock and all else in meta that models read.
            settings=DagsterDbtTranslatorSettings(
                enable_duplicate_source_asset_keys=True
            )
        ),
    )
    def transform(
        context: dg.AssetExecutionContext,
        dbt: DbtCliResource,
        session: dg.ResourceParam[Session],
    ) -> Iterator[Any]:
        whole = not context.is_subset
        with readable(), _environment(settings):
            invocation = dbt.cli(
                begin_build(settings, whole=whole),
                context=context,
                target_path=settings.warehouse.dbt_target_dir,
            )
            try:
                yield from _shown(invocation.stream(), session)
            except DagsterDbtCliRuntimeError as error:
                session.ledger.outcomes += read_outcomes(settings)
                raise _explained(session, settings) from error
            if whole:
                end_build(settings)
        session.ledger.outcomes += read_outcomes(settings)

    return transform


def published_tables(transform: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """Keys of the tables that are published."""
    return [key for key in sorted(transform.keys) if key.path[0] in PUBLISHED_LAYERS]


def dbt_resource(settings: Settings) -> DbtCliResource:
    """How dagster-dbt finds the project."""
    project = str(settings.dbt_project_dir)
    return DbtCliResource(
        project_dir=project,
        profiles_dir=project,
        dbt_executable=str(Path(sys.executable).with_name("dbt")),
    )


def _shown(events: Iterable[Any], session: Session) -> Iterator[Any]:
    """Pass dbt's events on and count them; dbt's own lines are in its log file."""
    session.progress.start("dbt", None)
    with redirect_stdout(io.StringIO()):
        for event in events:
            session.progress.advance("dbt", 1)
            yield event
    session.progress.finish("dbt", "models and tests")


def _explained(
    session: Session, settings: Settings
) -> TransformError | CheckFailedError:
    broken = [o for o in session.ledger.outcomes if o.status in {"failed", "error"}]
    names = ", ".join(f"{one.asset} {one.name}" for one in broken[:3])
    log: Path = settings.warehouse.dbt_target_dir / "dbt.log"
    if broken:
        return CheckFailedError(
            f"{len(broken)} blocking check(s) failed ({names}); the last published "
            f"copy stays, and {log} has each failing query."
        )
    return TransformError(
        f"dbt could not build the marts; the last published copy stays, and {log} "
        "says why."
    )


@contextmanager
def _environment(settings: Settings) -> Iterator[None]:
    """dagster-dbt hands its own environment to dbt, so ours must be in it."""
    wanted = dbt_environment(settings)
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
