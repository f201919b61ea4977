"""When a build follows changes, and when it makes everything anew."""

from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.transform import project
from pipelines.transform.building import begin_build, end_build
from pipelines.warehouse.built_by import built_by
from pipelines.warehouse.connection import connect
from tests.support.marts import settings_in

ANEW = ["build", "--full-refresh"]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A build file without a table, and a small dbt project of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "dbt_project.yml").write_text("name: one")
    (folder / "profiles.yml").write_text("one: {}")
    monkeypatch.setattr(Settings, "dbt_project_dir", folder)
    settings = settings_in(tmp_path / "warehouse")
    settings.warehouse.build_dir.mkdir(parents=True)
    connect(settings.warehouse.build_file, read_only=False).close()
    return settings


def test_a_build_that_ended_is_followed_by_one_that_leaves_views_alone(
    settings: Settings,
) -> None:
    assert begin_build(settings) == ANEW
    assert begin_build(settings) == ANEW  # The first did not end.
    end_build(settings)
    assert begin_build(settings) == project.build_arguments(again=True)


def test_another_project_builds_anew_until_it_has_ended(settings: Settings) -> None:
    end_build(settings)
    model = settings.dbt_project_dir / "dbt_project.yml"
    before = model.read_text()
    model.write_text("name: two")
    assert begin_build(settings) == ANEW
    # Back to the first one, while the file has models of both.
    model.write_text(before)
    assert begin_build(settings) == ANEW


def test_a_raw_column_that_came_builds_anew(settings: Settings) -> None:
    end_build(settings)
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute("create schema connectwise_raw")
        connection.execute("create table connectwise_raw.boards (id bigint)")
    assert begin_build(settings) == ANEW


def test_some_models_alone_do_not_say_that_the_file_is_built(
    settings: Settings,
) -> None:
    assert begin_build(settings, whole=False) == ANEW
    assert built_by(settings.warehouse.build_file) is None
    end_build(settings)
    assert begin_build(settings, whole=False) == ["build"]
