"""The nightly sweep: what counts as deleted, moved, late, and what never does."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.guards import GUARD_CHECK, SHRINK_CHECK
from pipelines.ingest.reconcile import Reconciled, Swept, sentences
from pipelines.sandbox.options import NamedFault, Role
from tests.support.sandbox import make_world, ticket
from tests.support.swept_tenant import PROJECT, SERVICE, STATUSES, Tenant, tenant_in


@pytest.fixture(scope="module")
def synced(tmp_path_factory) -> Path:
    """A tenant's world and its warehouse after the first sync, to be copied."""
    folder = tmp_path_factory.mktemp("synced")
    make_world(folder / "world.sqlite").close()
    with tenant_in(folder) as one:
        one.sync()
    return folder


@pytest.fixture
def tenant(synced, tmp_path) -> Iterator[Tenant]:
    """Synced once."""
    shutil.copytree(synced, tmp_path / "tenant")
    with tenant_in(tmp_path / "tenant") as one:
        yield one


def of(done: Reconciled, entity: str = "service_tickets") -> Swept:
    return next(one for one in done.swept if one.entity.name == entity)


def failed(done: Reconciled, check: str = GUARD_CHECK) -> list[str]:
    return [
        o.message for o in done.outcomes if o.name == check and o.status != "passed"
    ]


def test_a_record_is_deleted_when_two_sweeps_in_a_row_have_missed_it(tenant):
    tenant.store.delete(SERVICE.path, 7)
    tenant.night()
    first = tenant.last.run_id
    assert tenant.deletions() == {}
    tenant.night()
    evidence = f"missing in sweeps {first} and {tenant.last.run_id}"
    assert tenant.deletions() == {("service_tickets", 7): evidence}
    quiet = tenant.night()
    assert list(sentences(quiet.swept)) == [f"Swept 5 lists, {ids_in(quiet)} ids."]
    assert of(quiet).found.missing == frozenset()
    assert len(tenant.deletions()) == 1


def ids_in(done: Reconciled) -> int:
    return sum(len(one.seen.moments) for one in done.swept)


def test_a_record_that_shows_itself_in_between_is_not_deleted(tenant):
    tenant.store.delete(SERVICE.path, 7)
    tenant.night()
    tenant.store.write(SERVICE.path, [ticket(7)])
    tenant.night()
    tenant.store.delete(SERVICE.path, 7)
    tenant.night()
    assert tenant.deletions() == {}


def test_a_deleted_record_that_comes_back_is_restored(tenant):
    for number in (7, 8):
        tenant.store.delete(SERVICE.path, number)
    tenant.night()
    tenant.night()
    assert tenant.deletions().keys() == {("service_tickets", n) for n in (7, 8)}
    tenant.store.write(SERVICE.path, [ticket(7)])
    tenant.night()
    assert tenant.deletions().keys() == {("service_tickets", 8)}
    assert tenant.deletions(standing=False).keys() == {("service_tickets", 7)}
    tenant.store.write(SERVICE.path, [ticket(8)])
    tenant.put(8, ago=timedelta(minutes=1), summary="Here again")
    tenant.sync()
    assert tenant.deletions() == {}


def test_children_go_and_return_with_their_parent(tenant):
    tenant.store.delete(ENTITIES["boards"].path, 1)
    tenant.guard(delete_guard_pct=100)
    tenant.night()
    tenant.night()
    gone = tenant.deletions()
    assert gone.keys() >= {("boards", 1), ("board_statuses", 11)}


def test_a_mass_of_missing_rows_fails_by_name_and_number_and_deletes_nothing(tenant):
    for number in range(1, 13):
        tenant.store.delete(SERVICE.path, number)
    tenant.store.delete(ENTITIES["contacts"].path, 1)
    for _ in range(2):
        (sentence,) = failed(tenant.night())
        assert "12 of 60 service_tickets are missing" in sentence
        assert "CWP_SYNC__DELETE_GUARD_PCT=100" in sentence
        assert tenant.deletions() == {}
    tenant.guard(delete_guard_pct=100)
    assert failed(tenant.night()) == []
    assert len(tenant.deletions()) == 13


def test_a_few_rows_of_a_small_table_pass_the_guard_but_not_all_of_them(tenant):
    for number in range(1, 6):
        tenant.store.delete(SERVICE.path, number)
    assert failed(tenant.night()) == []
    for number in range(6, 61):
        tenant.store.delete(SERVICE.path, number)
    (sentence,) = failed(tenant.night())
    assert "60 of 60 service_tickets" in sentence


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"denied_paths": (SERVICE.path,)}, "not granted"),
        ({"role": Role(denied=(SERVICE.path,))}, "not granted"),
        ({"named_faults": (NamedFault("shrunken", 0.04),)}, "unproven"),
        ({"named_faults": (NamedFault("skipped-rows", 1),)}, "complete"),
    ],
)
def test_what_the_answer_does_not_prove_is_no_deletion(tenant, change, status):
    tenant.control.change(**change)
    for _ in range(2):
        done = tenant.night()
        assert of(done).seen.status == status
    assert tenant.deletions() == {}
    assert tenant.ask("select status from meta.sweeps where entity = 'service_tickets'")


