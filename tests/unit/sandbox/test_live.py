"""The world goes on by seed and by the sandbox's clock, and keeps adding up."""

import shutil
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest

from pipelines.sandbox.changes import Editor
from pipelines.sandbox.clock import Clock
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.live import _SHARES, Live, kind_of, running
from pipelines.sandbox.live_events import Events
from pipelines.sandbox.live_invoices import bill
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from tests.support.sandbox import Heard, tiny_world

TICKETS = "/service/tickets"
TIME = "/time/entries"
COVERED = {"invoice", "agreement", "agreementType"}
# Ten minutes before midnight on the east coast.
NOW = datetime(2026, 4, 1, 3, 50, tzinfo=UTC)


@pytest.fixture
def world(tmp_path, tmp_path_factory):
    return shutil.copy(tiny_world(tmp_path_factory), tmp_path / "world.sqlite")


def control_of(**options):
    chosen = SandboxOptions(now=NOW, live_per_minute=60, **options)
    # This clock stands still until it is moved.
    return SandboxControl(chosen, clock=Clock(NOW, elapsed=lambda: 0.0))


def life_of(path, minutes, **options):
    control, heard = control_of(**options), Heard()
    control.listen(heard)
    with Store(path) as store:
        live = Live(store, control)
        for _ in range(minutes):
            control.advance(minutes=1)
            live.catch_up()
        records = {path: list(store.records(path)) for path in store.paths()}
    return live, heard, records


def test_as_many_events_happen_as_the_clock_allows(world):
    control = control_of()
    with Store(world) as store:
        live = Live(store, control)
        live.catch_up()
        assert live.events_made == 0
        control.advance(seconds=2.5)
        live.catch_up()
        assert live.events_made == 2
        assert live.seconds_to_next() == pytest.approx(0.5)


def test_the_same_seed_lives_the_same_life(world, tmp_path):
    again, other = (shutil.copy(world, tmp_path / name) for name in ("2", "3"))
    _, first, records = life_of(world, 3)
    _, second, same = life_of(again, 3)
    _, third, _ = life_of(other, 3, live_seed=8)
    assert first.changes == second.changes != third.changes
    assert records == same


def test_every_change_is_stamped_and_told(world):
    _, heard, records = life_of(world, 5)
    kinds = Counter((kind, action) for kind, _, action in heard.changes)
    assert kinds["ticket", "added"] > 5
    assert kinds["ticketnote", "added"] > 20
    assert kinds["time", "added"] > 10
    stamps = {
        record["_info"]["lastUpdated"]
        for record in records[TICKETS]
        if record["_info"]["lastUpdated"] > "2026-04-01T03:50:00Z"
    }
    assert stamps <= {f"2026-04-01T03:5{minute}:00Z" for minute in range(1, 6)}


def test_hours_of_new_tickets_are_those_of_their_time(world):
    with Store(world) as store:
        before = {ticket["id"] for ticket in store.records(TICKETS)}
    _, _, records = life_of(world, 10)
    hours = Counter()
    for entry in records[TIME]:
        hours[entry.get("ticket", {}).get("id")] += entry.get("actualHours", 0)
    new = [ticket for ticket in records[TICKETS] if ticket["id"] not in before]
    assert any(ticket["actualHours"] for ticket in new)
    for ticket in new:
        assert ticket["actualHours"] == pytest.approx(hours[ticket["id"]])


def test_midnight_brings_invoices_that_equal_their_time(world):
    with Store(world) as store:
        before = {invoice["id"] for invoice in store.records("/finance/invoices")}
    _, heard, records = life_of(world, 12)
    made = [r for r in records["/finance/invoices"] if r["id"] not in before]
    assert made
    for invoice in made:
        entries = [
            entry
            for entry in records[TIME]
            if entry.get("invoice", {}).get("id") == invoice["id"]
        ]
        total = sum(entry["extendedInvoiceAmount"] for entry in entries)
        assert invoice["total"] == invoice["balance"] == pytest.approx(total)
        assert all(entry["invoiceFlag"] for entry in entries)
        assert ("invoice", invoice["id"], "added") in heard.changes


