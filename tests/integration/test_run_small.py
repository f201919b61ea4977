"""One run on the small world: every number it shows is the sandbox's own, or a sum."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from pipelines.connectwise import ConnectWiseClient, Query, field
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.preflight import open_client
from pipelines.observability.outcomes import CheckOutcome
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.process import running
from pipelines.sandbox.store import Store
from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import current
from tests.support.small_run import Ask, SmallRun

# Parents whose children are read only where they changed of late.
RECENT_ONLY = {"service_tickets", "project_tickets"}
FLAT = [one for one in ENTITIES.values() if one.has_count and not one.parent]
PER_PARENT = [one for one in ENTITIES.values() if one.has_count and one.parent]


@pytest.fixture(scope="module")
def client(small: SmallRun) -> Iterator[ConnectWiseClient]:
    """The sandbox, asked beside the pipeline."""
    with (
        running(small.world) as endpoint,
        open_client(pointed_at(small.settings, endpoint)) as one,
    ):
        yield one


def number(ask: Ask, sql: str) -> Any:
    (row,) = ask(sql)
    (value,) = row.values()
    return value


def rows_read(small: SmallRun) -> dict[str, tuple[int, int, int]]:
    return {
        one.name: (one.rows_read, one.rows_new, one.rows_changed)
        for one in small.first.entities
    }


def raw_count(small: SmallRun, entity: Entity) -> int:
    with connect(small.settings.warehouse.build_file) as connection:
        sql = f"select count(*) from connectwise_raw.{entity.name}"
        ((count,),) = connection.execute(sql).fetchall()
    return int(count)


def parents_read(client: ConnectWiseClient, ask: Ask, entity: Entity) -> list[int]:
    """Ids of the parents whose children a run reads, asked of the sandbox."""
    parent = ENTITIES[entity.parent or ""]
    query = Query(fields=("id",))
    if parent.name in RECENT_ONLY:
        since = number(ask, "select as_of - interval 3 days from meta.as_of")
        query = Query(fields=("id",), conditions=field("lastUpdated") >= since)
    pages = client.iter_pages(parent.path, query=query, paging=parent.paging)
    return [int(n) for page in pages for n in re.findall(rb'"id":(\d+)', page.content)]


def test_every_entity_is_shown_once(small: SmallRun) -> None:
    assert [one.name for one in small.first.entities] == [
        *(name for name, one in ENTITIES.items() if not one.parent),
        *(name for name, one in ENTITIES.items() if one.parent),
    ]
    assert {one.status for one in small.first.entities} == {"read"}


@pytest.mark.parametrize("entity", FLAT, ids=lambda one: one.name)
def test_a_list_has_as_many_rows_as_the_sandbox_counts(
    entity: Entity, small: SmallRun, client: ConnectWiseClient
) -> None:
    count = client.count(entity.path)
    assert count > 0
    read, new, changed = rows_read(small)[entity.name]
    assert (new, changed) == (count, 0)
    # What the first stage has read may be read again by the second.
    assert count <= read <= 2 * count
    assert raw_count(small, entity) == count


@pytest.mark.parametrize("entity", PER_PARENT, ids=lambda one: one.name)
def test_children_are_as_many_as_the_sandbox_counts_for_the_parents_read(
    entity: Entity, small: SmallRun, client: ConnectWiseClient, ask: Ask
) -> None:
    parents = parents_read(client, ask, entity)
    assert parents
    count = sum(client.count(entity.path.format(parent_id=one)) for one in parents)
    assert rows_read(small)[entity.name] == (count, count, 0)
    assert raw_count(small, entity) == count
    (note,) = (one.note for one in small.first.entities if one.name == entity.name)
    assert note.startswith(f"{len(parents):,} of ")


def test_nothing_is_lost_or_doubled_on_the_way_to_the_marts(
    small: SmallRun, ask: Ask
) -> None:
    read = {name: new for name, (_, new, _) in rows_read(small).items()}
    shown = {table.name: table.rows for table in small.first.marts}
    tickets = read["service_tickets"] + read["project_tickets"]
    assert shown["marts.fct_ticket"] == tickets
    assert shown["marts.fct_time_entry"] == read["time_entries"]
    assert shown["marts.fct_invoice"] == read["invoices"]
    assert shown["marts.fct_schedule_entry"] == read["schedule_entries"]
    dimensions = {
        "dim_agreement": "agreements",
        "dim_board": "boards",
        "dim_company": "companies",
        "dim_member": "members",
        "dim_project": "projects",
    }
    for table, entity in dimensions.items():
        sql = f"select count(*) from marts.{table} where not is_inferred"
        assert number(ask, sql) == read[entity], table


def test_hours_and_money_are_those_of_the_sandboxs_records(
    small: SmallRun, ask: Ask
) -> None:
    with Store(small.world) as store:
        entries = list(store.records("/time/entries"))
        invoices = list(store.records("/finance/invoices"))
    hours = sum(round(Decimal(str(one["actualHours"])), 4) for one in entries)
    total = sum(round(Decimal(str(one["total"])), 4) for one in invoices)
    assert number(ask, "select sum(actual_hours) from marts.fct_time_entry") == hours
    assert number(ask, "select sum(logged_hours) from marts.fct_member_day") == hours
    assert number(ask, "select sum(total_amount) from marts.fct_invoice") == total


def test_the_published_copy_holds_what_the_summary_says(
    small: SmallRun, ask: Ask
) -> None:
    copy = current(small.settings)
    assert copy is not None
    assert copy.path.name in {path.name for path in small.first.files}
    shown = [(table.name, table.rows) for table in small.first.marts]
    assert shown == [
        (f"{schema}.{table}", rows)
        for schema, table, rows in copy.tables
        if schema != "meta"
    ]
    # Nothing has been restated on the first day.
    assert [table for table, rows in shown if not rows] == ["marts.fct_restatement"]
    schemas = "select distinct schema_name from duckdb_tables() order by 1"
    there = [row["schema_name"] for row in ask(schemas)]
    assert there == ["marts", "meta", "reports"]
    assert number(ask, "select count(*) from duckdb_views() where not internal") == 0
    for table, rows in shown:
        file = copy.parquet_dir / f"{table.replace('.', '/')}.parquet"
        assert number(ask, f"select count(*) from '{file}'") == rows, table


def test_the_published_audit_is_the_summarys(small: SmallRun, ask: Ask) -> None:
    first = small.first
    shown = (*first.outcomes_passed, *first.outcomes_warned, *first.outcomes_failed)
    kept = ask(
        "select asset, name, status, severity, failed_rows, message "
        "from meta.check_outcomes"
    )
    assert {CheckOutcome(**row) for row in kept} == set(shown)
    assert len(kept) == len(shown) > 100
    assert first.outcomes_failed == ()
    assert {one.status for one in first.outcomes_warned} == {"warned"}


def test_a_second_run_finds_nothing_new_and_touches_nothing(small: SmallRun) -> None:
    assert not small.first.nothing_new
    assert small.second.nothing_new
    assert small.second.marts == small.second.files == ()
    changes = {(one.rows_new, one.rows_changed) for one in small.second.entities}
    assert changes == {(0, 0)}
    assert small.after_second.tables == small.after_first.tables
    assert len(small.after_first.tables) > 70
    assert small.after_second.published == small.after_first.published


class Addresses(HTMLParser):
    """Collects what a page would fetch or lead to, and its rows' headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.headings = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fetched = {"src", "href", "srcset", "action", "poster", "data", "xlink:href"}
        self.addresses += [value or "" for name, value in attrs if name in fetched]
        self.headings += tag == "th" and ("scope", "row") in attrs


def test_the_report_stands_alone_and_shows_every_project(
    small: SmallRun, ask: Ask
) -> None:
    page_file, csv_file = (
        next(path for path in small.first.files if path.suffix == suffix)
        for suffix in (".html", ".csv")
    )
    projects = number(ask, "select count(*) from reports.rpt_project_status")
    page = page_file.read_text("utf-8")
    found = Addresses(page)
    assert found.headings == projects > 3
    assert [one for one in found.addresses if not one.startswith(("#", "data:"))] == []
    assert not re.search(r"@import|url\(\s*['\"]?(?!#|data:)", page)
    with csv_file.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == projects
