"""A schedule starts a run, unless one is under way."""

import dagster as dg

from pipelines.orchestration.schedules import schedules


def tick(instance: dg.DagsterInstance):
    hot = schedules()[0]
    context = dg.build_schedule_context(instance=instance)
    return hot(context)


@dg.job
def any_job():
    pass


def test_an_idle_instance_gets_a_run(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        assert isinstance(tick(instance), dg.RunRequest)


def test_a_run_under_way_is_waited_for(tmp_path):
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        run = instance.create_run_for_job(any_job, status=dg.DagsterRunStatus.STARTED)
        said = tick(instance)
    assert isinstance(said, dg.SkipReason)
    assert run.run_id in said.skip_message
