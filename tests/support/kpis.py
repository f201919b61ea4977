"""Worked examples of KPIs: raw rows in, through staging and marts, the figure out.

``Bench`` holds a copy of the build that an empty tenant gives. An example's rows go in
within a transaction, the models above the KPI's marts run again from the SQL that dbt
compiled, in the order of its graph, the metric is asked, and all is rolled back. dbt
does not start. The format of an example file is told in
``docs/how_to/add_a_kpi.md``.
"""

import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.metrics.conditions import parse_conditions
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.published import today_of
from pipelines.metrics.questions import Question, compile_question
from pipelines.transform.project import manifest_path
from pipelines.warehouse.connection import Connection, connect
from tests.support.compiled_models import CompiledModels, Model
from tests.support.mart_world import empty_warehouse
from tests.support.marts import AS_OF, ZONE, raw_tables

Row = dict[str, Any]
EXAMPLES = Path(__file__).parents[1] / "kpis" / "examples"
# Tables and macros from staging that the independent SQL may build on.
INDEPENDENT = EXAMPLES.parent / "independent"
MOST_ROWS = 30
LONG_AGO = date(1950, 1, 1)
_KEYS = {
    "kpi", "source", "rows", "seeds", "as_of", "zone", "query", "expected", "worked",
    "independent",
}  # fmt: skip
_QUERY_KEYS = {"by", "where", "from", "to"}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a KPI is asked in an example."""

    by: tuple[str, ...] = ()
    where: str | None = None
    first: date | None = None
    last: date | None = None

    def question(self, *metrics: str) -> Question:
        """The same as the product's own question."""
        where = parse_conditions(self.where) if self.where else ()
        return Question(metrics, self.by, where, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Example:
    """One file of ``tests/kpis/examples``."""

    path: Path
    kpi: str
    rows: Mapping[str, list[Row]]
    expected: list[Row]
    independent: str
    asked: Asked = field(default_factory=Asked)
    independent_asked: Asked = field(default_factory=Asked)
    seeds: Mapping[str, list[Row]] = field(default_factory=dict)
    as_of: datetime = AS_OF
    zone: str = ZONE

    def __str__(self) -> str:
        return str(self.path.relative_to(EXAMPLES).with_suffix(""))


def examples() -> list[Example]:
    """Every example, by path."""
    return [read(path) for path in sorted(EXAMPLES.rglob("*.yml"))]


def read(path: Path) -> Example:
    """Read one file; what is wrong with it is told with its name."""
    told = yaml.safe_load(path.read_text("utf-8"))
    try:
        return _example(path, told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AssertionError(f"{path.name}: {error}") from error


def _example(path: Path, told: Mapping[str, Any]) -> Example:
    _only(told, _KEYS)
    _only(told["independent"], {"sql", *_QUERY_KEYS})
    for key in ("source", "worked"):
        if not str(told.get(key, "")).strip():
            raise ValueError(f"say {key!r}")
    rows = {table: list(found) for table, found in told["rows"].items()}
    count = sum(map(len, rows.values()))
    if not 0 < count <= MOST_ROWS:
        raise ValueError(f"{count} raw rows; 1 to {MOST_ROWS} are an example")
    return Example(
        path=path,
        kpi=told["kpi"],
        rows=rows,
        expected=list(told["expected"]),
        independent=told["independent"]["sql"],
        asked=_asked(told.get("query") or {}),
        independent_asked=_asked(told["independent"]),
        seeds=told.get("seeds") or {},
        as_of=datetime.fromisoformat(str(told.get("as_of") or AS_OF)),
        zone=told.get("zone") or ZONE,
    )


def _asked(told: Mapping[str, Any]) -> Asked:
    _only(told, {"sql", *_QUERY_KEYS})
    by = told.get("by") or ()
    return Asked(
        by=tuple([by] if isinstance(by, str) else by),
        where=told.get("where"),
        first=told.get("from"),
        last=told.get("to"),
    )


def _only(told: Mapping[str, Any], known: set[str]) -> None:
    if strange := set(told) - known:
        raise ValueError(f"unknown keys {sorted(strange)}; known are {sorted(known)}")


class Bench:
    """A build without rows, on which examples run one after another."""

    def __init__(self, build_file: Path, manifest: Path) -> None:
        self._file = build_file
        self._compiled = CompiledModels(manifest)
        self.metrics = Manifest.read(manifest.with_name("semantic_manifest.json"))
        self._asked: dict[tuple[Question, date], str] = {}

    @property
    def models(self) -> Mapping[str, Model]:
        """Models by dbt's unique id."""
        return self._compiled.by_id

    @cached_property
    def columns(self) -> Mapping[str, frozenset[str]]:
        """Names of columns by the relation of a model."""
        with self.open() as connection:
            found = connection.execute(
                'select format(\'"{}"."{}"."{}"\', database_name, schema_name, '
                "table_name), list(column_name) from duckdb_columns() group by all"
            ).fetchall()
        return {relation: frozenset(names) for relation, names in found}

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """A connection for many examples."""
        with connect(self._file, read_only=False) as connection:
            yield connection

    def answer(self, connection: Connection, example: Example) -> list[Row]:
        """What the KPI says of the example's rows; see ``prepared``."""
        with self.prepared(connection, example) as prepared:
            return prepared.answer()

    @contextmanager
    def prepared(
        self, connection: Connection, example: Example
    ) -> Iterator["Prepared"]:
        """Marts of the example's rows, to ask any definitions; then all is undone.

        Args:
            connection: from ``open``.
            example: whose rows are put in, and taken out again.
        """
        with _filled(connection, example):
            question = example.asked.question(example.kpi)
            today = today_of(connection)
            sql = self._sql_of(question, today)
            marts = _Marts(connection, self._compiled, example, _marts_in(sql))
            yield Prepared(connection, marts, question, today, sql)

    def told(self, connection: Connection, example: Example, sql: str) -> list[Row]:
        """What SQL on marts, their names as ``"marts"."x"``, says of the rows."""
        with _filled(connection, example):
            _Marts(connection, self._compiled, example, _marts_in(sql))
            return rows_of(connection, sql)

    def _sql_of(self, question: Question, today: date) -> str:
        """Many examples and mutants ask the same question."""
        key = question, today
        if key not in self._asked:
            compiled = compile_question(self.metrics, question, today=today)
            self._asked[key] = compiled.sql
        return self._asked[key]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One example's marts and its question."""

    connection: Connection
    marts: "_Marts"
    question: Question
    today: date
    sql: str

    def ask(self, metrics: Manifest) -> list[Row]:
        """What the KPI says by other definitions."""
        compiled = compile_question(metrics, self.question, today=self.today)
        return rows_of(self.connection, compiled.sql)

    def answer(self, replaced: Mapping[str, str] | None = None) -> list[Row]:
        """What the KPI says, where models of some names have other SQL."""
        self.marts.replace(replaced or {})
        return rows_of(self.connection, self.sql)


class _Marts:
    """The marts that a question reads, built of one example's rows."""

    def __init__(
        self,
        connection: Connection,
        compiled: CompiledModels,
        example: Example,
        marts: Iterable[str],
    ) -> None:
        self._connection, self._example = connection, example
        self._compiled = compiled
        self._ordered = tuple(compiled.in_order(marts))
        self._replaced: Mapping[str, str] = {}
        filled = {*example.rows, *example.seeds}
        if (example.as_of, example.zone) != (AS_OF, ZONE):
            filled.add("meta.as_of")
        for model in self._standing_on(filled):
            if model.is_table:
                self._build(model)

    def replace(self, replaced: Mapping[str, str]) -> None:
        """Give models other SQL, take back what was given before, and build again."""
        names = {*replaced, *self._replaced}
        self._replaced = replaced
        for model in self._standing_on(names):
            if model.is_table or model.name in names:
                self._build(model)

    def _standing_on(self, names: Collection[str]) -> Iterator[Model]:
        """The models of these names, and those below any table of these names."""
        reached: set[str] = set()
        for key in self._ordered:
            model = self._compiled.by_id.get(key)
            above = model.above if model else ()
            is_named = not set(names).isdisjoint(self._compiled.names[key])
            if is_named or reached.intersection(above):
                reached.add(key)
                if model:
                    yield model

    def _build(self, model: Model) -> None:
        sql = self._replaced.get(model.name, model.sql)
        history = f"history.{model.name}"
        if not model.is_table:
            self._connection.execute(
                f"create or replace view {model.relation} as {sql}"
            )
        elif history in self._example.rows:
            # To what an example says history knows, the build only adds.
            self._connection.execute(f"delete from {model.relation}")
            _insert_all(self._connection, self._example, history)
            model.add(self._connection, sql)
        else:
            model.rebuild(self._connection, sql)


def bench(factory: pytest.TempPathFactory) -> Bench:
    """A bench of this worker's own, copied from the build that all share."""
    built = empty_warehouse(factory).settings
    folder = factory.mktemp("kpis")
    # The compiled SQL names the catalog, which is the file's name.
    copy = folder / built.warehouse.build_file.name
    shutil.copyfile(built.warehouse.build_file, copy)
    return Bench(copy, manifest_path(built))


@contextmanager
def _filled(connection: Connection, example: Example) -> Iterator[None]:
    connection.execute("begin")
    try:
        connection.execute(
            "create or replace table meta.as_of as select "
            "cast(? as timestamptz) as as_of, ? as reporting_time_zone",
            [example.as_of.isoformat(), example.zone],
        )
        for table in example.rows:
            _insert_all(connection, example, table)
        for seed, rows in example.seeds.items():
            connection.execute(f'delete from staging."{seed}"')
            for row in rows:
                _insert_row(connection, f'staging."{seed}"', row)
        yield
    finally:
        connection.execute("rollback")


def _marts_in(sql: str) -> list[str]:
    return re.findall(r'"marts"\."(\w+)"', sql)


def rows_of(connection: Connection, sql: str) -> list[Row]:
    """Rows of a query by column name, with figures as plain numbers."""
    result = connection.execute(sql)
    names = [column[0] for column in result.description or ()]
    return [
        {n: _plain(v) for n, v in zip(names, row, strict=True)}
        for row in result.fetchall()
    ]


@contextmanager
def open_for_independent_sql(build_file: Path) -> Iterator[Connection]:
    """A build file with what the independent SQL stands on, worked out once."""
    with connect(build_file) as connection:
        for path in sorted(INDEPENDENT.glob("*.sql")):
            connection.execute(path.read_text("utf-8"))
        yield connection


def independent_answer(connection: Connection, example: Example) -> list[Row]:
    """What the example's own SQL says, asked of ``open_for_independent_sql``."""
    return rows_of(connection, example.independent)


def figure_of_nothing(connection: Connection, metrics: Manifest, kpi: str) -> Any:
    """What a KPI says of a time before all data: nothing, or 0 of something."""
    question = Question((kpi,), last_day=LONG_AGO)
    compiled = compile_question(metrics, question, today=LONG_AGO)
    found = rows_of(connection, compiled.sql)
    return found[0][kpi] if found else None


def same(found: list[Row], expected: list[Row], *, kpi: str) -> str | None:
    """What differs, in words; None if nothing does. The order does not matter."""
    names = {frozenset(row) for row in [*found, *expected]}
    if len(names) > 1:
        return f"columns differ: {sorted(map(sorted, names))}"
    left, right = _by_key(found, kpi), _by_key(expected, kpi)
    if len(left) < len(found) or len(right) < len(expected):
        return "two rows of one key"
    lines = [
        f"{_key_text(key)}: {left.get(key, 'no row')} instead of "
        f"{right.get(key, 'no row')}"
        for key in sorted({*left, *right}, key=str)
        if not _equal(left.get(key, "no row"), right.get(key, "no row"))
    ]
    return "\n".join(lines[:10]) or None


def _by_key(rows: list[Row], kpi: str) -> dict[tuple[tuple[str, str], ...], Any]:
    return {
        tuple(sorted((k, str(v)) for k, v in row.items() if k != kpi)): row.get(kpi)
        for row in rows
    }


def _key_text(key: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in key) or "in all"


def _equal(found: Any, expected: Any) -> bool:
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return bool(found == pytest.approx(expected, rel=1e-6, abs=1e-6))
    return bool(found == expected)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.date()
    return value


def _insert_all(connection: Connection, example: Example, table: str) -> None:
    """Sparse rows; ``schema.table`` names a table that is not raw."""
    rows, as_of = example.rows[table], example.as_of
    if "." in table:
        for row in rows:
            _insert_row(connection, table, row)
        return
    assert table in raw_tables(), f"there is no raw table {table}"
    columns = raw_tables()[table]
    for row in rows:
        if strange := set(row) - set(columns):
            raise AssertionError(f"{table} has no column {sorted(strange)}")
        kept = {"_synced_at": as_of.isoformat()} if "_synced_at" in columns else {}
        _insert_row(connection, f'connectwise_raw."{table}"', kept | row)


def _insert_row(connection: Connection, relation: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    values = [v.isoformat() if isinstance(v, date) else v for v in row.values()]
    connection.execute(f"insert into {relation} ({names}) values ({marks})", values)
