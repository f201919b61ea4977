"""A question about metrics, and the SQL that answers it.

``Question`` speaks as people do (``company``, ``month``, days from and to);
``compile_question`` finds MetricFlow's names, writes the filters, picks the last day of
each period for snapshots, and gives the columns their short names back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.metrics.compiler import Request, compile_sql, dimensions_of
from pipelines.metrics.conditions import Condition, template
from pipelines.metrics.errors import MetricError, UnknownNameError
from pipelines.metrics.manifest import Manifest, Periods
from pipelines.metrics.names import (
    GRAINS,
    TIME,
    friendly_names,
    grains_of,
    is_cut,
    nearest,
    resolve,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        metrics: metric names.
        by: dimensions as people call them; at most one of day, week, month, quarter
            and year.
        where: filters; all of them hold.
        first_day: leaves out what is before.
        last_day: leaves out what is after; snapshots show this day.
        limit: most rows.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL whose columns are called as in the question: dimensions, then metrics."""

    sql: str
    columns: tuple[str, ...]


def compile_question(
    manifest: Manifest, question: Question, *, today: date
) -> Compiled:
    """The SQL that answers a question.

    Args:
        manifest: where the metrics are defined.
        question: what is asked.
        today: the last day that the warehouse knows.

    Raises:
        UnknownNameError: a metric or dimension that is not there.
        MetricError: the metrics cannot be asked like that.
    """
    check_metrics(manifest, question.metrics)
    dimensions = dimensions_of(manifest, question.metrics)
    by = [resolve(word, dimensions) for word in question.by]
    where = [
        template(condition, _filterable(condition.dimension, dimensions))
        for condition in question.where
    ]
    periods = Periods(_grain(question), min(question.last_day or today, today))
    request = Request(
        metrics=question.metrics,
        by=tuple(by),
        where=(*where, *_days(question, finest=grains_of(dimensions)[0])),
    )
    inner = compile_sql(manifest.narrowed(periods), request)
    return Compiled(_shaped(question, by, inner), (*question.by, *question.metrics))


def check_metrics(manifest: Manifest, names: tuple[str, ...]) -> None:
    """Every name is a metric.

    Raises:
        UnknownNameError: one is not; the text says what may have been meant.
        MetricError: there is none, or one twice.
    """
    if not names:
        raise MetricError("Name at least one metric; `cwp kpi list` shows them.")
    if len(set(names)) < len(names):
        raise MetricError("A metric is named twice.")
    for name in names:
        if name not in manifest.metrics:
            known = list(manifest.metrics)
            raise UnknownNameError(
                f"There is no metric called {name!r}{nearest(name, known)}"
            )


def group_bys(manifest: Manifest, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """What the metrics are cut by, as people call it."""
    dimensions = dimensions_of(manifest, metrics)
    words = filter(is_cut, friendly_names(dimensions))
    return (*grains_of(dimensions), *sorted(words))


def filters_of(manifest: Manifest, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """What else the metrics may be filtered by."""
    words = friendly_names(dimensions_of(manifest, metrics))
    return tuple(sorted(word for word in words if not is_cut(word)))


def _filterable(word: str, dimensions: list[str]) -> str:
    if word in GRAINS:
        raise MetricError(f"Days are chosen with --from and --to, not by {word!r}.")
    return resolve(word, dimensions)


def _grain(question: Question) -> str | None:
    grains = [word for word in question.by if word in GRAINS]
    if len(grains) > 1:
        raise MetricError(f"Cut by one of {' or '.join(grains)}, not by both.")
    return grains[0] if grains else None


def _days(question: Question, *, finest: str) -> Iterator[str]:
    """From the first day to the last; of what is known by week, whole weeks."""
    first, last = question.first_day, question.last_day
    if first and last and first > last:
        raise MetricError("The first day is after the last one.")
    start = f"{{{{ TimeDimension('{TIME}', '{finest}') }}}}"
    if first:
        yield f"{start} >= date_trunc('{finest}', date '{first}')"
    if last:
        yield f"{start} <= date '{last}'"


def _shaped(question: Question, by: list[str], inner: str) -> str:
    """Short names, days as dates, and no row for things without a day."""
    columns = [
        _column(full, word) for full, word in zip(by, question.by, strict=True)
    ] + [f'"{name}"' for name in question.metrics]
    timed = [full for full in by if full.startswith(f"{TIME}__")]
    kept = f"\nwhere {timed[0]} is not null" if timed else ""
    order = f"\norder by {', '.join(str(n + 1) for n in range(len(by)))}" if by else ""
    limit = f"\nlimit {int(question.limit)}" if question.limit else ""
    listed = ",\n    ".join(columns)
    return f"select\n    {listed}\nfrom (\n{inner}\n) as answer{kept}{order}{limit}"


def _column(full: str, word: str) -> str:
    value = f"cast({full} as date)" if full.startswith(f"{TIME}__") else full
    return f'{value} as "{word}"'
