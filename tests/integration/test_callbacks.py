"""From a change in ConnectWise to the raw row, over loopback and through every part."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import httpx
import pytest

from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Inbox
from pipelines.connectwise.callbacks.registrar import CallbackRegistrar
from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.errors import AuthenticationError
from pipelines.ingest.closing import close, nothing_to_build
from pipelines.ingest.pipeline import load
from pipelines.ingest.preflight import credentials_of
from pipelines.ingest.presence import EVIDENCE
from pipelines.ingest.source import connectwise_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.hints import hints_job
from pipelines.orchestration.sensors import hint_sensor
from pipelines.orchestration.session import Ledger
from pipelines.orchestration.session import opened as opened_session
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.callbacks.deliveries import Deliveries
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from pipelines.settings import CallbackSettings, Settings
from pipelines.warehouse.connection import connect
from tests.support.api import ROUTE, api_of, hints_of
from tests.support.sandbox import TICKETS, client_of, make_world, ticket
from tests.support.warehouses import expected_rows, raw_rows, settings_in

SERVICE, PROJECT = ENTITIES["service_tickets"], ENTITIES["project_tickets"]


class House:
    """A sandbox, a warehouse that has read it, and Dagster's instance."""

    def __init__(
        self, store: Store, settings: Settings, control: SandboxControl
    ) -> None:
        self.store = store
        self.settings = settings
        self.control = control
        self.ledger = Ledger()

    def leave(self, kind: str, action: str, ids: Any) -> None:
        with opened(self.settings) as database:
            for number in ids:
                Inbox(database).add(
                    message_id=f"{kind}-{action}-{number}",
                    kind=kind,
                    action=action,
                    record_id=number,
                    body_bytes=1,
                    received_at=self.control.clock.now(),
                )

    def react(self, instance: dg.DagsterInstance) -> None:
        """What Dagster does: evaluate the sensor, run what it asks for."""
        context = dg.build_sensor_context(instance=instance)
        request = hint_sensor(self.settings)(context)
        assert isinstance(request, dg.RunRequest), request.skip_message
        self.ledger = Ledger()
        with opened_session(
            self.settings, progress=SilentProgress(), ledger=self.ledger
        ) as session:
            done = hints_job().execute_in_process(
                instance=instance,
                run_config=request.run_config,
                resources={"session": session},
            )
        assert done.success

    def sync(self) -> None:
        """Read service tickets by their window, as a sync does."""
        with opened_session(
            self.settings, progress=SilentProgress(), ledger=Ledger()
        ) as session:
            load(self.settings, connectwise_source(session.sync, [SERVICE]))

    def publish(self) -> None:
        """Let the published copy stand on what the build file holds now."""
        with opened_session(
            self.settings, progress=SilentProgress(), ledger=Ledger()
        ) as session:
            close(session.sync, counts={}, fingerprint="marts")
        warehouse = self.settings.warehouse
        warehouse.published_file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(warehouse.build_file, warehouse.published_file)

    @property
    def is_published(self) -> bool:
        """The next sync of hot tables would find nothing to build."""
        with opened_session(
            self.settings, progress=SilentProgress(), ledger=Ledger()
        ) as session:
            return nothing_to_build(session.sync, fingerprint="marts")

    def calls(self) -> Counter[str]:
        return Counter(self.ledger.calls.events)


