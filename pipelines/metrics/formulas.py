"""Formulas over metric names, as people write them: ``a / b * 100``.

Python's own parser takes the text apart, and only what is listed here is written anew
as SQL: numbers, names of metrics, + - * / and three functions. Every division by zero
gives nothing. What a formula may be used for is ``users``' business.
"""

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from pipelines.metrics.errors import MetricError
from pipelines.metrics.names import nearest

_MOST_TEXT: Final = 500
_DEEPEST: Final = 20
_LARGEST: Final = 1e12
_FUNCTIONS: Final[Mapping[str, tuple[int, int]]] = {
    "abs": (1, 1),
    "coalesce": (2, 3),
    "round": (1, 2),
}
"""Names and how many arguments; least and greatest pass over nulls, so they are out."""
_SIGNS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_ALLOWED: Final = (
    "a formula holds names of metrics, numbers, + - * /, brackets, abs, coalesce and "
    "round"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was understood.

    Attributes:
        sql: the expression, made of nothing but what is allowed.
        inputs: the metrics in it, each once.
    """

    sql: str
    inputs: tuple[str, ...]


def parse_formula(text: str, known: Collection[str]) -> Formula:
    """Take a formula apart and write it as SQL.

    Raises:
        MetricError: it holds anything else, or a name that is no metric.
    """
    if len(text) > _MOST_TEXT:
        raise MetricError(f"a formula holds at most {_MOST_TEXT} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise MetricError(f"the formula cannot be read; {_ALLOWED}") from None
    writer = _Writer(known)
    sql = writer.write(tree.body, 0)
    if not writer.inputs:
        raise MetricError("the formula names no metric")
    return Formula(sql, tuple(dict.fromkeys(writer.inputs)))


@dataclass(slots=True)
class _Writer:
    """Writes nodes as SQL and notes the metrics it meets."""

    known: Collection[str]
    inputs: list[str] = field(default_factory=list)

    def write(self, node: ast.expr, depth: int) -> str:
        if depth > _DEEPEST:
            raise MetricError("the formula is nested too deep")
        writers: Mapping[type[ast.expr], Callable[..., str]] = {
            ast.BinOp: self._operation,
            ast.UnaryOp: self._negation,
            ast.Constant: self._number,
            ast.Name: self._metric,
            ast.Call: self._call,
        }
        write = writers.get(type(node))
        if write is None:
            raise MetricError(f"{ast.unparse(node)[:40]!r} is not allowed; {_ALLOWED}")
        return write(node, depth + 1)

    def _operation(self, node: ast.BinOp, depth: int) -> str:
        sign = _SIGNS.get(type(node.op))
        if sign is None:
            raise MetricError(f"{ast.unparse(node)[:40]!r} is not allowed; {_ALLOWED}")
        left, right = self.write(node.left, depth), self.write(node.right, depth)
        if sign == "/":
            right = f"nullif(cast({right} as double), 0)"
        return f"({left} {sign} {right})"

    def _negation(self, node: ast.UnaryOp, depth: int) -> str:
        if not isinstance(node.op, ast.USub):
            raise MetricError(f"{ast.unparse(node)[:40]!r} is not allowed; {_ALLOWED}")
        return f"(- {self.write(node.operand, depth)})"

    def _number(self, node: ast.Constant, _depth: int) -> str:
        value = node.value
        if type(value) not in (int, float) or not abs(value) < _LARGEST:  # type: ignore[arg-type]
            raise MetricError(f"{ast.unparse(node)[:40]} is not a number to count with")
        return repr(value)

    def _metric(self, node: ast.Name, _depth: int) -> str:
        if node.id not in self.known:
            end = nearest(node.id, list(self.known)).rstrip(".")
            raise MetricError(f"there is no metric called {node.id!r}{end}")
        self.inputs.append(node.id)
        return node.id

    def _call(self, node: ast.Call, depth: int) -> str:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        least, most = _FUNCTIONS.get(name, (1, 0))
        if node.keywords or not least <= len(node.args) <= most:
            raise MetricError(f"{ast.unparse(node)[:40]!r} is not allowed; {_ALLOWED}")
        return f"{name}({', '.join(self.write(one, depth) for one in node.args)})"
