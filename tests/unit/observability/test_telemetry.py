"""No library reports home unless a person wants it to."""

import os
import subprocess
import sys

import pytest

from pipelines.observability.telemetry import OFF, disable
from pipelines.settings import PROJECT_DIR


def test_every_switch_is_off_by_default() -> None:
    environment: dict[str, str] = {}
    disable(environment)
    assert environment == OFF


def test_a_persons_own_choice_stays() -> None:
    environment = {"DO_NOT_TRACK": "0"}
    disable(environment)
    assert environment["DO_NOT_TRACK"] == "0"


def test_dlt_and_dagster_obey(tmp_path) -> None:
    code = (
        "import os, shutil\n"
        "from pipelines.observability.telemetry import disable\n"
        "disable()\n"
        "from dlt.common.configuration.specs import RuntimeConfiguration\n"
        "from dlt.common.configuration import resolve_configuration\n"
        "assert not resolve_configuration(RuntimeConfiguration()).dlthub_telemetry\n"
        "from dagster._core.telemetry_upload import is_running_in_test\n"
        "assert is_running_in_test()\n"
        "from dagster import DagsterInstance\n"
        f"with DagsterInstance.from_config({str(tmp_path)!r}) as instance:\n"
        "    assert not instance.telemetry_enabled\n"
    )
    given = PROJECT_DIR / "dagster_home" / "dagster.yaml"
    (tmp_path / "dagster.yaml").write_text(given.read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=PROJECT_DIR,
        env={**os.environ, "DAGSTER_HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(OFF))
def test_the_command_line_switches_them_off(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.cli.app import run

    for switch in OFF:
        monkeypatch.delenv(switch, raising=False)
    with pytest.raises(SystemExit):
        run(["--help"])
    assert os.environ[name] == OFF[name]
