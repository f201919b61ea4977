"""The semantic manifest as plain JSON: read, pointed at a catalog, narrowed to days.

dbt names relations by the file it wrote to; the published copy has another name, so
the catalog is taken off. Snapshot measures (those with a ``non_additive_dimension``)
get the filter that picks the last day of each period. What the JSON means is
``compiler``'s business.
"""

import copy
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.metrics.errors import MetricError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods that a snapshot is asked for: its last day, or the last one known.

    Attributes:
        grain: day, week, month, quarter or year; None for one figure in all.
        last_day: the last day asked for; periods after it are cut there.
    """

    grain: str | None
    last_day: date


@dataclass(frozen=True, slots=True)
class Manifest:
    """One semantic manifest; ``key`` changes with every byte of it."""

    raw: Json
    key: str

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Read the file that dbt wrote.

        Raises:
            MetricError: the file is not there, or is not JSON.
        """
        try:
            return cls.of(json.loads(path.read_bytes()))
        except FileNotFoundError:
            raise MetricError(
                f"There is no {path} yet; `cwp run` publishes the definitions of KPIs."
            ) from None
        except ValueError:
            raise MetricError(
                f"{path} is not readable JSON; `cwp run` publishes it again."
            ) from None

    @classmethod
    def of(cls, raw: Json) -> "Manifest":
        """A manifest whose relations name no catalog."""
        raw = copy.deepcopy(raw)
        for node in _relations(raw):
            schema, alias = node["schema_name"], node["alias"]
            node["database"] = None
            node["relation_name"] = f'"{schema}"."{alias}"'
        text = json.dumps(raw, sort_keys=True)
        return cls(raw, hashlib.sha256(text.encode()).hexdigest())

    @property
    def metrics(self) -> Mapping[str, Json]:
        """Metrics by name, in the manifest's order."""
        return {metric["name"]: metric for metric in self.raw["metrics"]}

    def with_metrics(self, added: Iterable[Json]) -> "Manifest":
        """The same manifest with more metrics."""
        return Manifest.of(self.raw | {"metrics": [*self.raw["metrics"], *added]})

    def narrowed(self, periods: Periods) -> "Manifest":
        """The same manifest, whose snapshot metrics see only ends of periods."""
        filters = _snapshot_filters(self.raw, periods)
        metrics = [_filtered(metric, filters) for metric in self.raw["metrics"]]
        models = [_additive(model) for model in self.raw["semantic_models"]]
        raw = self.raw | {"metrics": metrics, "semantic_models": models}
        return Manifest(raw, f"{self.key} {periods.grain} {periods.last_day}")


def measures_of(raw: Json) -> Iterator[tuple[Json, Json]]:
    """Every semantic model with each of its measures."""
    for model in raw["semantic_models"]:
        for measure in model["measures"]:
            yield model, measure


def _relations(raw: Json) -> Iterator[Json]:
    for model in raw["semantic_models"]:
        yield model["node_relation"]
    settings = raw["project_configuration"]
    for spine in settings.get("time_spines") or ():
        yield spine["node_relation"]


def _snapshot_filters(raw: Json, periods: Periods) -> Mapping[str, str]:
    return {
        measure["name"]: _last_of_period(model, measure, periods)
        for model, measure in measures_of(raw)
        if measure.get("non_additive_dimension")
    }


def _last_of_period(model: Json, measure: Json, periods: Periods) -> str:
    """True for the last row of its period, and for the last one asked for."""
    name = measure["non_additive_dimension"]["name"]
    dimension = next(one for one in model["dimensions"] if one["name"] == name)
    native = dimension["type_params"]["time_granularity"]
    day = f"{{{{ TimeDimension('{_entity(model)}__{name}', '{native}') }}}}"
    is_last = f"{day} = date_trunc('{native}', date '{periods.last_day}')"
    if periods.grain is None:
        return is_last
    following = f"date_trunc('{periods.grain}', {day} + interval '1' {native})"
    ends = f"{following} <> date_trunc('{periods.grain}', {day})"
    return f"({day} <= date '{periods.last_day}' and ({ends} or {is_last}))"


def _additive(model: Json) -> Json:
    """The filter has picked the days, so MetricFlow need not join them again."""
    measures = [m | {"non_additive_dimension": None} for m in model["measures"]]
    return model | {"measures": measures}


def _entity(model: Json) -> str:
    if model.get("primary_entity"):
        return str(model["primary_entity"])
    return next(str(e["name"]) for e in model["entities"] if e["type"] == "primary")


def _filtered(metric: Json, filters: Mapping[str, str]) -> Json:
    measure = str((metric["type_params"].get("measure") or {}).get("name"))
    if metric["type"] != "simple" or measure not in filters:
        return metric
    has = metric.get("filter") or {"where_filters": []}
    added = {"where_sql_template": filters[measure]}
    return metric | {"filter": {"where_filters": [*has["where_filters"], added]}}
