"""What every definition of a KPI must have, and that it can be asked as it promises."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import sqlglot
import yaml
from sqlglot import exp

from pipelines.metrics.catalogue import inputs_of
from pipelines.metrics.compiler import dimensions_of
from pipelines.metrics.names import grains_of
from pipelines.metrics.questions import Question, compile_question
from pipelines.settings import PROJECT_DIR
from pipelines.warehouse.connection import Connection
from pipelines.warehouse.publish import current
from tests.support.kpis import Bench, examples, figure_of_nothing

FILES = sorted((PROJECT_DIR / "dbt_project" / "semantic").rglob("*.yml"))
METRICS: list[Mapping[str, Any]] = [
    metric
    for path in FILES
    for metric in yaml.safe_load(path.read_text("utf-8")).get("metrics", ())
]
BY_NAME = {metric["name"]: metric for metric in METRICS}
KPIS = sorted(
    name for name, one in BY_NAME.items() if not one["config"]["meta"].get("helper")
)
ENDINGS = {
    "percent": "_pct", "hours": "_hours", "minutes": "_minutes", "days": "_days",
    "amount": "_amount", "ratio": "_ratio", "index": "_index", "score": "_score",
    "weeks": "_weeks", "units": "_units",
}  # fmt: skip
# A sum of nothing may be 0; a rate or an average of nothing is no figure.
FLOWS = ("_count", "_hours", "_minutes", "_amount")
TODAY = date(2026, 3, 31)


def kpi_metrics() -> list[Mapping[str, Any]]:
    return [BY_NAME[name] for name in KPIS]


def test_dbt_read_every_metric_that_is_written(kpi_bench: Bench) -> None:
    # dbt 1.11 passes over the newer form of metrics without a word.
    assert sorted(kpi_bench.metrics.metrics) == sorted(BY_NAME)
    assert len(BY_NAME) == len(METRICS)


def test_every_file_is_named_after_its_mart() -> None:
    strange = [
        path.name
        for path in FILES
        for model in yaml.safe_load(path.read_text("utf-8"))["semantic_models"]
        if model["model"] != f"ref('{path.stem.removeprefix('sem_')}')"
    ]
    assert strange == []


def test_every_kpi_says_all_there_is_to_say() -> None:
    needed = (
        "kpi",
        "unit",
        "better",
        "owner",
        "grain",
        "aliases",
        "pitfalls",
        "source",
    )
    silent = [
        f"{one['name']}: {key}"
        for one in kpi_metrics()
        for key in needed
        if one["config"]["meta"].get(key) in (None, "", [])
    ]
    silent += [
        f"{one['name']}: {key}"
        for one in kpi_metrics()
        for key in ("label", "description")
        if not one.get(key)
    ]
    assert silent == []
    assert {one["config"]["meta"]["better"] for one in kpi_metrics()} <= {
        "up", "down", "none"
    }  # fmt: skip


def test_every_helper_has_a_unit_and_feeds_something() -> None:
    fed = {name for one in METRICS for name in inputs_of(one_of_lists(one))}
    helpers = [one for one in METRICS if one["config"]["meta"].get("helper")]
    assert [h["name"] for h in helpers if not h["config"]["meta"].get("unit")] == []
    assert [h["name"] for h in helpers if h["name"] not in fed] == []


def one_of_lists(metric: Mapping[str, Any]) -> Mapping[str, Any]:
    """The YAML's short form of inputs, as the manifest's long one."""
    told = metric["type_params"]
    return {
        "type_params": {
            "metrics": [named(one) for one in told.get("metrics") or ()],
            "numerator": named(told.get("numerator")),
            "denominator": named(told.get("denominator")),
        }
    }


def named(one: Any) -> Any:
    return {"name": one} if isinstance(one, str) else one


@pytest.mark.parametrize("name", KPIS)
def test_a_name_ends_with_its_unit(name: str) -> None:
    unit = BY_NAME[name]["config"]["meta"]["unit"]
    assert name.endswith(ENDINGS.get(unit, "_count"))


def test_labels_and_aliases_mean_one_kpi() -> None:
    words = Counter(
        word.lower()
        for one in kpi_metrics()
        for word in {one["label"], *one["config"]["meta"]["aliases"]}
    )
    assert [word for word, count in words.items() if count > 1] == []


def test_every_kpi_has_an_example_and_every_example_a_kpi() -> None:
    assert sorted({one.kpi for one in examples()}) == KPIS


def test_a_running_total_shows_the_last_day_of_a_period() -> None:
    # Its default is the first one.
    wrong = [
        one["name"]
        for one in METRICS
        if one["type"] == "cumulative"
        and (one["type_params"].get("cumulative_type_params") or {}).get("period_agg")
        != "last"
    ]
    assert wrong == []


def test_no_metric_is_made_of_itself() -> None:
    # MetricFlow's own validation lets it pass, and ends in a RecursionError.
    def below(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if name in path:
            yield (*path, name)
            return
        for needed in inputs_of(one_of_lists(BY_NAME[name])):
            yield from below(needed, (*path, name))

    assert [circle for name in BY_NAME for circle in below(name, ())] == []


def expressions() -> list[tuple[str, str]]:
    """Every piece of SQL in the definitions, with where it stands."""
    found = []
    for path in FILES:
        told = yaml.safe_load(path.read_text("utf-8"))
        for model in told["semantic_models"]:
            found += [
                (f"{path.stem} {one['name']}", str(one.get("expr", 1)))
                for part in ("entities", "dimensions", "measures")
                for one in model.get(part, ())
            ]
        for metric in told.get("metrics", ()):
            expr = metric["type_params"].get("expr", 1)
            found.append((f"{path.stem} {metric['name']}", str(expr)))
            text = re.sub(r"\{\{.*?\}\}", "x", str(metric.get("filter", "true")))
            found.append((f"{path.stem} {metric['name']}", text))
    return found


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_expressions_are_portable(dialect: str) -> None:
    # A function that sqlglot does not know under any name belongs in a mart.
    foreign = [
        f"{where}: {sql}"
        for where, sql in dict.fromkeys(expressions())
        if list(sqlglot.parse_one(sql, read=dialect).find_all(exp.Anonymous))
    ]
    assert foreign == []


@pytest.mark.parametrize("name", KPIS)
def test_a_kpi_can_be_asked_by_its_finest_and_coarsest_grain_and_in_all(
    name: str, kpi_bench: Bench, bench_connection: Connection
) -> None:
    grains = grains_of(dimensions_of(kpi_bench.metrics, [name]))
    for grain in (*dict.fromkeys((*grains[:1], *grains[-1:])), None):
        by = (grain,) if grain else ()
        compiled = compile_question(
            kpi_bench.metrics, Question((name,), by), today=TODAY
        )
        bench_connection.execute(f"explain {compiled.sql}")


@pytest.mark.parametrize("name", KPIS)
def test_a_kpi_has_no_figure_of_nothing(
    name: str, kpi_bench: Bench, bench_connection: Connection
) -> None:
    figure = figure_of_nothing(bench_connection, kpi_bench.metrics, name)
    of_nothing = {None, 0} if name.endswith(FLOWS) else {None}
    assert figure in of_nothing


def test_the_published_definitions_are_those_of_the_build(small: Any) -> None:
    shown = current(small.settings)
    assert shown
    assert shown.semantic_manifest
    built = small.settings.warehouse.semantic_manifest_file
    assert shown.semantic_manifest.read_bytes() == built.read_bytes()
