"""Mutants of a KPI: its definition, or the mart that feeds it, with one thing flipped.

SQL is taken apart and put together by sqlglot, never by text. A mart is judged only
where the SQL that sqlglot writes anew, unchanged, still gives the worked answer.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

from pipelines.metrics.manifest import Json, Manifest, measures_of
from tests.support.compiled_models import Model
from tests.support.kpis import Bench
from tests.support.unseen import (
    COLUMN,
    Use,
    holds_to_one_day,
    is_filled,
    is_filled_in_vain,
    is_in_an_arm_left_out,
    is_never_null,
    is_of_a_type,
)

_TEMPLATE = re.compile(r"\{\{.*?\}\}")
MOST = 12
_MARTS_OF_A_COLUMN = 2
_HALF = 0.5
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
        *_of_metrics(kpi, manifest, bench),
        *_of_measures(kpi, manifest, bench),
        *_of_marts(kpi, manifest, bench),
    ]
    # Evenly from all kinds, so that one long filter does not crowd the others out.
    every = max(1, -(-len(found) // MOST))
    return found[::every]


def flips(sql: str) -> Iterator[tuple[str, str]]:
    """Every way to flip one thing in an expression, with its name."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for number, _, what, flipped in _flipped_within(tree):
        yield what, _with(tree, number, flipped).sql("duckdb")


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
    if (
        isinstance(node, exp.Literal)
        and node.is_number
        and float(node.this) > 1
        and not is_of_a_type(node)
    ):
        yield "number doubled", exp.Literal.number(float(node.this) * 2)


def _with(tree: exp.Expression, index: int, fresh: exp.Expression) -> exp.Expression:
    """A copy of the tree whose node of that number is another."""
    twin = tree.copy()
    node = next(one for number, one in enumerate(twin.walk()) if number == index)
    if node is twin:
        return fresh
    node.replace(fresh)
    return twin


def _of_metrics(kpi: str, manifest: Manifest, bench: Bench) -> Iterator[Mutant]:
    # A count alone has no row to fill, and an empty divisor is none anyway.
    unfilled = {kpi, *_divisors(manifest)}
    for number, metric in enumerate(manifest.raw["metrics"]):
        has_gaps = metric["name"] not in unfilled and _has_gaps(metric, manifest, bench)
        for what, changed in _changed_metrics(metric, is_filled=has_gaps):
            metrics = list(manifest.raw["metrics"])
            metrics[number] = changed
            raw = manifest.raw | {"metrics": metrics}
            yield Mutant(kpi, f"{metric['name']}: {what}", Manifest.of(raw))


def _has_gaps(metric: Json, manifest: Manifest, bench: Bench) -> bool:
    """Whether a metric may be null for a group of which there is a figure all the same.

    It is not where the divisors, without which there is no figure, or else all inputs
    count nothing but rows of the metric's own, and those have values.
    """
    measures = {one["name"]: (model, one) for model, one in measures_of(manifest.raw)}
    simple = {one["name"]: one for one in manifest.raw["metrics"] if _measure_of(one)}
    if metric["name"] not in simple:
        return False
    model, measure = measures[_measure_of(metric) or ""]
    divisors = [simple[name] for name in _divisors(manifest) if name in simple]
    others = divisors or simple.values()
    conditions = set(_conditions(metric))
    return (
        {_rows_of(*measures[_measure_of(one) or ""]) for one in others}
        != {_rows_of(model, measure)}
        or not all(conditions <= set(_conditions(one)) for one in others)
        or not _has_value_in_each_row(model, measure, bench)
    )


def _has_value_in_each_row(model: Json, measure: Json, bench: Bench) -> bool:
    return measure["agg"].startswith("count") or is_never_null(
        sqlglot.parse_one(_expression(measure), read="duckdb"),
        lambda column: _is_filled_column(_mart_of(model), column, bench),
    )


def _rows_of(model: Json, measure: Json) -> tuple[str, str, bool]:
    """What decides, beside filters, into which groups rows fall."""
    day = measure["agg_time_dimension"] or model["defaults"]["agg_time_dimension"]
    return model["name"], day, bool(measure["non_additive_dimension"])


def _is_filled_column(mart: str, column: str, bench: Bench) -> bool:
    found = _where_computed(mart, column, bench)
    return found is not None and any(
        is_filled(node) for node in _alias(*found[1:]).walk()
    )


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
    tree, names = _parsed_template(template)
    yield "no filter", None
    parts = _parts(template)
    for left_out in range(len(parts) if len(parts) > 1 else 0):
        kept = [part for number, part in enumerate(parts) if number != left_out]
        yield f"without {parts[left_out]}", " and ".join(kept)
    for what, flipped in flips(tree.sql("duckdb")):
        if not what.startswith("And"):
            yield what, _named(flipped, names)


