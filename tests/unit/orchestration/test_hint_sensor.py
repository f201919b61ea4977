"""The sensor asks for one run at a time, and only when there is something to read."""

from datetime import UTC, datetime

import dagster as dg
import pytest

from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Inbox
from pipelines.orchestration.hints import SYNC_HINTS
from pipelines.orchestration.sensors import hint_sensor
from pipelines.orchestration.session import writer_lock
from pipelines.settings import CallbackSettings
from tests.support.warehouses import settings_in

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


@dg.job(name=SYNC_HINTS)
def stand_in():
    pass


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path / "warehouse")


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as one:
        yield one


def leave(settings, *hints: tuple[str, str, int]) -> None:
    with opened(settings) as database:
        for number, (kind, action, record_id) in enumerate(hints):
            Inbox(database).add(
                message_id=f"{number}",
                kind=kind,
                action=action,
                record_id=record_id,
                body_bytes=1,
                received_at=NOW,
            )


def look(instance, settings):
    context = dg.build_sensor_context(instance=instance)
    return hint_sensor(settings)(context)


def test_without_hints_nothing_runs(instance, settings):
    assert isinstance(look(instance, settings), dg.SkipReason)


def test_hints_become_one_run_with_each_record_once(instance, settings):
    leave(
        settings,
        ("ticket", "updated", 7),
        ("ticket", "updated", 7),
        ("time", "deleted", 3),
        ("site", "updated", 1),
    )
    request = look(instance, settings)
    assert request.tags["hints"] == "4"
    [config] = [op["config"] for op in request.run_config["ops"].values()]
    assert config == {
        "spans": [[1, 4]],
        "changed": {"ticket": [7], "site": [1]},
        "deleted": {"time": [3]},
    }


def test_a_batch_has_a_limit(instance, settings):
    few = CallbackSettings(hints_per_run=2)
    leave(settings, *[("ticket", "updated", number) for number in range(1, 6)])
    limited = settings.model_copy(update={"callbacks": few})
    assert look(instance, limited).tags["hints"] == "2"


@pytest.mark.parametrize(
    "status", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
)
def test_the_run_before_is_waited_for(instance, settings, status):
    leave(settings, ("ticket", "updated", 7))
    instance.create_run_for_job(stand_in, status=status)
    assert isinstance(look(instance, settings), dg.SkipReason)


def test_a_run_that_writes_is_waited_for(instance, settings):
    leave(settings, ("ticket", "updated", 7))
    with writer_lock(settings):
        assert isinstance(look(instance, settings), dg.SkipReason)
    assert isinstance(look(instance, settings), dg.RunRequest)


def test_after_a_failure_there_is_a_pause(instance, settings):
    leave(settings, ("ticket", "updated", 7))
    run = instance.create_run_for_job(stand_in, status=dg.DagsterRunStatus.STARTED)
    instance.report_run_failed(run)
    assert "five minutes" in look(instance, settings).skip_message
    done = instance.create_run_for_job(stand_in, status=dg.DagsterRunStatus.SUCCESS)
    assert done.is_success
    assert isinstance(look(instance, settings), dg.RunRequest)
