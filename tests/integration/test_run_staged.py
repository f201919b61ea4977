"""A large first load as ``cwp run`` does it: published, completed, published again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.observability.progress import SilentProgress
from pipelines.observability.summary import RunSummary
from pipelines.orchestration.run import run_once
from pipelines.sandbox.store import Store
from pipelines.settings import DagsterSettings, Settings
from pipelines.warehouse.connection import connect
from tests.faults.tenant import cut_down, tenant
from tests.support.comparison import differing
from tests.support.worlds import copy_of

MARK = "History still loading from before"


@pytest.fixture
def store(world: Path, tmp_path: Path) -> Iterator[Store]:
    small = cut_down(world, tmp_path / "cut" / "world.sqlite")
    with copy_of(small, tmp_path / "tenant") as one:
        yield one


@pytest.fixture
def settings(store: Store, tmp_path: Path) -> Iterator[Settings]:
    with tenant(store, tmp_path / "warehouse") as one:
        small = {"single_stage_records": 100, "first_days": 10}
        yield one.model_copy(
            update={
                "sync": one.sync.model_copy(update=small),
                "dagster": DagsterSettings(home=tmp_path / "dagster_home"),
            }
        )


def page_of(settings: Settings) -> str:
    (page,) = settings.warehouse.reports_dir.rglob("*.html")
    return page.read_text("utf-8")


def tickets(settings: Settings) -> int:
    with connect(settings.warehouse.published_file) as connection:
        sql = "select count(*) from marts.fct_ticket"
        ((count,),) = connection.execute(sql).fetchall()
    return int(count)


def test_the_newest_part_is_published_before_history_and_says_so(settings, store):
    first: list[tuple[RunSummary, str, int]] = []

    def keep(summary: RunSummary) -> None:
        first.append((summary, page_of(settings), tickets(settings)))

    last = run_once(settings, progress=SilentProgress(), staged=keep)
    ((summary, page, count),) = first
    (told,) = (one for one in summary.messages if one.startswith(MARK))
    assert "2026-03-21" in told
    assert "service_tickets" in told
    assert MARK in page
    assert not [o for o in summary.outcomes_warned if o.name.startswith("rows_equal")]
    assert not [one for one in last.messages if one.startswith(MARK)]
    assert MARK not in page_of(settings)
    assert 0 < count < tickets(settings)
    assert differing(settings, store) == []