def _parts(template: str) -> list[str]:
    """Conditions of a filter that must all be true."""
    tree, names = _parsed_template(template)
    parts = tree.flatten() if isinstance(tree, exp.And) else [tree]
    return [_named(part.sql("duckdb"), names) for part in parts]


def _parsed_template(template: str) -> tuple[exp.Expression, list[str]]:
    names = list(dict.fromkeys(_TEMPLATE.findall(template)))
    sql = template
    for number, name in enumerate(names):
        sql = sql.replace(name, f"dimension_{number}")
    return sqlglot.parse_one(sql, read="duckdb"), names


def _named(sql: str, names: list[str]) -> str:
    for number in reversed(range(len(names))):
        sql = sql.replace(f"dimension_{number}", names[number])
    return sql


def _of_measures(kpi: str, manifest: Manifest, bench: Bench) -> Iterator[Mutant]:
    used = _measures_used(manifest)
    for at, model in enumerate(manifest.raw["semantic_models"]):
        for number, measure in enumerate(model["measures"]):
            if measure["name"] not in used:
                continue
            changes = [*_changed_measures(measure)]
            if measure["non_additive_dimension"] and not _is_of_one_day(
                model, measure, manifest, bench
            ):
                changes.append(_without_levels(measure))
            for what, changed in changes:
                raw = copy.deepcopy(manifest.raw)
                raw["semantic_models"][at]["measures"][number] = changed
                yield Mutant(kpi, f"{measure['name']}: {what}", Manifest.of(raw))


def _changed_measures(measure: Json) -> Iterator[tuple[str, Json]]:
    other = _AGGREGATIONS.get(measure["agg"])
    if other and (measure["agg_params"] or {}).get("percentile") == _HALF:
        other = "max"
    if other:
        changed = measure | {"agg": other, "agg_params": None}
        yield f"{measure['agg']} to {other}", changed
    for what, expr in flips(_expression(measure)):
        yield what, measure | {"expr": expr}


def _without_levels(measure: Json) -> tuple[str, Json]:
    return "all days of a period", measure | {"non_additive_dimension": None}


def _is_of_one_day(
    model: Json, measure: Json, manifest: Manifest, bench: Bench
) -> bool:
    """Whether a filter leaves each metric of the measure one day of its levels."""
    day = measure["non_additive_dimension"]["name"]
    return all(
        any(
            _is_flag_of_one_day(model, dimension, day, bench)
            for flag in filter(_TEMPLATE.fullmatch, _conditions(metric))
            for dimension in model["dimensions"]
            if f"__{dimension['name']}'" in flag
        )
        for metric in manifest.raw["metrics"]
        if _measure_of(metric) == measure["name"]
    )


def _is_flag_of_one_day(model: Json, dimension: Json, day: str, bench: Bench) -> bool:
    column = str(dimension["expr"] or dimension["name"])
    found = _where_computed(_mart_of(model), column, bench)
    return found is not None and holds_to_one_day(_alias(*found[1:]).this, day)


def _conditions(metric: Json) -> Iterator[str]:
    for one in (metric.get("filter") or {}).get("where_filters") or []:
        yield from _parts(one["where_sql_template"])


def _expression(measure: Json) -> str:
    return str(measure["expr"] or measure["name"])


def _mart_of(model: Json) -> str:
    return str(model["node_relation"]["alias"])


def _measure_of(metric: Json) -> str | None:
    told = metric["type_params"].get("measure")
    return str(told["name"]) if told else None


def _measures_used(manifest: Manifest) -> set[str]:
    measures = map(_measure_of, manifest.raw["metrics"])
    return {name for name in measures if name is not None}


def _of_marts(kpi: str, manifest: Manifest, bench: Bench) -> Iterator[Mutant]:
    for (mart, column), uses in _columns_used(manifest).items():
        found = _where_computed(mart, column, bench)
        if found is None:
            continue
        model, tree, index = found
        kept = _values_kept(mart, manifest)
        rewritten = {model.name: tree.sql("duckdb")}
        for what, sql in _mutated(tree, index, uses, kept):
            yield Mutant(
                kpi,
                f"{model.name}.{column}: {what}",
                None,
                replaced={model.name: sql},
                rewritten=rewritten,
            )


def _columns_used(manifest: Manifest) -> dict[tuple[str, str], list[Use]]:
    """Columns of marts that the KPI's measures sum and its filters read."""
    used = _measures_used(manifest)
    found: dict[tuple[str, str], list[Use]] = {}
    for model, measure in measures_of(manifest.raw):
        if measure["name"] not in used:
            continue
        uses = [*_uses_by_measure(measure, manifest), *_uses_by_filter(model, manifest)]
        for column, use in uses:
            if column.isidentifier():
                found.setdefault((_mart_of(model), column), []).append(use)
    return found


