"""The two dlt pipelines: ``connectwise_raw`` for records, ``meta`` for what we know.

Pages load as Parquet, never as INSERT statements, with dlt's load and row ids on. The
working directory is scratch: it is dropped before each run and restored from the
destination, which holds schemas and state of completed loads.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import dlt
import pyarrow as pa
from dlt.common.pipeline import LoadInfo
from dlt.pipeline.pipeline import Pipeline

from pipelines.ingest.destination import RAW_SCHEMA
from pipelines.settings import Settings

LOADER_FILE_FORMAT: Final = "parquet"
META_SCHEMA = "meta"


def pipeline_for(settings: Settings, *, dataset: str = RAW_SCHEMA) -> Pipeline:
    """A dlt pipeline into the build file; makes the folders it needs."""
    build_file = settings.warehouse.build_file
    build_file.parent.mkdir(parents=True, exist_ok=True)
    _configure()
    return dlt.pipeline(
        pipeline_name=dataset,
        destination=dlt.destinations.duckdb(str(build_file)),
        dataset_name=dataset,
        pipelines_dir=str(settings.warehouse.build_dir / "dlt"),
    )


def load(settings: Settings, source: object, *, dataset: str = RAW_SCHEMA) -> LoadInfo:
    """Run one load package, from scratch, to its end."""
    pipeline = pipeline_for(settings, dataset=dataset)
    pipeline.drop()
    info = pipeline.run(source, loader_file_format=LOADER_FILE_FORMAT)
    info.raise_on_failed_jobs()
    return info


def record(settings: Settings, tables: Mapping[str, pa.Table]) -> None:
    """Load rows into ``meta``; ``as_of`` is replaced, all other tables grow."""
    resources = [
        dlt.resource(
            [rows],
            name=name,
            write_disposition="replace" if name == "as_of" else "append",
        )
        for name, rows in tables.items()
    ]
    load(settings, resources, dataset=META_SCHEMA)


def clean(settings: Settings) -> None:
    """Remove the working directories; nothing in them is needed."""
    for dataset in (RAW_SCHEMA, META_SCHEMA):
        if Path(settings.warehouse.build_dir / "dlt" / dataset).exists():
            pipeline_for(settings, dataset=dataset).drop()


def _configure() -> None:
    dlt.config["runtime.dlthub_telemetry"] = False
    dlt.config["runtime.log_level"] = "ERROR"
    dlt.config["normalize.parquet_normalizer.add_dlt_load_id"] = True
    dlt.config["normalize.parquet_normalizer.add_dlt_id"] = True
    dlt.config["data_writer.disable_compression"] = True
