"""dlt's own ``rest_api`` source into DuckDB.

``python -m benchmarks.peers.dlt_rest_api BASE_URL FOLDER parquet|default``. With
``parquet`` the loader writes Parquet and files are rotated, as dlt's page on
performance recommends; ``default`` changes nothing. More normalize workers are no
help here: they cost more CPU, and CPU is what is measured.
"""

import os
import sys
from pathlib import Path

import dlt
from dlt.sources.helpers.rest_client.auth import HttpBasicAuth
from dlt.sources.rest_api import rest_api_source

from benchmarks.server import ROOT

RECOMMENDED = {
    "NORMALIZE__DATA_WRITER__FILE_MAX_ITEMS": "100000",
    "DATA_WRITER__BUFFER_MAX_ITEMS": "5000",
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
}


def source(base_url: str) -> object:
    return rest_api_source(
        {
            "client": {
                "base_url": f"{base_url}{ROOT}/",
                "headers": {"clientId": "id", "pagination-type": "forward-only"},
                "auth": HttpBasicAuth("bench+public", "private"),
                "paginator": "header_link",
            },
            "resources": [
                {
                    "name": "service_tickets",
                    "primary_key": "id",
                    "write_disposition": "merge",
                    "endpoint": {
                        "path": "service/tickets",
                        "params": {
                            "pageSize": 1000,
                            "conditions": "lastUpdated>=[{incremental.start_value}]",
                        },
                        "incremental": {
                            "cursor_path": "_info.lastUpdated",
                            "initial_value": "2000-01-01T00:00:00Z",
                        },
                    },
                }
            ],
        }
    )


def sync(base_url: str, folder: Path, loader: str) -> None:
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    if loader == "parquet":
        os.environ.update(RECOMMENDED)
    pipeline = dlt.pipeline(
        "peer",
        destination=dlt.destinations.duckdb(str(folder / "peer.duckdb")),
        dataset_name="raw",
        pipelines_dir=str(folder / "dlt"),
    )
    chosen = {"loader_file_format": "parquet"} if loader == "parquet" else {}
    pipeline.run(source(base_url), **chosen).raise_on_failed_jobs()


if __name__ == "__main__":
    sync(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
