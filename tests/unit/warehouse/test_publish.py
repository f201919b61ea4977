import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.errors import PublishError, WarehouseBusyError, WarehouseError
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import current, publish
from pipelines.warehouse.versions import Version, next_version, point, versions
from tests.support.warehouse_files import fill, settings_in

TABLES = {
    "connectwise_raw.companies": "select 1 as id",
    "staging.seed": "select 1 as id",
    "marts.fct_ticket": "select range as ticket_id, 1.5::decimal(19,4) as hours "
    "from range(10)",
    "marts.fct_left__dbt_backup": "select 1 as n",
    "reports.rpt_empty": "select 1 as n where false",
    "meta.as_of": "select timestamptz '2026-03-31 21:00:00+00' as as_of",
    "meta._dlt_loads": "select 'x' as load_id",
}
PUBLISHED = (
    ("marts", "fct_ticket", 10),
    ("meta", "as_of", 1),
    ("reports", "rpt_empty", 0),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_in(tmp_path / "ware'house")
    fill(made.warehouse.build_file, TABLES)
    return made


def test_only_finished_schemas_are_published(settings: Settings) -> None:
    copy = publish(settings)
    assert copy.tables == PUBLISHED
    assert current(settings) == copy
    with connect(settings.warehouse.published_file) as connection:
        hours = connection.execute(
            "select ticket_id, hours from marts.fct_ticket order by ticket_id limit 1"
        )
        assert [str(cell) for cell in hours.fetchall()[0]] == ["0", "1.5000"]
        schemas = connection.execute(
            "select distinct table_schema from information_schema.tables"
        ).fetchall()
    assert {schema for (schema,) in schemas} == {"marts", "meta", "reports"}


def test_a_view_is_published_as_a_table(settings: Settings) -> None:
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "create view reports.rpt_view as select count(*) as n from marts.fct_ticket"
        )
    publish(settings)
    with connect(settings.warehouse.published_file) as connection:
        assert connection.execute("from reports.rpt_view").fetchall() == [(10,)]
        kinds = connection.execute(
            "select distinct table_type from information_schema.tables"
        )
        assert kinds.fetchall() == [("BASE TABLE",)]


def test_each_mart_lies_beside_as_parquet(settings: Settings) -> None:
    copy = publish(settings)
    folder = settings.warehouse.published_dir / "parquet" / "current"
    assert folder.resolve() == copy.parquet_dir
    files = sorted(str(f.relative_to(folder)) for f in folder.rglob("*.parquet"))
    assert files == ["marts/fct_ticket.parquet", "reports/rpt_empty.parquet"]
    with connect(copy.path) as connection:
        rows = connection.execute(
            "select count(*) from read_parquet(?)",
            [str(folder / "marts/fct_ticket.parquet")],
        )
        assert rows.fetchall() == [(10,)]


