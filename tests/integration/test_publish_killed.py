"""A publish killed between any two steps leaves a whole copy behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import current, publish
from tests.support.warehouse_files import fill, settings_in

# The process kills itself just before the n-th system call of one kind.
PUBLISH_AND_DIE = """
import os, signal, sys
from pathlib import Path
from pipelines.warehouse.publish import publish
from tests.support.warehouse_files import settings_in
folder, event, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def watch(name, arguments):
    global left
    if name == event:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
settings = settings_in(folder, keep_published=1)
sys.addaudithook(watch)
publish(settings)
"""
SHOWN = 2  # The version readers see when only the removal of old files is left.


@pytest.mark.parametrize(
    ("event", "ordinal", "version"),
    [
        ("os.chmod", 1, 1),  # everything is written, nothing has its final name
        ("os.rename", 2, 1),  # Parquet has its final name, the database has not
        ("os.symlink", 1, 1),  # both have, no link is swapped
        ("os.symlink", 2, 1),  # only the Parquet link is swapped
        ("os.remove", 3, SHOWN),  # swapped; older versions are still there
    ],
)
def test_readers_keep_a_whole_copy(
    tmp_path: Path, event: str, ordinal: int, version: int
) -> None:
    settings = settings_in(tmp_path, keep_published=1)
    fill(settings.warehouse.build_file, {"marts.fct_one": "select 1 as version"})
    publish(settings)
    fill(settings.warehouse.build_file, {"marts.fct_one": "select 2 as version"})
    died = subprocess.run(
        [sys.executable, "-c", PUBLISH_AND_DIE, str(tmp_path), event, str(ordinal)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    with connect(settings.warehouse.published_file) as connection:
        assert connection.execute("from marts.fct_one").fetchall() == [(version,)]

    publish(settings)
    with connect(settings.warehouse.published_file) as connection:
        assert connection.execute("from marts.fct_one").fetchall() == [(2,)]
    shown = current(settings)
    assert shown is not None
    files = {path.name for path in settings.warehouse.published_dir.iterdir()}
    assert files == {"current.duckdb", "parquet", ".publish.lock", shown.path.name}
    parquet = {path.name for path in shown.parquet_dir.parent.iterdir()}
    assert parquet == {"current", shown.parquet_dir.name}
