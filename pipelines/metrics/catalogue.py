"""What each metric is: label, population, unit, formula, and where it comes from.

Read from the manifest alone, for lists, pages and footers. ``config.meta`` of a KPI is
written in ``dbt_project/semantic``; a helper only feeds other metrics and is shown when
it is asked for by name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.metrics.manifest import Json, Manifest, measures_of

_TEMPLATE = re.compile(r"\{\{\s*\w+\('(?:\w+__)?(\w+)'(?:,[^)]*)?\)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Definition:
    """One metric as people read it.

    Attributes:
        name: as it is asked for.
        label: as it is shown.
        description: population and formula in words.
        kpi: number in the dictionary of KPIs; None for helpers and users' metrics.
        unit: tickets, percent, hours, …
        better: up, down or none.
        owner: who answers for it.
        grain: one row of what it is computed from.
        aliases: other words for it.
        pitfalls: what to beware of.
        source: marts it is computed from.
        is_helper: only feeds other metrics.
        is_users: defined in the users' file.
    """

    name: str
    label: str
    description: str
    kpi: int | None
    unit: str
    better: str
    owner: str
    grain: str
    aliases: tuple[str, ...]
    pitfalls: str
    source: str
    is_helper: bool
    is_users: bool


def definition(metric: Mapping[str, Any]) -> Definition:
    """What a metric of the manifest says of itself."""
    meta = (metric.get("config") or {}).get("meta") or {}
    return Definition(
        name=metric["name"],
        label=metric.get("label") or metric["name"],
        description=_one_line(metric.get("description")),
        kpi=meta.get("kpi"),
        unit=str(meta.get("unit", "")),
        better=str(meta.get("better", "none")),
        owner=str(meta.get("owner", "")),
        grain=str(meta.get("grain", "")),
        aliases=tuple(meta.get("aliases") or ()),
        pitfalls=_one_line(meta.get("pitfalls")),
        source=_one_line(meta.get("source")),
        is_helper=bool(meta.get("helper")),
        is_users=bool(meta.get("user")),
    )


def definitions(manifest: Manifest) -> list[Definition]:
    """All metrics: KPIs by number, then users' metrics, then helpers."""
    return sorted(map(definition, manifest.metrics.values()), key=_order)


def found(all_of_them: Iterable[Definition], word: str) -> list[Definition]:
    """Those that have the word in name, label, alias or owner."""
    asked = word.lower()
    return [
        one
        for one in all_of_them
        if asked in " ".join((one.name, one.label, one.owner, *one.aliases)).lower()
    ]


def formula(manifest: Manifest, name: str) -> tuple[str, ...]:
    """The metric and everything it is made of, a line each, nearest first."""
    return tuple(
        f"{metric['name']} = {_expression(manifest.raw, metric)}"
        for metric in _with_inputs(manifest.metrics, name)
    )


def marts_of(manifest: Manifest, name: str) -> tuple[str, ...]:
    """The marts that a metric's measures are read from, in order of their names."""
    used = {_measure(one) for one in _with_inputs(manifest.metrics, name)}
    found = {
        f"{model['node_relation']['schema_name']}.{model['node_relation']['alias']}"
        for model, measure in measures_of(manifest.raw)
        if measure["name"] in used
    }
    return tuple(sorted(found))


def inputs_of(metric: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the metrics that a metric is made of."""
    told = metric["type_params"]
    listed = [*(told.get("metrics") or ()), told.get("numerator")]
    listed.append(told.get("denominator"))
    return tuple(dict.fromkeys(str(one["name"]) for one in listed if one))


def _with_inputs(metrics: Mapping[str, Json], name: str) -> Iterator[Json]:
    """A metric, then its inputs level by level, each once."""
    seen: set[str] = set()
    level = [name]
    while level:
        fresh = [one for one in dict.fromkeys(level) if one not in seen]
        seen |= set(fresh)
        yield from (metrics[one] for one in fresh if one in metrics)
        level = [
            needed
            for one in fresh
            if one in metrics
            for needed in inputs_of(metrics[one])
        ]


def _expression(raw: Json, metric: Json) -> str:
    told = metric["type_params"]
    meta = (metric.get("config") or {}).get("meta") or {}
    if meta.get("user"):
        where = " and ".join(meta["filters"])
        return f"{meta['formula']}{f' where {where}' if where else ''}"
    if metric["type"] == "derived":
        text = _one_line(told["expr"])
    elif metric["type"] == "ratio":
        text = f"{told['numerator']['name']} / {told['denominator']['name']}"
    else:
        text = _aggregation(raw, metric)
    filters = [_plain(one) for one in _filters(metric)]
    return f"{text} where {' and '.join(filters)}" if filters else text


def _aggregation(raw: Json, metric: Json) -> str:
    model, measure = next(
        (pair for pair in measures_of(raw) if pair[1]["name"] == _measure(metric)),
    )
    of = measure["expr"] or measure["name"]
    how = measure["agg"]
    if how == "percentile":
        how = f"percentile {measure['agg_params']['percentile']:g}"
    kind = "count of rows" if (how, of) == ("sum", "1") else f"{how} of {of}"
    day = measure.get("agg_time_dimension") or model["defaults"]["agg_time_dimension"]
    when = (
        "at the end of the period" if measure["non_additive_dimension"] else f"by {day}"
    )
    running = "running " if metric["type"] == "cumulative" else ""
    return f"{running}{kind} in {model['node_relation']['alias']} {when}"


def _measure(metric: Json) -> str | None:
    told = metric["type_params"].get("measure")
    return str(told["name"]) if told else None


def _filters(metric: Json) -> list[str]:
    own = (metric.get("filter") or {}).get("where_filters", ())
    measure = metric["type_params"].get("measure") or {}
    of_measure = (measure.get("filter") or {}).get("where_filters", ())
    return [one["where_sql_template"] for one in (*own, *of_measure)]


def _plain(template: str) -> str:
    return _one_line(_TEMPLATE.sub(r"\1", template))


def _order(one: Definition) -> tuple[int, int, str]:
    kind = 2 if one.is_helper else 1 if one.is_users else 0
    return kind, one.kpi or 0, one.name


def _one_line(text: object) -> str:
    return " ".join(str(text or "").split())
