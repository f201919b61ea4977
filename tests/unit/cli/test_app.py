"""The frame around the verbs: help, errors, exit codes, speed of the start."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import version
from pipelines.cli.app import run
from pipelines.cli.reference.commands import verbs
from pipelines.errors import SettingsError, WarehouseError

HEAVY = ("duckdb", "dlt", "dagster", "pandas", "httpx", "pydantic", "structlog", "rich")


def exit_code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        run(arguments)
    return caught.value.code


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_explains_itself_with_examples(
    verb: str, capsys: pytest.CaptureFixture
) -> None:
    assert exit_code(verb, "--help") == 0
    said = capsys.readouterr().out
    assert f"Usage: cwp {verb}" in said
    assert (
        f"Examples:\n    cwp {verb}" in said
        or f"cwp {verb}" in said.split("Examples:")[1]
    )


def test_help_lists_every_verb(capsys: pytest.CaptureFixture) -> None:
    assert exit_code("--help") == 0
    said = capsys.readouterr().out
    assert [verb for verb in verbs() if f"  {verb}  " not in said] == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from pipelines.cli.app import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_error_is_one_sentence(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_SYNC__PAGE_SIZE", "0")
    assert exit_code("sql", "-c", "select 1") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Error: Setting CWP_SYNC__PAGE_SIZE is not usable")
    assert len(told.err.splitlines()) == 1


def test_a_folder_that_cannot_be_used_is_named_in_one_sentence(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    occupied = tmp_path / "occupied"
    occupied.touch()
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(occupied))
    monkeypatch.setenv("CWP_SANDBOX__PROFILE", "tiny")
    monkeypatch.setenv("CWP_SANDBOX__CACHE_DIR", str(occupied))
    assert exit_code("run") == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"Error: {occupied}")
    assert "cannot be used" in said


@pytest.mark.parametrize("place", [0, 1])
def test_debug_shows_where_it_came_from(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CWP_SYNC__PAGE_SIZE", "0")
    arguments = ["sql"]
    arguments.insert(place, "--debug")
    with pytest.raises(SettingsError):
        run(arguments)


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(version, "version", interrupted)
    assert exit_code("version") == 130


def test_a_mistyped_verb_is_a_usage_error(capsys: pytest.CaptureFixture) -> None:
    assert exit_code("rum") == 2
    assert "No such command 'rum'" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    code = (
        "from pipelines.cli import version\n"
        "def closed(_name): raise BrokenPipeError\n"
        "version.version = closed\n"
        "from pipelines.cli.app import run\n"
        "run(['version'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_version_names_the_libraries(capsys: pytest.CaptureFixture) -> None:
    assert exit_code("version") == 0
    said = capsys.readouterr().out
    assert said.startswith("connectwise-pipelines ")
    assert "duckdb 1.5.6" in said


def test_some_credentials_are_not_enough(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CW_COMPANY_ID", "acme")
    monkeypatch.setenv("CW_PUBLIC_KEY", "AbCdEfGh")
    assert exit_code("doctor") == 1
    said = capsys.readouterr().err
    assert "not CW_PRIVATE_KEY, CW_CLIENT_ID, CW_BASE_URL" in said
    assert "AbCdEfGh" not in said


def test_errors_of_every_room_are_told(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_name: str) -> str:
        raise WarehouseError("The file is busy; wait.")

    monkeypatch.setattr(version, "version", refused)
    assert exit_code("version") == 1
    assert capsys.readouterr().err == "Error: The file is busy; wait.\n"


def test_a_full_disk_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def full(_name: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(version, "version", full)
    assert exit_code("version") == 1
    told = capsys.readouterr().err
    assert told.startswith(
        "Error: Nothing more can be written, most likely because the disk is full"
    )
    assert len(told.splitlines()) == 1