def test_files_are_read_only_and_complete(settings: Settings) -> None:
    copy = publish(settings)
    for file in (copy.path, *copy.parquet_dir.rglob("*.parquet")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o444
    left = [p.name for p in settings.warehouse.published_dir.rglob(".tmp-*")]
    left += [p.name for p in settings.warehouse.published_dir.rglob("*.wal")]
    assert left == []


def test_descriptions_travel_along(settings: Settings) -> None:
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        connection.execute("comment on table marts.fct_ticket is 'One row''s ticket'")
        connection.execute("comment on column marts.fct_ticket.hours is 'Hours'")
    publish(settings)
    with connect(settings.warehouse.published_file) as connection:
        comments = connection.execute(
            "select comment from duckdb_tables() where table_name = 'fct_ticket' "
            "union all select comment from duckdb_columns() "
            "where table_name = 'fct_ticket' and column_name = 'hours'"
        ).fetchall()
    assert comments == [("One row's ticket",), ("Hours",)]


def test_the_semantic_manifest_of_the_run_is_kept(settings: Settings) -> None:
    assert publish(settings).semantic_manifest is None
    settings.warehouse.dbt_target_dir.mkdir()
    settings.warehouse.semantic_manifest_file.write_text('{"metrics": []}')
    copy = publish(settings)
    assert copy.semantic_manifest is not None
    assert copy.semantic_manifest.read_text() == '{"metrics": []}'
    assert copy.semantic_manifest.name.startswith(copy.path.stem)


def test_the_newest_versions_stay_and_open_ones_stay_readable(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, keep_published=2)
    fill(settings.warehouse.build_file, TABLES)
    first = publish(settings)
    with connect(settings.warehouse.published_file) as reader:
        copies = [publish(settings) for _ in range(3)]
        assert not first.path.exists()
        assert not first.parquet_dir.exists()
        assert reader.execute("select count(*) from marts.fct_ticket").fetchall() == [
            (10,)
        ]
    kept = [version.database for version in versions(settings.warehouse.published_dir)]
    assert kept == [copy.path for copy in copies[-2:]]
    parquet = settings.warehouse.published_dir / "parquet"
    assert {path.name for path in parquet.iterdir()} == {
        "current",
        *(copy.parquet_dir.name for copy in copies[-2:]),
    }


def test_nothing_to_publish_keeps_the_old_copy(settings: Settings) -> None:
    copy = publish(settings)
    settings.warehouse.build_file.unlink()
    fill(settings.warehouse.build_file, {"meta.as_of": "select 1 as n"})
    with pytest.raises(PublishError, match="holds no marts"):
        publish(settings)
    assert current(settings) == copy
    settings.warehouse.build_file.unlink()
    with pytest.raises(WarehouseError, match="no warehouse file"):
        publish(settings)
    assert current(settings) == copy
    assert list(settings.warehouse.published_dir.rglob(".tmp-*")) == []


def test_nothing_is_current_before_the_first_publish(settings: Settings) -> None:
    assert current(settings) is None


def test_a_build_file_in_use_is_busy(settings: Settings) -> None:
    with (
        connect(settings.warehouse.build_file, read_only=False),
        pytest.raises(WarehouseBusyError),
    ):
        publish(settings)
    assert current(settings) is None


def test_leftovers_of_a_killed_publish_are_swept(settings: Settings) -> None:
    copy = publish(settings)
    folder = settings.warehouse.published_dir
    killed = next_version(folder, now=datetime.now(UTC))
    (folder / f".tmp-{killed.database.name}").write_bytes(b"half")
    (folder / f".tmp-{killed.database.name}.wal").write_bytes(b"half")
    unfinished = folder / "parquet" / ".tmp-20260101T000000000000Z"
    (unfinished / "marts").mkdir(parents=True)
    killed.parquet.mkdir()
    killed.semantic_manifest.write_text("{}")
    never_shown = Version(folder, killed.stamp.replace("2", "3", 1))
    never_shown.database.write_bytes(b"never shown")
    assert current(settings) == copy

    again = publish(settings)
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "current.duckdb",
        "parquet",
        ".publish.lock",
        copy.path.name,
        again.path.name,
    }
    assert {path.name for path in (folder / "parquet").iterdir()} == {
        "current",
        copy.parquet_dir.name,
        again.parquet_dir.name,
    }


def test_versions_grow_even_if_the_clock_goes_back(tmp_path: Path) -> None:
    late = next_version(tmp_path, now=datetime(2030, 1, 1, tzinfo=UTC))
    late.database.touch()
    early = next_version(tmp_path, now=datetime(2029, 1, 1, tzinfo=UTC))
    assert early.stamp == "20300101T000000000001Z"
    assert early.stamp > late.stamp


def test_a_link_is_swapped_over_an_unfinished_one(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / ".tmp-link").symlink_to("nowhere")
    point(tmp_path / "link", tmp_path / "a")
    assert (tmp_path / "link").readlink() == Path("a")
