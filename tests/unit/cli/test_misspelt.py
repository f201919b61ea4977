"""A mistyped variable is told with the name that was meant; others are left alone."""

from pathlib import Path

import pytest

from pipelines.cli.misspelt import warnings


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("CWP_SYNC__PAGESIZE", "CWP_SYNC__PAGE_SIZE"),
        ("CWP_WAREHOUSE_DIR", "CWP_WAREHOUSE__DIR"),
        ("CWP_SNYC__TRIES", "CWP_SYNC__TRIES"),
        ("CW_PUBLICKEY", "CW_PUBLIC_KEY"),
    ],
)
def test_the_nearest_name_is_offered(
    mistyped: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(mistyped, "secret-value")
    (said,) = warnings(tmp_path / ".env")
    assert said == f"{mistyped} is not a setting and is ignored; did you mean {meant}?"


def test_names_in_the_file_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# CWP_SYNC__TRYS=1\nexport CWP_LOG__LEVLE='INFO'\n")
    (said,) = warnings(file)
    assert "CWP_LOG__LEVLE" in said
    assert said.endswith("did you mean CWP_LOG__LEVEL?")


def test_a_name_like_no_other_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_ZZZ", "1")
    (said,) = warnings(tmp_path / ".env")
    assert said == (
        "CWP_ZZZ is not a setting and is ignored: see docs/reference/settings.md."
    )


@pytest.mark.parametrize(
    "name",
    ["CWP_SYNC__PAGE_SIZE", "cwp_sync__tries", "CWP_SYNC", "CW_MONITOR", "CWP_DBT_X"],
)
def test_what_is_a_setting_or_somebody_elses_is_not_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "1")
    assert warnings(tmp_path / ".env") == []
