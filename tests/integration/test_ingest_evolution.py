"""A release whose models differ from the last one's still fills every column."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.models.base import Record
from pipelines.errors import IngestError
from pipelines.ingest.pipeline import load
from pipelines.ingest.source import connectwise_source
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from tests.support.sandbox import make_world
from tests.support.warehouses import dump, expected_rows, raw_rows, tenant_of

CONTACTS = ENTITIES["contacts"]
LATER = SandboxOptions().now + timedelta(hours=1)


class ContactOfTheLastRelease(Record):
    """Knows little."""

    title: str | None = None


class ContactOfAnotherMind(Record):
    """Sees one thing otherwise."""

    inactive_flag: str | None = None


@pytest.fixture
def store(tmp_path):
    with make_world(tmp_path / "world.sqlite") as one:
        yield one


def read(store, folder, entity, *, now=LATER):
    options = SandboxOptions(now=now)
    with (
        tenant_of(store, folder, options=options) as settings,
        opened(settings, progress=SilentProgress(), ledger=Ledger()) as session,
    ):
        load(settings, connectwise_source(session.sync, [entity]))
    return settings


def test_a_field_that_a_release_adds_is_filled_for_records_read_before(
    store: Store, tmp_path
):
    before = replace(CONTACTS, model=ContactOfTheLastRelease)
    read(store, tmp_path / "warehouse", before, now=SandboxOptions().now)
    settings = read(store, tmp_path / "warehouse", CONTACTS)
    assert raw_rows(settings, CONTACTS) == expected_rows(store, CONTACTS)
    rows = dump(settings, schemas=("connectwise_raw",))
    assert rows["connectwise_raw.contacts__communication_items"]
    read(store, tmp_path / "warehouse", CONTACTS)
    assert dump(settings, schemas=("connectwise_raw",)) == rows


def test_a_column_of_another_type_is_refused_before_anything_is_loaded(
    store: Store, tmp_path
):
    before = replace(CONTACTS, model=ContactOfAnotherMind)
    settings = read(store, tmp_path / "warehouse", before)
    rows = dump(settings, schemas=("connectwise_raw",))
    refused = r"inactive_flag is VARCHAR in the build file but BOOLEAN"
    with pytest.raises(IngestError, match=refused):
        read(store, tmp_path / "warehouse", CONTACTS)
    assert dump(settings, schemas=("connectwise_raw",)) == rows
