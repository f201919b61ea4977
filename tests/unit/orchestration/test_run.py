"""A run that somebody stops ends as Ctrl-C does, not as Dagster's own error."""

import os
import signal

import dagster as dg
import pytest

from pipelines.orchestration.run import _execute
from pipelines.settings import DagsterSettings, Settings, WarehouseSettings


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_is_ctrl_c(number, tmp_path, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))

    @dg.op
    def stopped() -> None:
        os.kill(os.getpid(), number)
        for _ in range(10**6):
            dg.check_dagster_type(int, 1)

    @dg.job
    def job() -> None:
        stopped()

    settings = Settings(
        warehouse=WarehouseSettings(dir=tmp_path / "warehouse"),
        dagster=DagsterSettings(home=tmp_path / "home"),
    )
    with pytest.raises(KeyboardInterrupt):
        _execute(job, settings)
