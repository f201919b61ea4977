"""Mutants of a KPI: its definition, or the mart that feeds it, with one thing flipped.

SQL is taken apart and put together by sqlglot, never by text. A mart is judged only
where the SQL that sqlglot writes anew, unchanged, still gives the worked answer.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlglot
from sqlglot import exp

from pipelines.metrics.manifest import Json, Manifest, measures_of
from tests.support.kpis import Bench, Model

_TEMPLATE = re.compile(r"\{\{.*?\}\}")
MOST = 12
_MARTS_OF_A_COLUMN = 2
_AGGREGATIONS = {
    "sum": "max", "average": "max", "median": "max", "count_distinct": "count",
    "max": "min", "min": "max", "percentile": "median", "sum_boolean": "max",
}  # fmt: skip
_FLIPS: Mapping[type[exp.Expression], type[exp.Expression]] = {
    exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Div, exp.Div: exp.Mul,
    exp.EQ: exp.NEQ, exp.NEQ: exp.EQ, exp.GT: exp.LTE, exp.LTE: exp.GT,
    exp.LT: exp.GTE, exp.GTE: exp.LT, exp.And: exp.Or, exp.Or: exp.And,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change. Either the definitions differ, or the SQL of a model."""

    kpi: str
    what: str
    metrics: Manifest | None
    replaced: Mapping[str, str] = field(default_factory=dict)
    rewritten: dict[str, str] | None = None


