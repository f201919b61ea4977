import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import WarehouseBusyError, WarehouseError
from pipelines.warehouse.connection import connect

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    with connect(path, read_only=False) as connection:
        connection.execute("create table t as select 1 as n")
    return path


def test_reads_by_default_and_refuses_writes(file: Path) -> None:
    with connect(file) as connection:
        assert connection.execute("select n from t").fetchall() == [(1,)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("insert into t values (2)")


def test_sessions_are_utc_and_install_nothing(file: Path) -> None:
    with connect(file) as connection:
        assert connection.execute(
            "select current_setting('TimeZone'), "
            "current_setting('autoinstall_known_extensions')"
        ).fetchall() == [("UTC", False)]


def test_a_file_held_elsewhere_names_file_process_and_remedy(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusyError) as caught:
            connect(file)
        holder.communicate()
    text = str(caught.value)
    assert str(file) in text
    assert f"process {holder.pid}" in text
    assert "wait until it has finished" in text
    assert text.count("\n") == 0


def test_a_file_that_is_read_here_cannot_be_written_meanwhile(file: Path) -> None:
    with (
        connect(file),
        pytest.raises(WarehouseBusyError, match="already open in this process"),
    ):
        connect(file, read_only=False)


def test_a_file_that_is_written_here_can_be_read_meanwhile(file: Path) -> None:
    with connect(file, read_only=False) as writer:
        writer.execute("create table said as select 1 as one")
        with connect(file) as reader:
            assert reader.execute("from said").fetchall() == [(1,)]


def test_a_missing_file_says_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="`cwp run` makes it"):
        connect(tmp_path / "none.duckdb")


def test_a_missing_folder_says_so_when_writing(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="There is no warehouse file"):
        connect(tmp_path / "none" / "a.duckdb", read_only=False)


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bad.duckdb"
    path.write_bytes(b"not a database" * 500)
    with pytest.raises(WarehouseError, match="not a valid DuckDB") as caught:
        connect(path)
    assert "\n" not in str(caught.value)


def test_a_swapped_link_shows_the_new_file_while_the_old_is_open(
    tmp_path: Path, file: Path
) -> None:
    other = tmp_path / "b.duckdb"
    with connect(other, read_only=False) as connection:
        connection.execute("create table t as select 2 as n")
    link = tmp_path / "current.duckdb"
    link.symlink_to(file.name)
    with connect(link) as old:
        link.unlink()
        link.symlink_to(other.name)
        with connect(link) as new:
            assert old.execute("select n from t").fetchall() == [(1,)]
            assert new.execute("select n from t").fetchall() == [(2,)]
