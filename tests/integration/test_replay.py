"""Raw tables come back from kept pages, row by row; what is gone is refused."""

import shutil
from datetime import timedelta

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.errors import IngestError
from pipelines.ingest.landing import expire, kept_loads
from pipelines.ingest.replay import Replayed, Selection, replay
from pipelines.orchestration.session import writer_lock
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.sandbox import contact, make_world, ticket
from tests.support.warehouses import extract, settings_in, tenant_of

NOW = SandboxOptions().now
DAYS = (NOW, NOW + timedelta(days=1), NOW + timedelta(days=2))
EVERYTHING = Selection()


@pytest.fixture(scope="module")
def synced(tmp_path_factory) -> Settings:
    """Three days of a small tenant: records come, change, lose lists, change back."""
    folder = tmp_path_factory.mktemp("replay")
    with make_world(folder / "world.sqlite") as store:
        read(store, folder, day=0)
        change(store, 1, [ticket(7, summary="Renamed"), ticket(61)])
        lists = {"types": [], "communicationItems": []}
        update(store, "contacts", contact(1, "kim@example.com", "1") | lists, day=1)
        read(store, folder, day=1)
        change(store, 2, [ticket(7), ticket(8, summary="Grüße 🖨️"), ticket(62)])
        read(store, folder, day=2)
    return settings_in(folder / "warehouse")


@pytest.fixture
def settings(synced, tmp_path) -> Settings:
    """A copy that a test may harm."""
    shutil.copytree(synced.warehouse.dir, tmp_path / "warehouse")
    return settings_in(tmp_path / "warehouse")


def update(store: Store, entity: str, record: dict, *, day: int) -> None:
    moment = f"{DAYS[day] - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    info = {**record["_info"], "lastUpdated": moment}
    store.put(ENTITIES[entity].path, {**record, "_info": info})


def change(store: Store, day: int, tickets: list[dict]) -> None:
    for one in tickets:
        update(store, "service_tickets", one, day=day)


def read(store: Store, folder, *, day: int) -> None:
    options = SandboxOptions(now=DAYS[day])
    with tenant_of(store, folder / "warehouse", options=options) as settings:
        extract(settings)


def replayed(settings: Settings, selection: Selection = EVERYTHING) -> Replayed:
    with writer_lock(settings):
        return replay(settings, selection)


def raw(settings: Settings) -> dict[str, list]:
    """Every raw row with every column but the row ids that dlt draws by lot."""
    tables = """
        select table_name from information_schema.tables
        where table_schema = 'connectwise_raw'
        and (table_name = '_deletions' or not starts_with(table_name, '_'))
    """
    with connect(settings.warehouse.build_file) as connection:
        names = [name for (name,) in connection.execute(tables).fetchall()]
        return {
            name: connection.execute(
                f"select * exclude (_dlt_id) from connectwise_raw.{name} order by all"
            ).fetchall()
            for name in names
        }


def harm(settings: Settings, sql: str) -> None:
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute(sql)


def test_a_lost_build_file_comes_back_row_by_row(settings):
    before = raw(settings)
    assert {row[0] for row in before["service_tickets"]} == set(range(1, 63))
    settings.warehouse.build_file.unlink()
    done = replayed(settings)
    assert raw(settings) == before
    assert done.rows["service_tickets"] == 62
    assert done.loads == len(kept_loads(settings.warehouse.landing_dir))


def test_what_was_spoilt_in_the_file_is_mended_in_place(settings):
    before = raw(settings)
    harm(settings, "update connectwise_raw.service_tickets set summary = null")
    harm(settings, "delete from connectwise_raw.contacts__communication_items")
    replayed(settings)
    assert raw(settings) == before


def test_history_is_left_alone(settings):
    harm(settings, "create schema history")
    harm(settings, "create table history.open_ticket_daily as select 7 as ticket_id")
    replayed(settings)
    with connect(settings.warehouse.build_file) as connection:
        kept = connection.execute("from history.open_ticket_daily").fetchall()
    assert kept == [(7,)]


