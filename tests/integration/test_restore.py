"""A restored warehouse is the one that was backed up: syncs go on from there."""

from pathlib import Path

import pytest

from pipelines.errors import IngestError
from pipelines.ingest.replay import Selection, replay
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import writer_lock
from pipelines.warehouse.backup import backup
from pipelines.warehouse.restoring import restore
from tests.support.sandbox import make_world
from tests.support.warehouses import dump, extract, settings_in, tenant_of

SILENT = SilentProgress()


def test_a_sync_after_a_restore_brings_nothing_twice(tmp_path: Path) -> None:
    with make_world(tmp_path / "world.sqlite") as store:
        with tenant_of(store, tmp_path / "first") as settings:
            extract(settings)
            before = dump(settings, schemas=("connectwise_raw",))
            made = backup(settings, to=tmp_path / "vault", progress=SILENT)
        with tenant_of(store, tmp_path / "second") as settings:
            restore(settings, made.folder, overwrite=False, progress=SILENT)
            run = extract(settings)
            after = dump(settings, schemas=("connectwise_raw",))
    news = [one for one in run.tallies.values() if one.summary.rows_new]
    assert (news, after) == ([], before)
    assert sum(len(rows) for rows in before.values()) > 100


def test_a_replay_knows_that_a_backup_brings_no_pages(tmp_path: Path) -> None:
    with (
        make_world(tmp_path / "world.sqlite") as store,
        tenant_of(store, tmp_path / "first") as settings,
    ):
        extract(settings)
    made = backup(settings, to=tmp_path / "vault", progress=SILENT)
    there = settings_in(tmp_path / "second")
    restore(there, made.folder, overwrite=False, progress=SILENT)
    with writer_lock(there), pytest.raises(IngestError, match="No page is kept"):
        replay(there, Selection())