def _values_kept(mart: str, manifest: Manifest) -> dict[str, frozenset[str]]:
    """By column of a mart, the values that filters of all its metrics let through."""
    models = {one["name"]: model for model, one in measures_of(manifest.raw)}
    of_mart = [
        dict(filter(None, map(_value_asked, _conditions(metric))))
        for metric in manifest.raw["metrics"]
        if (measure := _measure_of(metric)) and _mart_of(models[measure]) == mart
    ]
    columns = set[str].intersection(*map(set, of_mart)) if of_mart else set()
    return {
        column: frozenset[str]().union(*(one[column] for one in of_mart))
        for column in columns
    }


def _value_asked(condition: str) -> tuple[str, frozenset[str]] | None:
    """Dimension and values of a condition like ``kind = 'new'`` or ``kind in (…)``."""
    tree, (name, *_) = _parsed_template(condition)
    match tree:
        case exp.EQ() if isinstance(tree.expression, exp.Literal):
            values = [tree.expression]
        case exp.In():
            values = tree.expressions
        case _:
            return None
    dimension = name.partition("__")[2].partition("'")[0]
    return dimension, frozenset(one.name for one in values)


def _uses_by_measure(measure: Json, manifest: Manifest) -> Iterator[tuple[str, Use]]:
    divisors = set(_divisors(manifest))
    is_filled = all(
        metric["name"] in divisors
        or metric["type_params"]["measure"].get("fill_nulls_with") == 0
        for metric in manifest.raw["metrics"]
        if _measure_of(metric) == measure["name"]
    )
    null_is = "0" if is_filled and measure["agg"] == "sum" else "null"
    tree = sqlglot.parse_one(_expression(measure), read="duckdb")
    for name in dict.fromkeys(column.name for column in tree.find_all(exp.Column)):
        twin = tree.transform(lambda node, name=name: _renamed(node, name))
        yield name, Use(twin.sql("duckdb"), null_is)


def _renamed(node: exp.Expression, name: str) -> exp.Expression:
    is_it = isinstance(node, exp.Column) and node.name == name
    return exp.column(COLUMN) if is_it else node


def _uses_by_filter(model: Json, manifest: Manifest) -> Iterator[tuple[str, Use]]:
    parts = [part for one in manifest.raw["metrics"] for part in _conditions(one)]
    for dimension in model["dimensions"]:
        read = re.compile(rf"\{{\{{[^}}]*__{dimension['name']}'[^}}]*\}}\}}")
        for part in parts:
            if read.search(part):
                column = str(dimension["expr"] or dimension["name"])
                yield column, Use(read.sub(COLUMN, part), "false")


def _where_computed(
    mart: str, column: str, bench: Bench
) -> tuple[Model, exp.Expression, int] | None:
    """The nearest model in which the column is more than a column."""
    waiting = [model for model in bench.models.values() if model.name == mart]
    seen: set[str] = set()
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
                and any(_flipped_within(node.this))
            ):
                return one, tree, index
        above = [bench.models[key] for key in one.above if key in bench.models]
        # What staging casts is the same for every KPI, and has tests of its own.
        waiting += [
            each
            for each in above
            if not each.name.startswith("stg_")
            and column in bench.columns.get(each.relation, ())
        ]
    return None


@cache
def _parsed(sql: str) -> Any:
    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.ParseError:
        return None


def _mutated(
    tree: exp.Expression,
    index: int,
    uses: list[Use],
    kept: Mapping[str, frozenset[str]],
) -> list[tuple[str, str]]:
    """The first flips of the aliased expression of that number."""
    alias = _alias(tree, index)
    found = []
    for at, node, what, fresh in _flipped_within(alias.this):
        if is_filled_in_vain(node, uses) or is_in_an_arm_left_out(node, kept):
            continue
        inner = _with(alias.this, at, fresh)
        again = exp.Alias(this=inner, alias=alias.args["alias"].copy())
        found.append((what, _with(tree, index, again).sql("duckdb")))
        if len(found) == _MARTS_OF_A_COLUMN:
            break
    return found


def _alias(tree: exp.Expression, index: int) -> exp.Expression:
    return next(one for number, one in enumerate(tree.walk()) if number == index)


def _flipped_within(
    tree: exp.Expression,
) -> Iterator[tuple[int, exp.Expression, str, exp.Expression]]:
    """Flips of each node, with its number."""
    for number, node in enumerate(tree.walk()):
        for what, fresh in _flipped(node):
            yield number, node, what, fresh
