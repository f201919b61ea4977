"""What many write first: requests, ``json_normalize``, DuckDB.

``python -m benchmarks.peers.plain_script BASE_URL FOLDER``. Pages are read into one
frame, custom fields into another; what is there under the same id is replaced, and
the newest ``lastUpdated`` is where the next call begins.
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd
import requests

from benchmarks.server import ROOT

NOTHING = "2000-01-01T00:00:00Z"


def pages(base_url: str, since: str):  # noqa: ANN201
    url = f"{base_url}{ROOT}/service/tickets"
    with requests.Session() as session:
        session.auth = ("bench+public", "private")
        session.headers.update({"clientId": "id", "pagination-type": "forward-only"})
        answer = session.get(
            url, params={"pageSize": 1000, "conditions": f"lastUpdated>=[{since}]"}
        )
        while True:
            answer.raise_for_status()
            yield answer.json()
            if "next" not in answer.links:
                return
            answer = session.get(answer.links["next"]["url"])


def frames(base_url: str, since: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, children = [], []
    for page in pages(base_url, since):
        rows.append(pd.json_normalize(page, sep="__").drop(columns="customFields"))
        children.append(
            pd.json_normalize(
                page, "customFields", meta="id", record_prefix="field__"
            ).astype({"field__value": str})
        )
    return pd.concat(rows), pd.concat(children)


def replace(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame
) -> None:
    connection.register("fresh", frame)
    connection.execute(f"create table if not exists {table} as from fresh limit 0")
    connection.execute(f"delete from {table} where id in (select id from fresh)")
    connection.execute(f"insert into {table} by name from fresh")
    connection.unregister("fresh")


def newest(connection: duckdb.DuckDBPyConnection) -> str:
    if not connection.execute("from duckdb_tables()").fetchall():
        return NOTHING
    (found,) = connection.execute(
        "select max(_info__lastUpdated) from service_tickets"
    ).fetchone()
    return str(found)


def sync(base_url: str, folder: Path) -> None:
    with duckdb.connect(str(folder / "peer.duckdb")) as connection:
        rows, children = frames(base_url, newest(connection))
        replace(connection, "service_tickets", rows)
        replace(connection, "service_tickets__custom_fields", children)


if __name__ == "__main__":
    sync(sys.argv[1], Path(sys.argv[2]))
