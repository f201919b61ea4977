"""Dagster's folder is where the settings put it, and is set up as ours is."""

from pathlib import Path

import pytest
import yaml

from pipelines.orchestration.instance import CONFIGURATION, instance_home
from pipelines.settings import load_settings


def test_a_new_folder_gets_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CWP_DAGSTER__HOME", "mine/history")
    home = instance_home(load_settings(env_file=None))
    assert home == tmp_path / "mine" / "history"
    written = yaml.safe_load((home / "dagster.yaml").read_text())
    assert written["telemetry"] == {"enabled": False}
    assert [file.name for file in home.iterdir()] == [CONFIGURATION.name]


def test_a_configuration_of_ones_own_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dagster.yaml").write_text("nux: {enabled: true}\n")
    monkeypatch.setenv("CWP_DAGSTER__HOME", str(tmp_path))
    instance_home(load_settings(env_file=None))
    assert (tmp_path / "dagster.yaml").read_text() == "nux: {enabled: true}\n"


def test_by_default_it_is_the_checkouts_own() -> None:
    assert instance_home(load_settings(env_file=None)) == CONFIGURATION.parent
