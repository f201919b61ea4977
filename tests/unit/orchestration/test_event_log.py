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


@dg.multi_asset_check(
    specs=[dg.AssetCheckSpec(name, asset="thing") for name in ("whole", "fresh")]
)
def checks():
    yield dg.AssetCheckResult(passed=True, check_name="whole", asset_key="thing")
    yield dg.AssetCheckResult(passed=False, check_name="fresh", asset_key="thing")


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


def test_checks_stand_there_as_dagster_would_have_written_them(home, monkeypatch):
    with dg.DagsterInstance.get() as instance:
        batched = checks_of(instance)
        monkeypatch.setenv("DAGSTER_EMIT_PLANNED_EVENTS_INDIVIDUALLY", "yes")
        assert checks_of(instance) == batched
    assert {one["status"] for one in batched} == {"SUCCEEDED", "FAILED"}


def checks_of(instance):
    """What is known of both checks, and what was said of them, in one run."""
    run = dg.materialize([thing, checks], instance=instance)
    return [
        {
            "status": record.status.value,
            "is_stored": record.event.run_id == record.run_id == run.run_id,
            "said": [
                entry.message
                for entry in instance.all_logs(run.run_id)
                if name in entry.message
            ],
            "planned": event.asset_check_planned_data.check_name,
        }
        for name in ("fresh", "whole")
        for record in instance.event_log_storage.get_asset_check_execution_history(
            dg.AssetCheckKey(thing.key, name), limit=1
        )
        for event in (
            entry.dagster_event
            for entry in instance.all_logs(
                run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED
            )
        )
        if event.asset_check_planned_data.check_name == name
    ]


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
