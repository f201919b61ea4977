"""From real marts to what people open: checks, copy, questions, report."""

import shutil
from pathlib import Path

import pytest

from pipelines.quality.specs import suites
from pipelines.reports.builder import build_report
from pipelines.settings import PROJECT_DIR, Settings
from pipelines.transform.descent import mart_columns
from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import publish
from pipelines.warehouse.queries import query
from tests.support.mart_world import worked_warehouse
from tests.support.warehouse_files import settings_in

QUESTIONS = sorted((PROJECT_DIR / "warehouse" / "sql").glob("*.sql"))


@pytest.fixture
def settings(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    built = worked_warehouse(tmp_path_factory)
    made = settings_in(tmp_path)
    shutil.copyfile(built.settings.warehouse.build_file, made.warehouse.build_file)
    return made


def test_every_suite_reads_columns_that_the_marts_have(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    worked = worked_warehouse(tmp_path_factory)
    with connect(settings.warehouse.build_file) as connection:
        for suite in suites(mart_columns(worked.settings)):
            for frame in suite.frames:
                columns = set(query(connection, frame.sql).columns)
                wanted = {str(rule.arguments["column"]) for rule in frame.rules}
                assert wanted <= columns, (suite.asset, frame.title)


def test_every_example_question_has_an_answer(settings: Settings) -> None:
    publish(settings)
    assert len(QUESTIONS) >= 4
    with connect(settings.warehouse.published_file) as connection:
        for question in QUESTIONS:
            text = question.read_text()
            assert text.startswith("-- "), question.name
            assert "current_date" not in text, question.name
            assert len(query(connection, text).columns) > 1, question.name


def test_the_report_is_made_from_what_dbt_built(settings: Settings) -> None:
    copy = publish(settings)
    assert {schema for schema, _, _ in copy.tables} == {"marts", "meta", "reports"}
    rows = {f"{schema}.{table}": count for schema, table, count in copy.tables}
    page, table = build_report(settings, "project_portfolio_status")
    assert (
        page.read_text().count('<th scope="row">') == rows["reports.rpt_project_status"]
    )
    assert table.read_bytes().count(b"\r\n") == (rows["reports.rpt_project_status"] + 1)


def test_what_tables_and_columns_mean_is_published_with_them(
    settings: Settings,
) -> None:
    publish(settings)
    unexplained = (
        "select table_name from duckdb_tables() where comment is null "
        "and schema_name in ('marts', 'reports') "
        "union all select column_name from duckdb_columns() where comment is null "
        "and schema_name in ('marts', 'reports')"
    )
    with connect(settings.warehouse.published_file) as connection:
        assert query(connection, unexplained).empty