def test_a_level_that_hides_rows_warns_with_both_numbers(tenant):
    tenant.night()
    rows = Role(hidden_rows={SERVICE.path: "id < 11"})
    tenant.control.change(role=rows)
    done = tenant.night()
    (warning,) = failed(done, SHRINK_CHECK)
    assert "counts 50 rows, 60 before" in warning
    tenant.night()
    assert tenant.deletions() == {}


def test_a_converted_ticket_has_moved_and_its_new_row_is_there(tenant):
    record = ticket(7, recordType="ProjectTicket")
    tenant.store.delete(SERVICE.path, 7)
    tenant.store.write(PROJECT.path, [record])
    done = tenant.night()
    assert tenant.deletions() == {("service_tickets", 7): "moved to project_tickets"}
    assert tenant.ask("select id from connectwise_raw.project_tickets") == [(7,)]
    assert failed(done) == []


def test_a_late_row_is_read_again_counted_and_the_overlap_raised(tenant):
    tenant.control.advance(hours=2)
    tenant.put(9, ago=timedelta(0), summary="On time")
    tenant.sync()
    tenant.put(7, ago=timedelta(minutes=15), summary="Late")
    tenant.sync()
    assert summary_of(tenant, 7) == "Ticket number 7"
    done = tenant.night()
    assert summary_of(tenant, 7) == "Late"
    assert (of(done).late, of(done).overlap_minutes) == (1, 20)
    late = "select late, overlap_minutes from meta.sweeps where late > 0"
    assert tenant.ask(late) == [(1, 20)]
    tenant.put(9, ago=timedelta(0), summary="Again")
    tenant.sync()
    tenant.put(8, ago=timedelta(minutes=15), summary="Late too")
    tenant.sync()
    assert summary_of(tenant, 8) == "Late too"


def test_fields_that_a_role_shows_later_are_read_of_every_record(synced, tmp_path):
    shutil.copy(synced / "world.sqlite", tmp_path / "world.sqlite")
    with tenant_in(tmp_path) as tenant:
        hidden = {SERVICE.path: ("summary", "customFields")}
        tenant.control.change(role=Role(hidden_fields=hidden))
        tenant.sync()
        assert of(tenant.night()).disclosed == frozenset()
        assert summary_of(tenant, 7) is None
        tenant.control.change(role=Role())
        assert of(tenant.night()).disclosed >= {"summary"}
        tenant.sync()
        assert summary_of(tenant, 7) == "Ticket number 7"
        told = "select path, json_type from meta.drift where entity = 'service_tickets'"
        assert ("summary", "disclosed") in tenant.ask(told)
        assert of(tenant.night()).disclosed == frozenset()


def test_a_child_that_its_list_once_left_out_is_read_with_the_list(synced, tmp_path):
    shutil.copy(synced / "world.sqlite", tmp_path / "world.sqlite")
    with tenant_in(tmp_path) as tenant:
        tenant.control.change(role=Role(hidden_rows={STATUSES.path: "id = 12"}))
        tenant.sync()
        tenant.control.change(role=Role())
        tenant.sync()
        statuses = "select id from connectwise_raw.board_statuses order by id"
        assert tenant.ask(statuses) == [(11,)]
        assert of(tenant.night(), "board_statuses").again == {12}
        assert tenant.ask(statuses) == [(11,), (12,)]
        assert of(tenant.night(), "board_statuses").again == frozenset()


def test_fields_that_a_role_hides_later_empty_nothing(tenant):
    role = Role(hidden_fields={SERVICE.path: ("summary",)})
    tenant.control.change(role=role)
    assert of(tenant.night()).disclosed == frozenset()
    tenant.sync()
    assert summary_of(tenant, 7) == "Ticket number 7"


def summary_of(tenant: Tenant, number: int) -> str:
    ((summary,),) = tenant.ask(
        f"select summary from connectwise_raw.service_tickets where id = {number}"
    )
    return summary


def test_fields_that_lose_info_still_prove_ids_and_nothing_is_read_again(tenant):
    hidden = Role(hidden_fields={SERVICE.path: ("_info",)})
    tenant.control.change(role=hidden)
    tenant.store.delete(SERVICE.path, 7)
    done = tenant.night()
    assert set(of(done).seen.moments.values()) == {None}
    assert of(done).again == frozenset()
    tenant.night()
    assert tenant.deletions().keys() == {("service_tickets", 7)}
