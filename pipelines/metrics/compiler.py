"""MetricFlow in process: a manifest and a request in, SQL text out.

MetricFlow's engine is no stable API, so this module alone imports it; it takes 1 to 2
seconds to import, hence inside functions. Engines and SQL are cached by the
manifest's key. It sees only names and filters that other modules have written; text
of a person never comes here.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from pipelines.metrics.errors import MetricError
from pipelines.metrics.manifest import Manifest

if TYPE_CHECKING:
    from metricflow.engine.metricflow_engine import MetricFlowEngine

_ENGINES: dict[str, "MetricFlowEngine"] = {}
_LOCK = threading.Lock()
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Request:
    """What MetricFlow is asked, in its own names.

    Attributes:
        metrics: metric names.
        by: names such as ``metric_time__month`` or ``company__company_name``.
        where: filters in MetricFlow's template language.
        limit: most rows.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    limit: int | None = None


def compile_sql(manifest: Manifest, request: Request) -> str:
    """The SQL that answers the request, for DuckDB.

    Raises:
        MetricError: the metrics cannot be cut or filtered like that.
    """
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    asked = MetricFlowQueryRequest.create(
        metric_names=list(request.metrics),
        group_by_names=list(request.by),
        where_constraints=list(request.where) or None,
        order_by_names=list(request.by) or None,
        limit=request.limit,
    )
    try:
        return str(engine_of(manifest).explain(asked).sql_statement.sql)
    except Exception as error:
        raise MetricError(_told(request, error)) from error


def dimensions_of(manifest: Manifest, metrics: Sequence[str]) -> list[str]:
    """Names by which all of the metrics may be cut, one join away at most."""
    found = engine_of(manifest).simple_dimensions_for_metrics(list(metrics))
    return sorted(str(one.dunder_name) for one in found)


def engine_of(manifest: Manifest) -> "MetricFlowEngine":
    """The engine of a manifest; made once.

    Raises:
        MetricError: the manifest contradicts itself.
    """
    with _LOCK:
        if manifest.key not in _ENGINES:
            while len(_ENGINES) >= _KEPT:
                _ENGINES.pop(next(iter(_ENGINES)))
            _ENGINES[manifest.key] = _made(manifest)
        return _ENGINES[manifest.key]


def _made(manifest: Manifest) -> "MetricFlowEngine":
    import json

    from metricflow.engine.metricflow_engine import MetricFlowEngine
    from metricflow_semantics.model.dbt_manifest_parser import (
        parse_manifest_from_dbt_generated_manifest,
    )
    from metricflow_semantics.model.semantic_manifest_lookup import (
        SemanticManifestLookup,
    )

    try:
        parsed = parse_manifest_from_dbt_generated_manifest(json.dumps(manifest.raw))
        return MetricFlowEngine(SemanticManifestLookup(parsed), _renderer())
    except Exception as error:
        raise MetricError(
            f"The semantic manifest cannot be used ({_first_line(error)})."
        ) from error


def _renderer() -> Any:
    """MetricFlow's SqlClient, which renders and refuses to run anything."""
    from metricflow.protocols.sql_client import SqlEngine
    from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

    class Renderer:
        sql_engine_type = SqlEngine.DUCKDB
        sql_plan_renderer = DuckDbSqlPlanRenderer()

        def _refuse(self, *_: object, **__: object) -> NoReturn:
            raise MetricError("MetricFlow compiles here; it never runs SQL.")

        query = execute = dry_run = _refuse

        def close(self) -> None:
            """Nothing is open."""

        def render_bind_parameter_key(self, key: str) -> str:
            return f"${key}"

    return Renderer()


def _told(request: Request, error: Exception) -> str:
    what = ", ".join(request.metrics)
    by = f" by {', '.join(request.by)}" if request.by else ""
    return f"{what}{by} cannot be asked together ({_first_line(error)})."


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".:")
