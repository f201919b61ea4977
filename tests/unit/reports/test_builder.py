import csv
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from pipelines.errors import ReportError, WarehouseError
from pipelines.reports.builder import PAGES, build_report
from pipelines.reports.catalogue import CATALOGUE, PROJECT_PORTFOLIO
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import publish
from tests.support.project_rows import some_rows
from tests.support.warehouse_files import fill, settings_in

NAME = PROJECT_PORTFOLIO.name


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_in(tmp_path)
    rows = pd.DataFrame(some_rows()).convert_dtypes()
    with connect(made.warehouse.build_file, read_only=False) as connection:
        connection.execute("create schema reports")
        connection.register("rows", rows)
        connection.execute("create table reports.rpt_project_status as from rows")
    fill(
        made.warehouse.build_file,
        {
            "marts.dim_project": "select range as project_id, "
            "range >= 20 as is_inferred from range(22)",
            "meta.as_of": "select timestamptz '2026-03-31 21:00:00+00' as as_of, "
            "'America/Chicago' as reporting_time_zone",
        },
    )
    return made


def test_both_files_tell_of_the_published_copy(settings: Settings) -> None:
    copy = publish(settings)
    page, table = build_report(settings, NAME)
    assert page.parent == settings.warehouse.reports_dir
    text = page.read_text()
    assert "As of <time" in text
    assert "16:00 CDT (America/Chicago)" in text
    assert "14 projects that were closed earlier are not listed." in text
    assert copy.path.name in text
    lines = list(csv.reader(StringIO(table.read_text("utf-8-sig"), newline="")))
    assert lines[0] == [column.heading for column in PROJECT_PORTFOLIO.columns]
    assert [line[0] for line in lines[1:]] == ["1", "2", "3", "4", "5", "6"]
    assert list(page.parent.glob(".tmp-*")) == []


def test_the_same_copy_gives_the_same_bytes(settings: Settings) -> None:
    publish(settings)
    first = [path.read_bytes() for path in build_report(settings, NAME)]
    assert [path.read_bytes() for path in build_report(settings, NAME)] == first


def test_nothing_published_yet_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(ReportError, match="Nothing is published yet"):
        build_report(settings, NAME)


def test_an_unknown_report_lists_those_there_are(settings: Settings) -> None:
    with pytest.raises(ReportError, match=NAME):
        build_report(settings, "nothing")


def test_a_copy_without_the_table_says_what_is_missing(settings: Settings) -> None:
    fill(settings.warehouse.build_file, {"reports.rpt_project_status": "select 1 as n"})
    publish(settings)
    with pytest.raises(WarehouseError, match=r"rpt_project_status has no column"):
        build_report(settings, NAME)
    assert not settings.warehouse.reports_dir.exists()


def test_every_report_has_a_page() -> None:
    assert set(PAGES) == set(CATALOGUE)
