"""By what the build file was built: a line of text in the file itself.

It stands among what dbt makes, so that a file that is restored from a backup, or begun
anew, carries none.
"""

from pathlib import Path

from pipelines.warehouse.connection import connect

_KEPT = "intermediate.built_by"

_COLUMNS = """
    select coalesce(md5(string_agg(
        concat_ws(' ', schema_name, table_name, column_name, data_type), ','
        order by schema_name, table_name, column_name
    )), '')
    from duckdb_columns()
    where schema_name in ('connectwise_raw', 'meta')
"""


def built_by(build_file: Path) -> str | None:
    """What was kept last; ``None`` if nothing was, or if it was dropped since."""
    with connect(build_file) as connection:
        there = connection.execute(
            "from duckdb_tables() where schema_name || '.' || table_name = ?", [_KEPT]
        ).fetchall()
        if not there:
            return None
        ((kept,),) = connection.execute(f"from {_KEPT}").fetchall()
        return str(kept)


def keep_built_by(build_file: Path, builder: str) -> None:
    """Keep by what everything in the file was built."""
    with connect(build_file, read_only=False) as connection:
        connection.execute("create schema if not exists intermediate")
        connection.execute(
            f"create or replace table {_KEPT} as select ? as builder", [builder]
        )


def drop_built_by(build_file: Path) -> None:
    """Say that the file is not, or no longer, built by one thing alone."""
    with connect(build_file, read_only=False) as connection:
        connection.execute(f"drop table if exists {_KEPT}")


def raw_columns(build_file: Path) -> str:
    """A hash over names and types of the columns that models read."""
    with connect(build_file) as connection:
        ((columns,),) = connection.execute(_COLUMNS).fetchall()
        return str(columns)
