"""Readers of the published copy while it is replaced, as BI tools read it."""

import json
import subprocess
import sys
from pathlib import Path

from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from pipelines.warehouse.publish import publish
from tests.support.warehouse_files import fill, settings_in

ROWS = 20_000
# Another program: no code of ours, its own DuckDB, the link opened anew every time.
READER = """
import duckdb, json, sys
path = sys.argv[1]
ask = (
    "select (select max(version) from marts.fct_one), "
    "(select min(version) from marts.fct_two), "
    "(select count(*) from marts.fct_one), (select count(*) from marts.fct_two)"
)
kept = duckdb.connect(path, read_only=True)
first = kept.execute(ask).fetchone()
seen, torn, moved = set(), 0, 0
print("reading", flush=True)
last = int(sys.argv[2])
while last not in seen:
    with duckdb.connect() as fresh:
        fresh.execute(f"attach '{path}' as copy (read_only)")
        fresh.execute("use copy")
        one, two, rows_one, rows_two = fresh.execute(ask).fetchone()
    torn += one != two or rows_one != rows_two
    seen.add(one)
    moved += kept.execute(ask).fetchone() != first
print(json.dumps({"seen": sorted(seen), "torn": torn, "moved": moved}))
"""


def write_version(settings: Settings, version: int) -> None:
    table = f"select {version} as version, range as id from range({ROWS + version})"
    fill(
        settings.warehouse.build_file,
        {"marts.fct_one": table, "marts.fct_two": table},
    )


def test_a_reader_never_sees_an_error_or_a_half_built_mart(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, keep_published=1)
    write_version(settings, 1)
    publish(settings)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(settings.warehouse.published_file), "4"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for version in (2, 3, 4):
            write_version(settings, version)
            publish(settings)
        out, err = reader.communicate(timeout=60)
    assert reader.returncode == 0, err
    report = json.loads(out)
    assert report["torn"] == 0
    assert report["moved"] == 0, "an open connection keeps its snapshot"
    assert 4 in report["seen"]


def test_our_own_readers_follow_the_link_in_one_process(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, keep_published=1)
    ask = "select max(version), count(*) from marts.fct_one"
    opened = []
    for version in (1, 2, 3):
        write_version(settings, version)
        publish(settings)
        opened.append(connect(settings.warehouse.published_file))
    answers = [connection.execute(ask).fetchall()[0] for connection in opened]
    for connection in opened:
        connection.close()
    assert answers == [(version, ROWS + version) for version in (1, 2, 3)]
