"""The SQL that dbt compiled, run plainly by DuckDB: ``python -m benchmarks.plainly``.

In the order in which dbt ended it, in one connection, with the same threads and memory.
"""

import json
import sys
from pathlib import Path

from benchmarks.compiled import FILE
from pipelines.warehouse.connection import connect

SNAPSHOT = """
select *, md5(cast(seen_at as varchar)) as version_id, seen_at as recorded_at,
    seen_at as valid_from, cast(null as timestamp) as valid_to
from ({sql})
"""


def main() -> None:
    build_file = Path(sys.argv[1])
    statements = json.loads(build_file.with_name(FILE).read_text())
    with connect(build_file, read_only=False) as connection:
        connection.execute("set threads = 2")
        connection.execute("set memory_limit = '2GB'")
        for one in statements:
            kind = "view" if one["kind"] == "view" else "table"
            snapshot = one["kind"] == "snapshot"
            sql = SNAPSHOT.format(sql=one["sql"]) if snapshot else one["sql"]
            connection.execute(f"create or replace {kind} {one['relation']} as {sql}")


if __name__ == "__main__":
    main()
