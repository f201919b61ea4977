from pathlib import Path

import pytest

from pipelines.warehouse.built_by import (
    built_by,
    drop_built_by,
    keep_built_by,
    raw_columns,
)
from pipelines.warehouse.connection import connect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "build.duckdb"
    with connect(path, read_only=False) as connection:
        connection.execute("create schema connectwise_raw")
        connection.execute("create table connectwise_raw.boards (id bigint)")
    return path


def test_a_new_file_was_built_by_nothing(file: Path) -> None:
    assert built_by(file) is None
    drop_built_by(file)


def test_a_file_keeps_by_what_it_was_built_last(file: Path) -> None:
    keep_built_by(file, "one")
    keep_built_by(file, "two")
    assert built_by(file) == "two"
    drop_built_by(file)
    assert built_by(file) is None


def test_the_columns_of_raw_tables_differ_by_name_and_type_not_by_rows(
    file: Path,
) -> None:
    def after(sql: str) -> str:
        with connect(file, read_only=False) as connection:
            connection.execute(sql)
        return raw_columns(file)

    before = raw_columns(file)
    assert after("insert into connectwise_raw.boards values (1)") == before
    assert after("create schema marts") == before
    named = after("alter table connectwise_raw.boards add column name varchar")
    typed = after("alter table connectwise_raw.boards alter name type bigint")
    assert len({before, named, typed}) == 3
