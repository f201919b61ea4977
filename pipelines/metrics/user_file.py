"""The file in which people define metrics of their own, read with its line numbers.

Only mappings, lists and plain values are looked at, at the depth where they belong, so
that tags, anchors and nested references mean nothing here. What a formula or a filter
says is ``users``' business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from pipelines.metrics.errors import MetricError

_MOST_BYTES: Final = 262_144
_MOST_METRICS: Final = 200
_TEXTS: Final = ("name", "label", "unit", "formula", "description", "better")
_NEEDED: Final = ("name", "label", "unit", "formula")


@dataclass(frozen=True, slots=True)
class Written:
    """One metric as it is written.

    Attributes:
        line: where it begins.
        texts: its plain values by key.
        filters: its filters, each with its line.
    """

    line: int
    texts: dict[str, str]
    filters: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one metric, or with the whole file."""

    name: str
    text: str


def read_user_file(path: Path) -> tuple[list[Written], list[Problem]]:
    """The metrics of the file, and what of it cannot be used.

    A file that is not there holds no metric.
    """
    if not path.is_file():
        return [], []
    try:
        nodes = _metric_nodes(path)
    except MetricError as error:
        return [], [Problem("", f"{path.name}: {error}")]
    written, problems = [], []
    for node in nodes:
        try:
            written.append(_written(node))
        except MetricError as error:
            problems.append(Problem(_name_in(node), f"{path.name} {error}"))
    return written, problems


def _metric_nodes(path: Path) -> list[yaml.Node]:
    if path.stat().st_size > _MOST_BYTES:
        raise MetricError(f"a file of metrics holds at most {_MOST_BYTES:,} bytes")
    try:
        root = yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
    except UnicodeDecodeError:
        raise MetricError("the file is not UTF-8 text") from None
    except yaml.YAMLError as error:
        raise MetricError(_unreadable(error)) from None
    if root is None:
        return []
    pairs = dict(_pairs(root))
    listed = pairs.pop("metrics", None)
    if pairs or not isinstance(listed, yaml.SequenceNode):
        raise MetricError("the file holds one list, called metrics")
    if len(listed.value) > _MOST_METRICS:
        raise MetricError(f"a file holds at most {_MOST_METRICS} metrics")
    return list(listed.value)


def _written(node: yaml.Node) -> Written:
    texts: dict[str, str] = {}
    filters: tuple[tuple[int, str], ...] = ()
    for key, value in _pairs(node):
        if key == "filters":
            filters = tuple(_filters(value))
        elif key in _TEXTS:
            texts[key] = _plain(value)
        else:
            known = ", ".join((*_TEXTS, "filters"))
            raise MetricError(f"line {_line(value)}: {key!r} is none of {known}")
    for key in _NEEDED:
        if not texts.get(key):
            raise MetricError(f"line {_line(node)}: a metric needs {key!r}")
    return Written(_line(node), texts, filters)


def _filters(node: yaml.Node) -> Iterator[tuple[int, str]]:
    if not isinstance(node, yaml.SequenceNode):
        raise MetricError(f"line {_line(node)}: filters are a list")
    for one in node.value:
        yield _line(one), _plain(one)


def _pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise MetricError(f"line {_line(node)}: keys and values are expected here")
    seen = set()
    for key, value in node.value:
        name = _plain(key)
        if name in seen:
            raise MetricError(f"line {_line(key)}: {name!r} is there twice")
        seen.add(name)
        yield name, value


def _plain(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise MetricError(f"line {_line(node)}: a plain value is expected here")
    return str(node.value).strip()


def _name_in(node: yaml.Node) -> str:
    """The name of a metric that cannot be used otherwise, if it has one."""
    try:
        return next((_plain(value) for key, value in _pairs(node) if key == "name"), "")
    except MetricError:
        return ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _unreadable(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return (
        f"{where}this is not YAML ({getattr(error, 'problem', None) or 'unreadable'})"
    )
