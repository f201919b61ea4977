"""Dagster's history stays small, and what stays can be read."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.orchestration.history import prune


def job_named(name: str) -> dg.JobDefinition:
    @dg.op
    def step() -> None:
        pass

    @dg.job(name=name)
    def job() -> None:
        step()

    return job


@pytest.fixture
def instance(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as one:
        yield one


def run(instance: dg.DagsterInstance, name: str) -> str:
    job = job_named(name)
    return job.execute_in_process(instance=instance).run_id


def test_the_newest_runs_of_each_job_are_kept_and_the_others_leave_no_file(instance):
    nightly = run(instance, "sync_all")
    oldest, middle, newest = (run(instance, "sync_hot") for _ in range(3))
    assert prune(instance, keep=2) == [oldest]
    left = {one.run_id for one in instance.get_runs()}
    assert left == {nightly, middle, newest}
    assert list(Path(instance.root_directory).rglob(f"*{oldest}*")) == []
    assert instance.all_logs(newest)
    assert prune(instance, keep=2) == []


def test_a_run_at_work_is_never_removed(instance):
    job = job_named("sync_hot")
    instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    assert prune(instance, keep=0) == []
