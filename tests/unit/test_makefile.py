"""Set-up refuses with a sentence, and a dry run of make is dry."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_DIR

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is absent")

NO_VENV = 'case "$2" in *ensurepip*) exit 1;; esac; exec "{python}" "$@"'
TOO_OLD = 'case "$2" in *version_info*) exit 1;; esac; exec "{python}" "$@"'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).symlink_to(PROJECT_DIR / name)
    return tmp_path


def make(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Not the variables of the make that may be running these tests.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHON"}
    }
    return subprocess.run(
        ["make", *arguments],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def python_that(clone: Path, script: str) -> Path:
    path = clone / "python"
    path.write_text(f"#!/bin/sh\n{script.format(python=sys.executable)}\n")
    path.chmod(0o755)
    return path


def test_a_python_without_venv_gives_the_line_to_type(clone: Path) -> None:
    done = make(clone, "setup", f"PYTHON={python_that(clone, NO_VENV)}")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode != 0
    assert f"type: sudo apt install python{version}-venv" in done.stderr
    assert not (clone / ".venv").exists()


def test_a_python_that_does_not_fit_is_refused(clone: Path) -> None:
    done = make(clone, "setup", f"PYTHON={python_that(clone, TOO_OLD)}")
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert not (clone / ".venv").exists()


def test_a_dry_run_does_nothing(clone: Path) -> None:
    before = sorted(clone.iterdir())
    assert make(clone, "-n", "run").returncode == 0
    assert sorted(clone.iterdir()) == before


def test_make_alone_lists_the_verbs(clone: Path) -> None:
    said = make(clone).stdout
    for verb in ("run", "test", "check", "setup-env", "sandbox"):
        assert f"  make {verb} " in said
