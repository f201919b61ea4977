"""A schedule starts a run, unless one is at work; dead runs hold nothing back."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from pipelines.orchestration.orphans import end_orphans
from pipelines.orchestration.schedules import schedules
from pipelines.orchestration.session import writer_lock
from tests.support.warehouses import settings_in


@dg.job
def any_job():
    pass


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path / "warehouse")


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as one:
        yield one


def tick(instance, settings, *, schedule=0):
    return schedules(settings)[schedule](dg.build_schedule_context(instance=instance))


def test_an_idle_instance_gets_a_run(instance, settings):
    assert isinstance(tick(instance, settings), dg.RunRequest)


def test_a_run_that_writes_is_waited_for(instance, settings):
    with writer_lock(settings):
        assert isinstance(tick(instance, settings), dg.SkipReason)
    assert isinstance(tick(instance, settings), dg.RunRequest)


def test_a_run_that_is_about_to_start_is_waited_for(instance, settings):
    run = instance.create_run_for_job(any_job, status=dg.DagsterRunStatus.STARTING)
    said = tick(instance, settings)
    assert isinstance(said, dg.SkipReason)
    assert run.run_id in said.skip_message


def test_the_nightly_run_queues_up_rather_than_be_missed(instance, settings):
    instance.create_run_for_job(any_job, status=dg.DagsterRunStatus.STARTING)
    with writer_lock(settings):
        assert isinstance(tick(instance, settings, schedule=1), dg.RunRequest)


def test_a_run_whose_process_is_gone_is_ended(instance, settings):
    run = instance.create_run_for_job(any_job, status=dg.DagsterRunStatus.STARTED)
    later = datetime.now(UTC) + timedelta(minutes=6)
    with writer_lock(settings):
        assert end_orphans(instance, settings, now=later) == []
    assert end_orphans(instance, settings, now=later) == [run.run_id]
    ended = instance.get_run_by_id(run.run_id)
    assert ended.status is dg.DagsterRunStatus.FAILURE


def test_a_run_that_has_just_begun_is_left_alone(instance, settings):
    instance.create_run_for_job(any_job, status=dg.DagsterRunStatus.STARTED)
    assert end_orphans(instance, settings) == []