def test_nothing_is_invoiced_twice(world):
    with Store(world) as store:
        editor = Editor(store, control_of())
        invoices = store.records("/finance/invoices")
        billed = {i["company"]["id"] for i in invoices if i["type"] == "Standard"}
        # The last one entered: nothing else is due since.
        *_, entry = (
            entry
            for entry in store.records(TIME)
            if entry["company"]["id"] in billed and entry["actualHours"] > 0
        )
        due = {name: v for name, v in entry.items() if name not in COVERED}
        store.put(TIME, {**due, "billableOption": "Billable"})
        since = entry["dateEntered"]
        assert [bill(editor, since=since), bill(editor, since=since)] == [1, 0]
        newest = max(i["id"] for i in store.records("/finance/invoices"))
        assert store.find(TIME, entry["id"])["invoice"]["id"] == newest


@pytest.fixture
def events(world):
    control, heard = control_of(), Heard()
    control.listen(heard)
    with Store(world) as store:
        editor = Editor(store, control)
        made = Events(editor, seed=1)
        for number in range(10):
            made.make("ticket", number)
        heard.changes.clear()
        yield made, store, control, heard


@pytest.mark.parametrize("kind", [kind for kind, _ in _SHARES])
def test_every_kind_of_event_can_happen_to_a_generated_world(events, kind):
    made, store, control, _ = events
    before = list(store.query("select path, id, body from records order by 1, 2"))
    role = control.options.role
    for number in range(5):
        made.make(kind, number)
    after = list(store.query("select path, id, body from records order by 1, 2"))
    assert (after, control.options.role) != (before, role)


def test_a_closed_ticket_is_closed_in_all_its_fields(events):
    made, store, _, heard = events
    made.make("close", 1)
    kind, number, action = heard.changes[0]
    ticket = store.find(TICKETS, number)
    assert (kind, action, ticket["closedFlag"]) == ("ticket", "updated", True)
    assert ticket["closedDate"] == "2026-04-01T03:50:00Z"


def test_a_conversion_moves_the_ticket(events):
    made, store, _, heard = events
    made.make("conversion", 1)
    number = heard.changes[0][1]
    assert store.find(TICKETS, number) is None
    assert store.find("/project/tickets", number)["phase"]["id"] > 0


def test_a_custom_field_is_on_every_company_and_moves_no_stamp(events):
    made, store, _, _ = events
    before = list(store.records("/company/companies"))
    made.make("custom_field", 1)
    after = list(store.records("/company/companies"))
    shapes = {tuple(f["id"] for f in c["customFields"]) for c in after}
    assert len(shapes) == 1
    assert len(shapes.pop()) == len(before[0]["customFields"]) + 1
    assert [c["_info"] for c in after] == [c["_info"] for c in before]


def test_a_role_comes_and_goes(events):
    made, _, control, _ = events
    made.make("role", 1)
    assert "/system/members" in control.options.role.hidden_fields
    made.make("role", 2)
    assert "/system/members" not in control.options.role.hidden_fields


def test_shares_are_kept():
    kinds = Counter(kind_of(3, number) for number in range(10_000))
    assert set(kinds) == {kind for kind, _ in _SHARES}
    assert 2_700 < kinds["note"] < 3_300


def test_an_empty_world_lives_without_events(tmp_path):
    with Store.create(tmp_path / "empty.sqlite") as store:
        events = Events(Editor(store, control_of()), seed=1)
        for kind, _ in _SHARES:
            events.make(kind, 1)
        assert store.paths() == ()


def test_a_thread_keeps_it_alive(world):
    class Bell:
        rung = threading.Event()

        def on_change(self, *change):
            self.rung.set()

    control = SandboxControl(SandboxOptions(now=NOW, live_per_minute=6_000))
    control.listen(Bell())
    with Store(world) as store, running(store, control):
        assert Bell.rung.wait(30)
