"""dbt on a test's warehouse, in a process of its own, over a project parsed before.

dbt reads the whole project anew for each database, which takes longer than building
from a few rows. It is parsed once instead, kept in ``.cache/tests`` until one of the
project's files changes, and handed to dbt as dbt's own documentation has it:
https://docs.getdbt.com/reference/programmatic-invocations#reusing-objects

``python -m tests.support.parsed_dbt MANIFEST ARGUMENT...``
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from pipelines.settings import PROJECT_DIR, Settings, WarehouseSettings
from pipelines.transform.project import dbt_environment, ensure_manifest


def run_parsed_dbt(settings: Settings, arguments: Sequence[str]) -> None:
    """Run one dbt command on a test's warehouse; fail with dbt's own words."""
    settings.warehouse.dbt_target_dir.mkdir(parents=True, exist_ok=True)
    parsed = parsed_project().warehouse.dbt_target_dir / "partial_parse.msgpack"
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(parsed), *arguments],
        env=os.environ | dbt_environment(settings),
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def parsed_project() -> Settings:
    """Settings of a warehouse that is never built; dbt has read the project for it."""
    folder = PROJECT_DIR / ".cache" / "tests" / f"dbt-{version('dbt-core')}"
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(_env_file=None, warehouse=WarehouseSettings(dir=folder))
    with FileLock(folder / ".lock"):
        ensure_manifest(settings)
    return settings


def main() -> None:
    """What the child process does."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack(Path(sys.argv[1]).read_bytes())
    result = dbtRunner(manifest=manifest).invoke(sys.argv[2:])
    sys.exit(0 if result.success else 1)


if __name__ == "__main__":
    main()
