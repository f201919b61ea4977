"""The inbox: a message is kept once, in order, from many threads; made when missing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Inbox
from pipelines.appdb.tables import METADATA, WEBHOOK_INBOX
from pipelines.errors import AppDatabaseError
from pipelines.settings import AppDatabaseSettings
from tests.support.warehouses import settings_in

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path / "warehouse")


@pytest.fixture
def database(settings):
    with opened(settings) as one:
        yield one


@pytest.fixture
def inbox(database) -> Inbox:
    return Inbox(database)


def add(inbox: Inbox, number: int, **changes) -> bool:
    hint = {
        "message_id": f"message-{number}",
        "kind": "ticket",
        "action": "updated",
        "record_id": number,
        "body_bytes": 10,
        "received_at": NOW,
    }
    return inbox.add(**(hint | changes))


def test_hints_come_back_in_the_order_in_which_they_came(inbox):
    assert all(add(inbox, number) for number in (3, 1, 2))
    assert [hint.record_id for hint in inbox.pending(10)] == [3, 1, 2]
    assert [hint.record_id for hint in inbox.pending(2)] == [3, 1]


def test_a_message_is_kept_once(inbox):
    assert add(inbox, 1)
    assert not add(inbox, 2, message_id="message-1")
    assert [hint.record_id for hint in inbox.pending(10)] == [1]


def test_a_message_that_was_dealt_with_is_still_known(inbox):
    add(inbox, 1)
    inbox.settle([1], outcome="read", at=NOW)
    assert not add(inbox, 1)
    assert inbox.pending(10) == []


def test_what_is_dealt_with_keeps_its_first_outcome(inbox, database):
    for number in range(1, 1_203):
        add(inbox, number)
    inbox.settle([1], outcome="first", at=NOW)
    inbox.settle(range(1, 1_203), outcome="second", at=NOW)
    with database.engine.connect() as connection:
        told = connection.execute(
            sa.select(WEBHOOK_INBOX.c.outcome, sa.func.count()).group_by("outcome")
        ).all()
    assert sorted(told) == [("first", 1), ("second", 1_201)]


def test_old_hints_are_forgotten_and_open_ones_never(inbox):
    for number in (1, 2, 3):
        add(inbox, number)
    inbox.settle([1], outcome="read", at=NOW - timedelta(days=31))
    inbox.settle([2], outcome="read", at=NOW)
    assert inbox.forget(before=NOW - timedelta(days=30)) == 1
    assert [hint.id for hint in inbox.pending(10)] == [3]


def insist(inbox: Inbox, number: int) -> bool:
    """Come again when the inbox is busy, as ConnectWise does."""
    for _ in range(20):
        with suppress(AppDatabaseError):
            return add(inbox, number)
    return add(inbox, number)


def test_many_threads_lose_nothing(inbox):
    with ThreadPoolExecutor(20) as threads:
        kept = list(threads.map(lambda n: insist(inbox, n % 150), range(300)))
    assert sum(kept) == 150
    assert len(inbox.pending(1_000)) == 150


def test_a_second_start_keeps_what_is_there(settings):
    with opened(settings) as first:
        add(Inbox(first), 1)
    with opened(settings) as second:
        assert len(Inbox(second).pending(10)) == 1
    assert settings.warehouse.app_database_file.exists()


def test_many_may_begin_at_once(settings):
    with opened(settings) as writing, writing.engine.connect() as connection:
        connection.exec_driver_sql("begin immediate")
        with opened(settings) as second:
            assert Inbox(second).pending(10) == []
        connection.rollback()

    def begin(_: int) -> list:
        with opened(settings) as one:
            return Inbox(one).pending(10)

    settings.warehouse.app_database_file.unlink()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(begin, range(8))) == [[]] * 8


def test_instants_are_utc(inbox, database):
    zone = datetime.fromisoformat("2026-03-31T23:00:00+02:00")
    add(inbox, 1, received_at=zone)
    with database.engine.connect() as connection:
        [stored] = connection.execute(sa.select(WEBHOOK_INBOX.c.received_at)).scalars()
    assert stored == NOW
    assert stored.tzinfo is UTC


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x", "postgresql://h:port/x"])
def test_an_unusable_address_is_told_without_its_password(settings, url):
    changed = settings.model_copy(
        update={"appdb": AppDatabaseSettings(url=SecretStr(url))}
    )
    with pytest.raises(AppDatabaseError, match="CWP_APPDB__URL"), opened(changed):
        pass


def test_a_database_that_does_not_answer_is_told_without_its_password(settings):
    url = SecretStr("postgresql://cwp:secret-word@127.0.0.1:1/cwp")
    changed = settings.model_copy(update={"appdb": AppDatabaseSettings(url=url)})
    with pytest.raises(AppDatabaseError) as told, opened(changed):
        pass
    assert "secret-word" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_postgresql_can_make_the_same_tables():
    from sqlalchemy.dialects import postgresql

    for table in METADATA.sorted_tables:
        text = str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "BIGSERIAL" in text
        assert "TIMESTAMP WITH TIME ZONE" in text
