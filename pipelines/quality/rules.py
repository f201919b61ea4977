"""What a suite is made of, without importing Great Expectations.

A suite has frames (a SELECT on the candidate, whose rows become a pandas batch) and
each frame has rules. Comparisons of two columns or with today are done by the
SELECT, as a number that the rule bounds: they then read well in Data Docs and do not
depend on how a data frame compares instants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.observability.outcomes import Severity

Bound = int | float | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation.

    Attributes:
        name: stable and unique within the asset; it names the asset check.
        means: one sentence for people, shown when the rule is broken.
        expectation: class name in ``great_expectations.expectations``.
        arguments: its keyword arguments.
        severity: ``error`` would keep the run from being published.
    """

    name: str
    means: str
    expectation: str
    arguments: dict[str, Any] = field(default_factory=dict)
    severity: Severity = "warn"


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows to look at; ``title`` names the batch in Data Docs."""

    title: str
    sql: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """All rules of one mart; ``asset`` is ``schema.table``."""

    asset: str
    frames: tuple[Frame, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules of every frame, in order."""
        return tuple(rule for frame in self.frames for rule in frame.rules)


def between(
    column: str, minimum: Bound, maximum: Bound, *, means: str, mostly: float = 1.0
) -> Rule:
    """Values lie within the bounds (inclusive); nulls are not looked at."""
    return Rule(
        name=f"{column}_in_range",
        means=means,
        expectation="ExpectColumnValuesToBeBetween",
        arguments={
            "column": column,
            "min_value": minimum,
            "max_value": maximum,
            "mostly": mostly,
        },
    )


def one_of(column: str, values: Sequence[str], *, means: str) -> Rule:
    """Values come from a known set; nulls are not looked at."""
    return Rule(
        name=f"{column}_known",
        means=means,
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": column, "value_set": list(values)},
    )


def filled(column: str, share: float, *, means: str) -> Rule:
    """At least ``share`` (0 to 1) of the rows have a value."""
    return Rule(
        name=f"{column}_filled",
        means=means,
        expectation="ExpectColumnValuesToNotBeNull",
        arguments={"column": column, "mostly": share},
    )
