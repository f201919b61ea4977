"""A handful of seeds of the fault campaign; ``make test-faults`` runs all of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.sandbox.options import NamedFault
from pipelines.sandbox.store import Store
from tests.faults import answers, kills, switches, underneath
from tests.faults.outcome import Outcome
from tests.faults.tenant import cut_down
from tests.support.worlds import copy_of

SEEDS = range(1, 6)
# Flat lists, lists by parent, custom fields and lists in records; all is 92 lists.
SECTIONS = ("service", "time", "company")
HIDING = (
    (NamedFault("denied-board", 1), True),
    (NamedFault("shrunken-with-count", 0.1), False),
)


@pytest.fixture(scope="session")
def small_world(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("faults") / "world.sqlite"
    return cut_down(world, target, sections=SECTIONS)


@pytest.fixture
def store(small_world: Path, tmp_path: Path) -> Iterator[Store]:
    with copy_of(small_world, tmp_path / "tenant") as one:
        yield one


@pytest.fixture(scope="session")
def events(small_world: Path, tmp_path_factory: pytest.TempPathFactory) -> kills.Events:
    scratch = tmp_path_factory.mktemp("unharmed")
    return kills.events_of(small_world, scratch)


def assert_survived(outcome: Outcome) -> None:
    assert outcome.injected, "the fault never hit"
    assert outcome.differing == []
    assert outcome.lost == 0
    assert not [said for said in outcome.said if "Traceback" in said]


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_anywhere(seed, store, tmp_path, events):
    kill = kills.killed_first_load if seed % 2 else kills.killed_increment
    assert_survived(kill(store, tmp_path / "warehouse", seed=seed, events=events))


@pytest.mark.parametrize("limit", [100_000, 400_000, 1_000_000])
def test_a_full_disk(limit, store, tmp_path):
    outcome = kills.full_disk(store, tmp_path / "warehouse", limit=limit)
    assert_survived(outcome)
    assert outcome.said[0].startswith("Nothing more can be written")


@pytest.mark.parametrize("kinds", [answers.BROKEN, answers.STORMS], ids=len)
def test_broken_answers(kinds, store, tmp_path):
    folder = tmp_path / "warehouse"
    assert_survived(answers.broken_answers(store, folder, kinds=kinds, seed=1))


def test_whatever_the_documents_leave_open(store, tmp_path):
    names = tuple(switches.SETTINGS)
    outcome = switches.under(store, tmp_path / "warehouse", names=names, seed=1)
    assert outcome.differing == []
    assert outcome.lost == 0


def test_data_that_change_underneath(store, tmp_path):
    outcome = underneath.changing_underneath(store, tmp_path / "warehouse", seed=1)
    assert_survived(outcome)


def test_rows_that_come_late(store, tmp_path):
    assert_survived(underneath.late_rows(store, tmp_path / "warehouse", seed=1))


@pytest.mark.parametrize(("fault", "early"), HIDING, ids=str)
def test_what_hides_for_a_while(fault, early, store, tmp_path):
    outcome = underneath.hidden_for_a_while(
        store, tmp_path / "warehouse", fault=fault, from_the_start=early, seed=1
    )
    assert_survived(outcome)
