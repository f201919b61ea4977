"""Metrics that people define: checked, and added to the manifest as derived ones.

A formula over metric names and filters in ``--where``'s own form; never SQL. One that
cannot be used is left out with a sentence that names its line, and the others stay.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final

from pipelines.metrics.catalogue import inputs_of
from pipelines.metrics.compiler import dimensions_of
from pipelines.metrics.conditions import parse_conditions, template
from pipelines.metrics.errors import MetricError
from pipelines.metrics.formulas import Formula, parse_formula
from pipelines.metrics.manifest import Json, Manifest
from pipelines.metrics.names import resolve
from pipelines.metrics.user_file import Problem, Written, read_user_file

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME: Final = 60
_MOST_TEXT: Final = 500


def with_users(manifest: Manifest, path: Path) -> tuple[Manifest, tuple[Problem, ...]]:
    """The manifest with the metrics of a file, and what of the file cannot be used."""
    written, problems = read_user_file(path)
    if not written:
        return manifest, tuple(problems)
    adding = _Adding(manifest, path.name, problems)
    adding.add(written)
    return manifest.with_metrics(adding.added.values()), tuple(adding.problems)


@dataclass(slots=True)
class _Adding:
    """Metrics of a file on their way into a manifest."""

    manifest: Manifest
    file: str
    problems: list[Problem]
    added: dict[str, Json] = field(default_factory=dict)

    def add(self, written: list[Written]) -> None:
        usable = dict(self._named(written))
        formulas = dict(self._understood(usable))
        for name in self._in_order(formulas):
            one = usable[name]
            try:
                self.added[name] = self._metric(one, formulas[name])
            except MetricError as error:
                self._refuse(one, str(error))

    def _named(self, written: list[Written]) -> Iterator[tuple[str, Written]]:
        seen: dict[str, int] = {}
        for one in written:
            name = one.texts["name"]
            if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
                self._refuse(one, f"{name[:60]!r} is no name; write it like_this")
            elif name in self.manifest.metrics:
                self._refuse(one, f"{name!r} is the name of a built-in metric")
            elif name in seen:
                self._refuse(one, f"{name!r} is defined in line {seen[name]} already")
            elif any(len(text) > _MOST_TEXT for text in one.texts.values()):
                self._refuse(one, f"a text holds at most {_MOST_TEXT} characters")
            else:
                seen[name] = one.line
                yield name, one

    def _understood(
        self, usable: Mapping[str, Written]
    ) -> Iterator[tuple[str, Formula]]:
        known = [*self.manifest.metrics, *usable]
        for name, one in usable.items():
            try:
                yield name, parse_formula(one.texts["formula"], known)
            except MetricError as error:
                self._refuse(one, str(error))

    def _in_order(self, formulas: Mapping[str, Formula]) -> list[str]:
        """Names, each after those it is made of; whole circles are left out."""
        left = {
            name: [one for one in formula.inputs if one in formulas]
            for name, formula in formulas.items()
        }
        while True:
            try:
                return list(TopologicalSorter(left).static_order())
            except CycleError as error:
                circle = list(dict.fromkeys(error.args[1]))
                told = " and ".join(sorted(circle))
                for name in circle:
                    del left[name]
                    self.problems.append(
                        Problem(name, f"{self.file}: {told} are made of each other")
                    )
                left = {
                    name: [one for one in needs if one in left]
                    for name, needs in left.items()
                }

    def _metric(self, one: Written, formula: Formula) -> Json:
        known = {**self.manifest.metrics, **self.added}
        for needed in formula.inputs:
            if needed not in known:
                raise MetricError(f"it needs {needed!r}, which cannot be used")
        filters = list(self._filters(one, formula))
        return _derived(one, formula, filters)

    def _filters(self, one: Written, formula: Formula) -> Iterator[Json]:
        if not one.filters:
            return
        dimensions = dimensions_of(self.manifest, self._built_in(formula.inputs))
        for line, text in one.filters:
            try:
                for condition in parse_conditions(text):
                    full = resolve(condition.dimension, dimensions)
                    yield {"where_sql_template": template(condition, full)}
            except MetricError as error:
                raise MetricError(f"(filter in line {line}) {error}") from None

    def _built_in(self, names: tuple[str, ...]) -> list[str]:
        """The built-in metrics that these are made of in the end."""
        found: dict[str, None] = {}
        for name in names:
            users = self.added.get(name)
            parts = self._built_in(inputs_of(users)) if users else [name]
            found |= dict.fromkeys(parts)
        return list(found)

    def _refuse(self, one: Written, why: str) -> None:
        text = f"{self.file} line {one.line}: {why.rstrip('.')}."
        self.problems.append(Problem(one.texts["name"], text))


def _derived(one: Written, formula: Formula, filters: list[Json]) -> Json:
    inputs: list[dict[str, Any]] = [
        {"name": name, "filter": {"where_filters": filters} if filters else None}
        for name in formula.inputs
    ]
    texts = one.texts
    meta = {
        "user": True,
        "owner": "you",
        "unit": texts["unit"],
        "better": texts.get("better", "none"),
        "grain": "as its inputs",
        "formula": texts["formula"],
        "filters": [text for _, text in one.filters],
    }
    return {
        "name": texts["name"],
        "label": texts["label"],
        "description": texts.get("description") or texts["formula"],
        "type": "derived",
        "type_params": {"expr": formula.sql, "metrics": inputs},
        "filter": None,
        "config": {"meta": meta},
    }
