"""dbt on a test's warehouse, in a process of its own, over a project parsed before.

dbt reads the whole project anew for each database, which takes longer than building
from a few rows. It is parsed once instead, kept in ``.cache/tests`` by the hash of the
project's files, and handed to dbt as dbt's own documentation has it:
https://docs.getdbt.com/reference/programmatic-invocations#reusing-objects

``python -m tests.support.parsed_dbt MANIFEST ARGUMENT...``
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from pipelines.settings import PROJECT_DIR, Settings, WarehouseSettings
from pipelines.transform.project import dbt_environment, fingerprint, run_dbt

_KEPT = PROJECT_DIR / ".cache" / "tests"


def run_parsed_dbt(settings: Settings, arguments: Sequence[str]) -> None:
    """Run one dbt command on a test's warehouse; fail with dbt's own words."""
    settings.warehouse.dbt_target_dir.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(_parsed()), *arguments],
        env=os.environ | dbt_environment(settings),
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _parsed() -> Path:
    """The parsed project, as dbt keeps it."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (
        FileLock(_KEPT / ".lock"),
        tempfile.TemporaryDirectory(dir=_KEPT) as scratch,
    ):
        warehouse = WarehouseSettings(dir=Path(scratch))
        settings = Settings(_env_file=None, warehouse=warehouse)
        kept = _KEPT / f"{version('dbt-core')}-{fingerprint(settings)}.msgpack"
        if not kept.exists():
            for old in _KEPT.glob("*.msgpack"):
                old.unlink()
            run_dbt(settings, ["parse"])
            target = settings.warehouse.dbt_target_dir
            shutil.move(target / "partial_parse.msgpack", kept)
    return kept


def main() -> None:
    """What the child process does."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack(Path(sys.argv[1]).read_bytes())
    result = dbtRunner(manifest=manifest).invoke(sys.argv[2:])
    sys.exit(0 if result.success else 1)


if __name__ == "__main__":
    main()
