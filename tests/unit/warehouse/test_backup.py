"""Backups: whole or not there, proven before they replace anything."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.errors import BackupError
from pipelines.ingest.landing import expired_on, kept_loads
from pipelines.observability.progress import SilentProgress
from pipelines.settings import Settings
from pipelines.warehouse.backup import (
    MANIFEST,
    Backup,
    backup,
    contents_of,
    newest,
)
from pipelines.warehouse.connection import connect
from pipelines.warehouse.restoring import Difference, differences, restore
from pipelines.warehouse.versions import UNFINISHED
from tests.support.warehouse_files import fill, settings_in

SILENT = SilentProgress()
TABLES = {
    "connectwise_raw.companies": (
        "select range::bigint as id, 'Grüße ' || range as name, "
        "range * 1.1 as rate, 12.3456::decimal(19,4) as cost, range % 2 = 0 as flag, "
        "timestamptz '2026-03-31 21:00:00.123456+00' as _synced_at from range(2000)"
    ),
    "connectwise_raw._dlt_loads": "select 'b' as load_id union all select 'a'",
    "connectwise_raw.empty": "select 1::bigint as id where false",
    "history.member_cost_daily": "select date '2026-03-31' as snapshot_date, 40 as x",
    "meta.as_of": "select timestamptz '2026-03-31 21:00:00+00' as as_of",
    "main.warehouse_owner": "select 'acme' as owner",
    "marts.fct_ticket": "select 1 as ticket_id",
}
PAGE = {
    "entity": "companies", "parent_id": None, "path": "/company/companies",
    "number": 1, "rows": 1, "request_id": None, "server_date": "2026-03-31T21:00:00Z",
    "read_at": "2026-03-31T21:00:00Z", "run_id": "r", "offset": 0, "length": 9,
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    here = settings_in(tmp_path / "here")
    fill(here.warehouse.build_file, TABLES)
    with connect(here.warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "create table meta.runs (run_id varchar not null, odd varchar default 'x')"
        )
        connection.execute("create view connectwise_raw.seen as select 1 as id")
    folder = here.warehouse.landing_dir / "2026-03-31" / "17000.1"
    folder.mkdir(parents=True)
    (folder / "pages.jsonl").write_text(json.dumps(PAGE) + "\n")
    (folder / "loaded").touch()
    (folder / "companies.json.zst").write_bytes(b"personal!")
    (here.warehouse.build_dir / "connectwise.reads.json").write_text("{}")
    return here


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "empty")


@pytest.fixture
def made(settings: Settings, tmp_path: Path) -> Backup:
    return backup(settings, to=tmp_path / "vault", progress=SILENT)


def test_a_backup_comes_back_table_by_table(
    settings: Settings, empty: Settings, made: Backup
) -> None:
    restore(empty, made.folder, overwrite=False, progress=SILENT)
    there = empty.warehouse.build_file
    assert differences(settings.warehouse.build_file, there) == []
    with connect(there) as connection:
        loads = connection.execute("from connectwise_raw._dlt_loads").fetchall()
        kept = "select count(*) from duckdb_tables() where schema_name = 'marts'"
        marts = connection.execute(kept).fetchall()
        nullable = connection.execute(
            "select is_nullable from duckdb_columns() where column_name = 'run_id'"
        ).fetchall()
    assert loads == [("b",), ("a",)]  # The newest load is the last written.
    assert marts == [(0,)]
    assert nullable == [(False,)]
    assert (empty.warehouse.build_dir / "connectwise.reads.json").exists()
    assert made.manifest.rows == 2000 + 2 + 0 + 1 + 1 + 1


def test_pages_stay_behind_and_their_index_comes_along(
    empty: Settings, made: Backup
) -> None:
    restore(empty, made.folder, overwrite=False, progress=SILENT)
    landing = empty.warehouse.landing_dir
    assert list(made.folder.rglob("*.zst")) == []
    (load,) = kept_loads(landing)
    assert (load.has_pages, [page.rows for page in load.pages()]) == (False, [1])
    assert str(expired_on(landing)) == "2026-03-31"


def test_records_are_replaced_only_when_asked(settings: Settings, made: Backup) -> None:
    build_file = settings.warehouse.build_file
    fill(build_file, {"history.member_cost_daily": "select 1 as x"})
    with pytest.raises(BackupError, match="--yes"):
        restore(settings, made.folder, overwrite=False, progress=SILENT)
    with connect(build_file) as connection:
        assert connection.execute("from history.member_cost_daily").fetchall() == [(1,)]
    restore(settings, made.folder, overwrite=True, progress=SILENT)
    with connect(build_file) as connection:
        rows = connection.execute("select x from history.member_cost_daily").fetchall()
    assert rows == [(40,)]


def test_a_damaged_file_is_refused_before_anything_changes(
    settings: Settings, made: Backup
) -> None:
    file = made.folder / "tables" / "meta" / "as_of.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    before = settings.warehouse.build_file.read_bytes()
    with pytest.raises(BackupError, match=r"as_of\.parquet is missing or not what"):
        restore(settings, made.folder, overwrite=True, progress=SILENT)
    assert settings.warehouse.build_file.read_bytes() == before


def test_rows_that_come_back_otherwise_are_refused(
    empty: Settings, made: Backup
) -> None:
    manifest = json.loads((made.folder / MANIFEST).read_text())
    for table in manifest["tables"]:
        table["contents"] = "0"
    (made.folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(BackupError, match="did not come back as it was"):
        restore(empty, made.folder, overwrite=False, progress=SILENT)
    assert list(empty.warehouse.build_dir.iterdir()) == []


def test_what_is_no_backup_is_told(empty: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is no backup"):
        restore(empty, tmp_path, overwrite=False, progress=SILENT)
    with pytest.raises(BackupError, match="There is no backup in"):
        newest(tmp_path)


def test_a_backup_of_a_later_version_is_refused(empty: Settings, made: Backup) -> None:
    manifest = json.loads((made.folder / MANIFEST).read_text())
    (made.folder / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(BackupError, match="later version"):
        restore(empty, made.folder, overwrite=False, progress=SILENT)


def test_an_unfinished_backup_leaves_nothing(
    settings: Settings, empty: Settings, tmp_path: Path
) -> None:
    fill(empty.warehouse.build_file, {"marts.fct_ticket": "select 1 as ticket_id"})
    with pytest.raises(BackupError, match="no records yet"):
        backup(empty, to=tmp_path / "vault", progress=SILENT)
    assert list((tmp_path / "vault").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="could not be written"):
        backup(settings, to=tmp_path / "file", progress=SILENT)


def test_what_a_killed_restore_has_left_is_not_taken_up(
    settings: Settings, made: Backup
) -> None:
    killed = settings.warehouse.build_file.with_name(f"{UNFINISHED}connectwise.duckdb")
    killed_log = killed.with_name(f"{killed.name}.wal")
    fill(killed, {"connectwise_raw.companies": "select 7 as left_over"})
    with connect(killed, read_only=False) as connection:
        connection.execute("set wal_autocheckpoint = '1TB'")
        connection.execute("create table connectwise_raw.half as select 1 as id")
        log = killed.with_name(f"{killed.name}.wal").read_bytes()
    killed_log.write_bytes(log)
    restore(settings, made.folder, overwrite=True, progress=SILENT)
    assert not killed.exists()
    assert not killed_log.exists()
    with connect(settings.warehouse.build_file) as connection:
        assert contents_of(connection, "connectwise_raw", "companies")[0] == 2000


def test_a_place_that_cannot_be_written_is_told(empty: Settings, made: Backup) -> None:
    empty.warehouse.build_dir.rmdir()
    empty.warehouse.build_dir.write_text("a file where the folder belongs")
    with pytest.raises(BackupError, match=r"could not be written .*cwp restore"):
        restore(empty, made.folder, overwrite=False, progress=SILENT)


def test_a_difference_is_named(settings: Settings, empty: Settings) -> None:
    here, there = settings.warehouse.build_file, empty.warehouse.build_file
    changed = TABLES["connectwise_raw.companies"].replace("1.1", "1.2")
    left_out = {name: sql for name, sql in TABLES.items() if name != "meta.as_of"}
    fill(there, left_out | {"connectwise_raw.companies": changed})
    assert differences(here, there) == [
        Difference("connectwise_raw.companies", 2000, 2000),
        Difference("meta.as_of", 1, None),
        Difference("meta.runs", 0, None),
    ]


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(settings.warehouse.dir))
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_drill_tells_what_it_compared_and_leaves_nothing(
    settings: Settings, command
) -> None:
    result = command("restore-drill")
    assert result.exit_code == 0, result.output
    assert "found alike: 7 tables, 2,005 rows, as of 2026-03-31 21:00 UTC" in (
        result.output
    )
    assert list(settings.warehouse.backups_dir.iterdir()) == []


def test_the_verbs_back_up_and_bring_the_latest_back(command) -> None:
    assert "Backed up: 7 tables, 2,005 rows" in command("backup").output
    refused = command("restore", "latest")
    assert isinstance(refused.exception, BackupError)
    assert "Restored: 7 tables" in command("restore", "latest", "--yes").output
