"""Dagster's history over open connections is the history that Dagster itself reads."""

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.orchestration.event_log import OpenEventLog
from pipelines.orchestration.instance import instance_home
from pipelines.settings import DagsterSettings
from tests.support.warehouses import settings_in


@dg.asset
def thing():
    return None


@pytest.fixture
def home(tmp_path, monkeypatch):
    settings = settings_in(tmp_path / "warehouse").model_copy(
        update={"dagster": DagsterSettings(home=tmp_path / "home")}
    )
    folder = instance_home(settings)
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    return folder


def test_the_checkouts_instance_keeps_its_files_open(home):
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, OpenEventLog)


def test_dagsters_own_storage_reads_what_was_written(home):
    with dg.DagsterInstance.get() as instance:
        run = dg.materialize([thing], instance=instance)
        said = [entry.message for entry in instance.all_logs(run.run_id)]
    plain = SqliteEventLogStorage(str(home / "history" / "runs"))
    assert [e.message for e in plain.get_logs_for_run(run.run_id)] == said
    assert plain.has_asset_key(thing.key)


def test_only_the_files_used_last_stay_open(home):
    with dg.DagsterInstance.get() as instance:
        runs = [dg.materialize([thing], instance=instance) for _ in range(10)]
        told = [len(instance.all_logs(run.run_id)) for run in runs]
        assert len(instance.event_log_storage._open) == 8
    assert len(set(told)) == 1


def test_history_that_another_process_removed_is_begun_anew(home):
    with dg.DagsterInstance.get() as instance:
        run = dg.materialize([thing], instance=instance)
        (home / "history" / "runs" / f"{run.run_id}.db").unlink()
        assert instance.all_logs(run.run_id) == []