def mutants_of(kpi: str, manifest: Manifest, bench: Bench) -> list[Mutant]:
    """Mutants of one KPI, ``MOST`` at most, in a fixed order.

    Args:
        kpi: the metric.
        manifest: the metric and what it is made of.
        bench: what dbt compiled of the marts.
    """
    found = [
        *_of_metrics(kpi, manifest),
        *_of_measures(kpi, manifest),
        *_of_marts(kpi, manifest, bench),
    ]
    # Evenly from all kinds, so that one long filter does not crowd the others out.
    every = max(1, -(-len(found) // MOST))
    return found[::every]


def flips(sql: str) -> Iterator[tuple[str, str]]:
    """Every way to flip one thing in an expression, with its name."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for index, node in enumerate(tree.walk()):
        for name, flipped in _flipped(node):
            yield name, _with(tree, index, flipped).sql("duckdb")


def _flipped(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    other = _FLIPS.get(type(node))
    if other is not None:
        parts = {"this": node.this.copy(), "expression": node.expression.copy()}
        yield (
            f"{type(node).__name__} to {other.__name__}",
            exp.Paren(this=other(**parts)),
        )
    if isinstance(node, exp.Nullif | exp.Coalesce):
        yield f"no {type(node).__name__}", node.this.copy()
    if isinstance(node, exp.Is):
        yield "Is to Is not", exp.Paren(this=exp.Not(this=node.copy()))
    if isinstance(node, exp.Not):
        yield "no Not", node.this.copy()
    if isinstance(node, exp.Literal) and node.is_number and float(node.this) > 1:
        yield "number doubled", exp.Literal.number(float(node.this) * 2)


def _with(tree: exp.Expression, index: int, fresh: exp.Expression) -> exp.Expression:
    """A copy of the tree whose node of that number is another."""
    twin = tree.copy()
    node = next(one for number, one in enumerate(twin.walk()) if number == index)
    if node is twin:
        return fresh
    node.replace(fresh)
    return twin


def _of_metrics(kpi: str, manifest: Manifest) -> Iterator[Mutant]:
    # A count alone has no row to fill, and an empty divisor is none anyway.
    unfilled = {kpi, *_divisors(manifest)}
    for number, metric in enumerate(manifest.raw["metrics"]):
        is_filled = metric["name"] not in unfilled
        for what, changed in _changed_metrics(metric, is_filled=is_filled):
            metrics = list(manifest.raw["metrics"])
            metrics[number] = changed
            raw = manifest.raw | {"metrics": metrics}
            yield Mutant(kpi, f"{metric['name']}: {what}", Manifest.of(raw))


def _divisors(manifest: Manifest) -> Iterator[str]:
    for metric in manifest.raw["metrics"]:
        expr = metric["type_params"].get("expr")
        for guard in sqlglot.parse_one(expr).find_all(exp.Nullif) if expr else ():
            yield from (column.name for column in guard.find_all(exp.Column))


def _changed_metrics(metric: Json, *, is_filled: bool) -> Iterator[tuple[str, Json]]:
    told = metric["type_params"]
    for what, expr in flips(told["expr"]) if told.get("expr") else ():
        yield what, metric | {"type_params": told | {"expr": expr}}
    for what, filters in _filters(metric):
        yield what, metric | {"filter": filters}
    measure = told.get("measure") or {}
    if is_filled and measure.get("fill_nulls_with") is not None:
        empty = told | {"measure": measure | {"fill_nulls_with": None}}
        yield "no fill of nulls", metric | {"type_params": empty}


def _filters(metric: Json) -> Iterator[tuple[str, Json | None]]:
    """No filter at all; and each filter with one thing flipped."""
    listed = (metric.get("filter") or {}).get("where_filters") or []
    for number, one in enumerate(listed):
        others = [each for at, each in enumerate(listed) if at != number]
        for what, template in _flipped_template(one["where_sql_template"]):
            added = [{"where_sql_template": template}] if template else []
            filters = [*others, *added]
            yield what, {"where_filters": filters} if filters else None


def _flipped_template(template: str) -> Iterator[tuple[str, str | None]]:
    names = list(dict.fromkeys(_TEMPLATE.findall(template)))
    sql = template
    for number, name in enumerate(names):
        sql = sql.replace(name, f"dimension_{number}")
    yield "no filter", None
    parts = list(sqlglot.parse_one(sql, read="duckdb").flatten())
    if isinstance(sqlglot.parse_one(sql, read="duckdb"), exp.And):
        for left_out in range(len(parts)):
            kept = [p.sql("duckdb") for n, p in enumerate(parts) if n != left_out]
            yield (
                f"without {_named(parts[left_out].sql(), names)}",
                _named(" and ".join(kept), names),
            )
    for what, flipped in flips(sql):
        if not what.startswith("And"):
            yield what, _named(flipped, names)


def _named(sql: str, names: list[str]) -> str:
    for number in reversed(range(len(names))):
        sql = sql.replace(f"dimension_{number}", names[number])
    return sql


def _of_measures(kpi: str, manifest: Manifest) -> Iterator[Mutant]:
    used = _measures_used(manifest)
    for at, model in enumerate(manifest.raw["semantic_models"]):
        for number, measure in enumerate(model["measures"]):
            if measure["name"] not in used:
                continue
            for what, changed in _changed_measures(measure):
                raw = copy.deepcopy(manifest.raw)
                raw["semantic_models"][at]["measures"][number] = changed
                yield Mutant(kpi, f"{measure['name']}: {what}", Manifest.of(raw))


def _changed_measures(measure: Json) -> Iterator[tuple[str, Json]]:
    other = _AGGREGATIONS.get(measure["agg"])
    if other:
        changed = measure | {"agg": other, "agg_params": None}
        yield f"{measure['agg']} to {other}", changed
    if measure["non_additive_dimension"]:
        yield "all days of a period", measure | {"non_additive_dimension": None}
    for what, expr in flips(str(measure["expr"] or measure["name"])):
        yield what, measure | {"expr": expr}


def _measures_used(manifest: Manifest) -> set[str]:
    return {
        str(told["name"])
        for metric in manifest.raw["metrics"]
        if (told := metric["type_params"].get("measure"))
    }


def _of_marts(kpi: str, manifest: Manifest, bench: Bench) -> Iterator[Mutant]:
    by_name = {model.name: model for model in bench.models.values()}
    for mart, column in _columns_used(manifest):
        found = (
            _where_computed(by_name[mart], column, bench) if mart in by_name else None
        )
        if found is None:
            continue
        model, tree, index = found
        rewritten = {model.name: tree.sql("duckdb")}
        for what, sql in _mutated(tree, index):
            yield Mutant(
                kpi,
                f"{model.name}.{column}: {what}",
                None,
                replaced={model.name: sql},
                rewritten=rewritten,
            )


def _columns_used(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Columns of marts that the KPI's measures sum and its filters read."""
    used, seen = _measures_used(manifest), set()
    texts = " ".join(
        one["where_sql_template"]
        for metric in manifest.raw["metrics"]
        for one in (metric.get("filter") or {}).get("where_filters", ())
    )
    for model, measure in measures_of(manifest.raw):
        if measure["name"] not in used:
            continue
        mart = model["node_relation"]["alias"]
        tree = sqlglot.parse_one(str(measure["expr"] or measure["name"]), read="duckdb")
        names = [column.name for column in tree.find_all(exp.Column)]
        names += [
            str(dimension["expr"] or dimension["name"])
            for dimension in model["dimensions"]
            if f"__{dimension['name']}'" in texts
        ]
        for name in names:
            if (mart, name) not in seen and name.isidentifier():
                seen.add((mart, name))
                yield mart, name


def _where_computed(
    model: Model, column: str, bench: Bench
) -> tuple[Model, exp.Expression, int] | None:
    """The nearest model in which the column is more than a column."""
    waiting, seen = [model], set()
    while waiting:
        one = waiting.pop(0)
        if one.name in seen:
            continue
        seen.add(one.name)
        tree = _parsed(one.sql)
        for index, node in enumerate(tree.walk() if tree else ()):
            if (
                isinstance(node, exp.Alias)
                and node.alias == column
                and not isinstance(node.this, exp.Column)
                and list(_mutated(tree, index))
            ):
                return one, tree, index
        if tree is None or column not in one.sql:
            continue
        above = [bench.models[key] for key in one.above if key in bench.models]
        # What staging casts is the same for every KPI, and has tests of its own.
        waiting += [each for each in above if not each.name.startswith("stg_")]
    return None


def _parsed(sql: str) -> Any:
    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.ParseError:
        return None


def _mutated(tree: exp.Expression, index: int) -> list[tuple[str, str]]:
    """The first flips of the aliased expression of that number."""
    alias = next(one for number, one in enumerate(tree.walk()) if number == index)
    found = []
    for at, node in enumerate(alias.this.walk()):
        for what, fresh in _flipped(node):
            inner = _with(alias.this, at, fresh)
            again = exp.Alias(this=inner, alias=alias.args["alias"].copy())
            found.append((what, _with(tree, index, again).sql("duckdb")))
            if len(found) == _MARTS_OF_A_COLUMN:
                return found
    return found
