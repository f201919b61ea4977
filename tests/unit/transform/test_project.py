"""dbt's environment and arguments, and when its manifest counts as stale."""

from pathlib import Path

import pytest

from pipelines.settings import Settings, load_settings
from pipelines.transform import project
from pipelines.transform.project import (
    build_arguments,
    dbt_environment,
    ensure_manifest,
    fingerprint,
    manifest_path,
)
from tests.support.marts import settings_in


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A warehouse and a small dbt project of its own."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "one.sql").write_text("select 1 as id")
    (folder / "dbt_project.yml").write_text("name: one")
    (folder / "profiles.yml").write_text("one: {}")
    monkeypatch.setattr(Settings, "dbt_project_dir", folder)
    return settings_in(tmp_path / "warehouse")


def test_dbt_writes_beside_the_build_file_and_sends_nothing() -> None:
    settings = load_settings(env_file=None)
    environment = dbt_environment(settings)
    assert environment["CWP_DBT_DATABASE"] == str(settings.warehouse.build_file)
    assert environment["DBT_TARGET_PATH"] == str(settings.warehouse.dbt_target_dir)
    assert environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"


def test_unit_tests_are_no_part_of_a_build() -> None:
    assert "test_type:unit" in build_arguments()
    assert "test_type:unit config" in " ".join(build_arguments(again=True))
    assert build_arguments(select="a b")[:4] == ["build", "--select", "a", "b"]


def test_the_fingerprint_follows_models_and_settings(settings: Settings) -> None:
    before = fingerprint(settings)
    assert fingerprint(settings) == before
    (settings.dbt_project_dir / "models" / "one.sql").write_text("select 2 as id")
    changed = fingerprint(settings)
    reporting = settings.reporting.model_copy(update={"time_zone": "Europe/Madrid"})
    moved = settings.model_copy(update={"reporting": reporting})
    assert len({before, changed, fingerprint(moved)}) == 3


def test_a_renamed_model_changes_the_fingerprint(settings: Settings) -> None:
    before = fingerprint(settings)
    model = settings.dbt_project_dir / "models" / "one.sql"
    model.rename(model.with_name("two.sql"))
    assert fingerprint(settings) != before


def test_dbt_parses_only_what_changed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def parse(settings: Settings, arguments: list[str]) -> None:
        asked.append(arguments)
        manifest_path(settings).write_text("{}")

    monkeypatch.setattr(project, "run_dbt", parse)
    assert ensure_manifest(settings) == ensure_manifest(settings)
    assert asked == [["parse"]]
    (settings.dbt_project_dir / "models" / "one.sql").write_text("select 3 as id")
    ensure_manifest(settings)
    assert asked == [["parse"], ["parse"]]