@pytest.fixture
def instance(tmp_path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as one:
        yield one


@contextmanager
def house_on(store: Store, folder: Path) -> Iterator[House]:
    control = SandboxControl(deliveries=Deliveries(sleep=lambda _: None))
    with serving(store, control=control) as endpoint:
        settings = pointed_at(settings_in(folder / "warehouse"), endpoint)
        yield House(store, settings, control)


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    with (
        make_world(tmp_path / "world.sqlite") as store,
        house_on(store, tmp_path) as one,
    ):
        yield one


def test_a_change_reaches_the_raw_table(house, instance):
    house.leave("ticket", "updated", range(1, TICKETS + 1))
    house.react(instance)
    credentials, base_url = credentials_of(house.settings.tenant)
    with api_of(house.settings) as api:
        url = f"{str(api.base_url).rstrip('/')}{ROUTE}?recordId="
        with CallbackRegistrar(credentials, base_url) as registrar:
            assert registrar.register("ticket", url)
        patch_summary(house, 7, "Printer on fire")
        assert house.control.callbacks.deliveries.wait_until_sent()
        assert [d.statuses for d in house.control.callbacks.deliveries.done] == [(204,)]
    [hint] = hints_of(house.settings)
    assert (hint.type, hint.action, hint.record_id) == ("ticket", "updated", 7)

    house.react(instance)

    assert raw_rows(house.settings, SERVICE) == expected_rows(house.store, SERVICE)
    assert raw_rows(house.settings, SERVICE)[7]["summary"] == "Printer on fire"
    assert hints_of(house.settings) == []
    tally = house.ledger.sync.tallies["service_tickets"]
    assert (tally.rows_read, tally.rows_changed) == (1, 1)


def patch_summary(house: House, number: int, text: str) -> None:
    operation = {"op": "replace", "path": "summary", "value": text}
    with client_of(endpoint_of(house.settings)) as client:
        answer: httpx.Response = client.patch(
            f"/service/tickets/{number}", json=[operation]
        )
    assert answer.status_code == 200, answer.text


def endpoint_of(settings: Settings) -> Any:
    from pipelines.sandbox.options import Endpoint

    tenant = settings.tenant
    return Endpoint(
        base_url=tenant.base_url,
        company_id=tenant.company_id,
        public_key=tenant.public_key.get_secret_value(),
        private_key=tenant.private_key.get_secret_value(),
        client_id=tenant.client_id.get_secret_value(),
    )


def test_ten_thousand_tickets_take_at_most_a_hundred_requests(tmp_path, instance):
    ids = range(1, 10_001)
    with (
        Store.create(tmp_path / "world.sqlite") as store,
        house_on(store, tmp_path) as house,
    ):
        store.write(SERVICE.path, (ticket(number) for number in ids if number % 4))
        kind = {"recordType": "ProjectTicket"}
        store.write(PROJECT.path, (ticket(n, **kind) for n in ids if not n % 4))
        house.leave("ticket", "updated", ids)
        house.react(instance)
        assert raw_rows(house.settings, SERVICE) == expected_rows(store, SERVICE)
        assert raw_rows(house.settings, PROJECT) == expected_rows(store, PROJECT)
        assert len(raw_rows(house.settings, SERVICE)) == 7_500
        assert hints_of(house.settings) == []
        assert 0 < house.calls()["request_finished"] <= 100


def test_what_is_not_granted_is_passed_over(house, instance):
    house.control.change(denied_paths=(PROJECT.path,))
    house.leave("ticket", "updated", [7])
    house.react(instance)
    assert house.ledger.sync.tallies["project_tickets"].status == "not granted"
    assert hints_of(house.settings) == []
    assert raw_rows(house.settings, PROJECT) == {}


def test_hints_that_nothing_is_read_for_are_settled(house, instance):
    house.leave("site", "updated", [1])
    house.leave("moon", "deleted", [1])
    house.react(instance)
    assert hints_of(house.settings) == []
    assert house.ledger.sync is not None


def test_windows_stay_where_they_were(house, instance):
    """What a hint reads is no window: the next sync reads what else has changed."""
    house.sync()
    for number in (8, 9):
        patch_summary(house, number, "Changed")
    house.leave("ticket", "updated", [8])
    house.react(instance)
    assert raw_rows(house.settings, SERVICE)[9]["summary"] == "Ticket number 9"
    house.control.advance(minutes=1)
    house.sync()
    assert raw_rows(house.settings, SERVICE) == expected_rows(house.store, SERVICE)


def test_the_next_sync_builds_what_hints_have_brought_and_only_then(house, instance):
    house.sync()
    house.publish()
    assert house.is_published
    house.leave("ticket", "updated", [8])
    house.react(instance)
    assert house.is_published
    patch_summary(house, 8, "Changed")
    house.leave("ticket", "added", [8])
    house.react(instance)
    assert not house.is_published


def deletions(house: House) -> list[tuple[Any, ...]]:
    known = "select 1 from duckdb_tables() where table_name = '_deletions'"
    with connect(house.settings.warehouse.build_file) as connection:
        if not connection.execute(known).fetchall():
            return []
        return connection.execute(
            "select entity, id, evidence, restored_at is null "
            "from connectwise_raw._deletions order by all"
        ).fetchall()


def asked_by_id(house: House) -> int:
    """Requests but for company info and the clock, which every run asks first."""
    return house.calls()["request_finished"] - 2


def test_a_deleted_record_is_proven_gone_and_may_come_back(house, instance):
    house.leave("ticket", "added", range(1, TICKETS + 1))
    house.react(instance)
    gone = next(house.store.records(SERVICE.path))
    house.store.delete(SERVICE.path, 1)
    house.leave("ticket", "deleted", [1])
    house.react(instance)
    assert deletions(house) == [("service_tickets", 1, EVIDENCE, True)]
    assert asked_by_id(house) == 2
    assert 1 in raw_rows(house.settings, SERVICE)

    house.store.write(SERVICE.path, [gone])
    house.leave("ticket", "updated", [1])
    house.react(instance)
    assert deletions(house) == [("service_tickets", 1, EVIDENCE, False)]


def test_a_word_of_deletion_alone_proves_nothing(house, instance):
    house.leave("ticket", "added", [1, 2, 3])
    house.react(instance)
    patch_summary(house, 1, "Still here")
    house.store.delete(SERVICE.path, 2)
    house.control.change(denied_paths=(f"{SERVICE.path}/2", f"{PROJECT.path}/2"))
    house.leave("ticket", "deleted", [1, 2, 99])
    house.react(instance)
    rows = raw_rows(house.settings, SERVICE)
    assert rows[1]["summary"] == "Still here"
    assert set(rows) == {1, 2, 3}
    assert deletions(house) == []


def test_so_many_deletions_are_asked_for_and_no_more(house, instance):
    house.leave("ticket", "added", range(1, TICKETS + 1))
    house.react(instance)
    for number in range(1, TICKETS + 1):
        house.store.delete(SERVICE.path, number)
    house.leave("ticket", "deleted", range(1, TICKETS + 1))
    few = CallbackSettings(delete_checks_per_run=5)
    house.settings = house.settings.model_copy(update={"callbacks": few})
    house.react(instance)
    assert [row[1] for row in deletions(house)] == [1, 2, 3, 4, 5]
    assert asked_by_id(house) == 10
    assert hints_of(house.settings) == []


def test_a_run_that_fails_leaves_its_hints_to_the_next(house, instance):
    house.leave("ticket", "updated", [7])
    house.control.change(private_key="changed")
    with pytest.raises(AuthenticationError):
        house.react(instance)
    assert len(hints_of(house.settings)) == 1
    waits = hint_sensor(house.settings)(dg.build_sensor_context(instance=instance))
    assert "five minutes" in waits.skip_message
    house.control.change(private_key="private")
    with dg.DagsterInstance.ephemeral() as later:
        house.react(later)
    assert hints_of(house.settings) == []
    assert set(raw_rows(house.settings, SERVICE)) == {7}
