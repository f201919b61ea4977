"""Fixtures of the KPIs' tests: a bench for examples, the small world for the rest."""

from collections.abc import Iterator

import pytest

from pipelines.metrics.published import Published, published
from pipelines.warehouse.connection import Connection, connect
from tests.support.kpis import Bench, bench, open_for_independent_sql
from tests.support.small_run import SmallRun, small_run


@pytest.fixture(scope="session")
def kpi_bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A build without rows, of this worker's own."""
    return bench(tmp_path_factory)


@pytest.fixture(scope="module")
def bench_connection(kpi_bench: Bench) -> Iterator[Connection]:
    with kpi_bench.open() as connection:
        yield connection


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallRun:
    """Two whole runs on the small world; read only."""
    return small_run(tmp_path_factory)


@pytest.fixture(scope="session")
def small_published(small: SmallRun) -> Published:
    """The published copy of the small world."""
    return published(small.settings)


@pytest.fixture(scope="module")
def small_copy(small_published: Published) -> Iterator[Connection]:
    with connect(small_published.database) as connection:
        yield connection


@pytest.fixture(scope="module")
def small_build(small: SmallRun) -> Iterator[Connection]:
    """The build file, whose staging the independent SQL reads."""
    path = small.settings.warehouse.build_file
    with open_for_independent_sql(path) as connection:
        yield connection
