"""Settings come from the environment, then from .env, and name what is wrong."""

from pathlib import Path

import pytest

from pipelines.errors import SettingsError
from pipelines.settings import PROJECT_DIR, load_settings

KEYS = {
    "CW_COMPANY_ID": "acme",
    "CW_PUBLIC_KEY": "AbCdEfGh12345678",
    "CW_PRIVATE_KEY": "HgFeDcBa87654321",
    "CW_CLIENT_ID": "11111111-2222-4333-8444-555555555555",
    "CW_BASE_URL": "https://na.myconnectwise.net",
}


def write_env(path: Path, values: dict[str, str]) -> Path:
    path.write_text("".join(f"{name}='{value}'\n" for name, value in values.items()))
    return path


def test_without_credentials_the_sandbox_is_meant() -> None:
    settings = load_settings(env_file=None)
    assert settings.uses_sandbox
    assert settings.tenant.missing == tuple(
        f"CW_{name}"
        for name in ("COMPANY_ID", "PUBLIC_KEY", "PRIVATE_KEY", "CLIENT_ID", "BASE_URL")
    )


def test_credentials_come_from_the_file(tmp_path: Path) -> None:
    settings = load_settings(env_file=write_env(tmp_path / ".env", KEYS))
    assert not settings.uses_sandbox
    assert settings.tenant.missing == ()
    assert settings.tenant.private_key is not None
    assert settings.tenant.private_key.get_secret_value() == KEYS["CW_PRIVATE_KEY"]


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_env(tmp_path / ".env", {**KEYS, "CWP_SYNC__PAGE_SIZE": "10"})
    monkeypatch.setenv("CWP_SYNC__PAGE_SIZE", "20")
    monkeypatch.setenv("CW_COMPANY_ID", "other")
    settings = load_settings(env_file=path)
    assert settings.sync.page_size == 20
    assert settings.tenant.company_id == "other"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"CW_COMPANY_ID=\xff\n")
    with pytest.raises(SettingsError, match="not UTF-8 text"):
        load_settings(env_file=path)


def test_folders_mean_the_same_in_every_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", "data/acme")
    monkeypatch.setenv("CWP_DAGSTER__HOME", "~/dagster")
    settings = load_settings(env_file=None)
    assert settings.warehouse.build_file.is_relative_to(tmp_path / "data" / "acme")
    assert settings.dagster.home == Path.home() / "dagster"


def test_secrets_do_not_print(tmp_path: Path) -> None:
    settings = load_settings(env_file=write_env(tmp_path / ".env", KEYS))
    shown = repr(settings) + str(settings) + settings.model_dump_json()
    for name in ("CW_PUBLIC_KEY", "CW_PRIVATE_KEY", "CW_CLIENT_ID"):
        assert KEYS[name] not in shown


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CWP_SYNC__PAGE_SIZE", "5000"),
        ("CWP_SYNC__RATE_LIMIT_PER_MINUTE", "many"),
        ("CWP_SANDBOX__PROFILE", "huge"),
        ("CWP_LOG__LEVEL", "LOUD"),
    ],
)
def test_a_malformed_value_is_named(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable) as caught:
        load_settings(env_file=None)
    assert "\n" not in str(caught.value)


def test_every_path_of_the_warehouse_lies_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path))
    warehouse = load_settings(env_file=None).warehouse
    for path in (
        warehouse.build_file,
        warehouse.landing_dir,
        warehouse.published_file,
        warehouse.reports_dir,
        warehouse.data_docs_dir,
    ):
        assert path.is_relative_to(tmp_path)


def test_the_example_file_sets_nothing_as_it_stands() -> None:
    assert load_settings(env_file=PROJECT_DIR / ".env.example").uses_sandbox


@pytest.mark.parametrize("minutes", ["7", "90", "0"])
def test_a_rhythm_must_fit_the_clock(
    minutes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_SYNC__HOT_MINUTES", minutes)
    with pytest.raises(SettingsError, match="CWP_SYNC__HOT_MINUTES"):
        load_settings(env_file=None)