def test_one_load_alone_mends_only_its_own_rows(settings):
    before = raw(settings)["service_tickets"]
    harm(settings, "update connectwise_raw.service_tickets set summary = null")
    first, *_ = kept_loads(settings.warehouse.landing_dir)
    done = replayed(settings, Selection(load_ids=frozenset({first.load_id})))
    after = raw(settings)["service_tickets"]
    same = {row[0] for row in before} & {row[0] for row in set(before) & set(after)}
    assert same == set(range(1, 61)) - {7, 8}
    assert done.rows["service_tickets"] == 58


def test_an_older_load_never_brings_an_older_state_back(settings):
    first, *_ = kept_loads(settings.warehouse.landing_dir)
    before = raw(settings)
    replayed(settings, Selection(load_ids=frozenset({first.load_id})))
    assert raw(settings) == before


def test_rows_whose_pages_are_gone_stop_it_before_anything_is_changed(settings):
    before = raw(settings)
    expire(settings.warehouse.landing_dir, before=DAYS[1])
    with pytest.raises(IngestError, match=r"58 service_tickets.*are not kept any more"):
        replayed(settings)
    assert raw(settings) == before
    harm(settings, "update connectwise_raw.service_tickets set summary = 'spoilt'")
    done = replayed(settings, Selection(keep_older=True))
    spoilt = [row[0] for row in raw(settings)["service_tickets"] if "spoilt" in row]
    assert spoilt == sorted(set(range(1, 61)) - {7, 8})
    assert done.kept["service_tickets"] == 58


def test_an_empty_file_is_not_filled_from_half_a_past_unless_asked_to(settings):
    expire(settings.warehouse.landing_dir, before=DAYS[1])
    settings.warehouse.build_file.unlink()
    with pytest.raises(IngestError, match="Pages up to 2026-03-31 have been removed"):
        replayed(settings)
    done = replayed(settings, Selection(since=DAYS[1].date()))
    assert {row[0] for row in raw(settings)["service_tickets"]} == {7, 8, 61, 62}
    assert done.rows["service_tickets"] == 4


def test_a_page_whose_bytes_are_gone_is_named(settings):
    first, *_ = kept_loads(settings.warehouse.landing_dir)
    (first.folder / "service_tickets.json.zst").unlink()
    with pytest.raises(IngestError, match=r"service_tickets.json.zst has lost pages"):
        replayed(settings)


def test_pages_of_a_load_that_never_completed_are_left_out(settings):
    *_, last = kept_loads(settings.warehouse.landing_dir)
    (last.folder / "loaded").unlink()
    settings.warehouse.build_file.unlink()
    done = replayed(settings)
    assert done.unfinished == (last.load_id,)
    assert 62 not in {row[0] for row in raw(settings)["service_tickets"]}


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (Selection(load_ids=frozenset({"1.5"})), "No page of load 1.5 is kept"),
        (Selection(entities=frozenset({"tickets"})), "no entity 'tickets'"),
        (Selection(since=DAYS[2].date() + timedelta(days=1)), "No page is kept since"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(settings, selection, sentence):
    with pytest.raises(IngestError, match=sentence):
        replayed(settings, selection)


def test_a_run_after_a_replay_goes_on_as_if_nothing_had_happened(tmp_path):
    with make_world(tmp_path / "world.sqlite") as store:
        read(store, tmp_path, day=0)
        settings = settings_in(tmp_path / "warehouse")
        before = raw(settings)
        settings.warehouse.build_file.unlink()
        replayed(settings)
        read(store, tmp_path, day=1)
        assert raw(settings) == before
        change(store, 2, [ticket(9, summary="Later")])
        read(store, tmp_path, day=2)
        assert len(raw(settings)["service_tickets"]) == 60
        assert raw(settings) != before
