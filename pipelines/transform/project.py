"""How dbt is started: where the project lies, its environment, its arguments.

Orchestration hands exactly these to dagster-dbt, and ``run_build`` is what tests use;
nothing else starts dbt. dbt always runs in a process of its own, and no DuckDB
connection to the build file may be open in the parent meanwhile.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.errors import TransformError
from pipelines.settings import Settings

UNIT_TESTS = "test_type:unit"
"""Run once per change by ``make test``, not in every build."""

_PROJECT_PARTS = ("models", "seeds", "macros", "snapshots", "tests", "semantic")


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment variables of a dbt process, on top of the parent's own.

    dbt writes its target and logs beside the build file, so that two warehouses (or
    two tests) never share a manifest.
    """
    folder = settings.warehouse.dbt_target_dir
    project = str(settings.dbt_project_dir)
    return {
        "CWP_DBT_DATABASE": str(settings.warehouse.build_file),
        "CWP_DBT_MEMORY_LIMIT": settings.warehouse.memory_limit,
        "DBT_PROJECT_DIR": project,
        "DBT_PROFILES_DIR": project,
        "DBT_TARGET_PATH": str(folder),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_VERSION_CHECK": "false",
        "DO_NOT_TRACK": "1",
    }


def build_arguments(*, select: str | None = None, again: bool = False) -> list[str]:
    """Arguments of the one dbt invocation of a run: seeds, models, data tests.

    Args:
        select: dbt's selection; by default everything.
        again: the file was built by this very project. Views and seeds are left as
            they are, and tables that are made by key follow what changed; the data
            tests of all models run. Otherwise everything is made anew, but for
            ``history``, which no build makes again.
    """
    if not again:
        selection = ["--select", *select.split()] if select else []
        return ["build", *selection, "--exclude", UNIT_TESTS, "--full-refresh"]
    unchanged = f"{UNIT_TESTS} config.materialized:view resource_type:seed"
    # By dbt's default a test is excluded with any model that it asks about.
    tests = ("--select", "fqn:*", "--indirect-selection", "empty")
    return ["build", *tests, "--exclude", unchanged]


def unit_test_arguments() -> list[str]:
    """Arguments that run the unit tests.

    dbt reads the columns of a model's inputs from the warehouse, so a build must have
    been there before; one without a single row is enough.
    """
    return ["test", "--select", UNIT_TESTS]


def manifest_path(settings: Settings) -> Path:
    """Where dbt writes its manifest."""
    return settings.warehouse.dbt_target_dir / "manifest.json"


def fingerprint(settings: Settings) -> str:
    """A hash over everything that shapes the marts but is not data.

    Models, seeds, macros, tests, the two project files and the settings that dbt
    reads: while it stays and no raw row changed, a build would change nothing.
    """
    digest = hashlib.sha256()
    for path in _project_files(settings.dbt_project_dir):
        digest.update(str(path.relative_to(settings.dbt_project_dir)).encode())
        digest.update(path.read_bytes())
    digest.update(str(settings.reporting.time_zone).encode())
    return digest.hexdigest()


def ensure_manifest(settings: Settings) -> Path:
    """Parse the project when its manifest is missing or older than its files.

    Returns:
        The path of ``manifest.json``.

    Raises:
        TransformError: dbt cannot parse the project.
    """
    manifest = manifest_path(settings)
    stamp = manifest.with_name("manifest.fingerprint")
    current = _manifest_stamp(settings)
    fresh = manifest.is_file() and stamp.is_file()
    if not (fresh and stamp.read_text(encoding="utf-8") == current):
        manifest.parent.mkdir(parents=True, exist_ok=True)
        run_dbt(settings, ["parse"])
        stamp.write_text(current, encoding="utf-8")
    return manifest


def run_build(settings: Settings, *, select: str | None = None) -> None:
    """Build seeds, models and data tests in one dbt process.

    Raises:
        TransformError: a model, a contract or a blocking test failed.
    """
    run_dbt(settings, build_arguments(select=select))


def run_dbt(settings: Settings, arguments: Sequence[str]) -> None:
    """Run one dbt command and wait for it.

    Raises:
        TransformError: dbt answered with an error; the text carries its first one.
    """
    settings.warehouse.dbt_target_dir.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(  # noqa: S603  # Our own interpreter and our own arguments.
        [sys.executable, "-m", "dbt.cli.main", *arguments],
        env=os.environ | dbt_environment(settings),
        cwd=settings.dbt_project_dir,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise TransformError(_explain(settings, arguments[0], done.stdout))


def _explain(settings: Settings, verb: str, output: str) -> str:
    told = [_without_clock(line) for line in output.splitlines()]
    failures = [line for line in told if line.startswith("Failure in ")]
    errors = [line for line in told if "Error" in line and "ERROR=" not in line]
    reason = "; ".join((failures or errors)[:3]) or "no reason given"
    log = settings.warehouse.dbt_target_dir / "logs" / "dbt.log"
    return (
        f"dbt {verb} failed ({reason}); the last published copy stays as it is, and "
        f"the full text is in {log}."
    )


def _without_clock(line: str) -> str:
    return re.sub(r"^\d\d:\d\d:\d\d", "", line).strip()


def _manifest_stamp(settings: Settings) -> str:
    return f"{fingerprint(settings)} {settings.warehouse.build_file}"


def _project_files(project: Path) -> Iterator[Path]:
    yield project / "dbt_project.yml"
    yield project / "profiles.yml"
    for part in _PROJECT_PARTS:
        folder = project / part
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
