"""The two dlt pipelines: ``connectwise_raw`` for records, ``meta`` for what we know.

Pages load as Parquet, never as INSERT statements, with dlt's load and row ids on. The
working directory is scratch: the destination holds schemas and the state of completed
loads, and what is not in step with it is dropped.
"""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import dlt
import pyarrow as pa
from dlt.common.exceptions import DltException
from dlt.common.pipeline import LoadInfo
from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials
from dlt.extract.source import DltSource
from dlt.pipeline.pipeline import Pipeline

from pipelines.ingest.destination import RAW_SCHEMA, Destination
from pipelines.ingest.landing import mark_loaded
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect, create, held
from pipelines.warehouse.disk import disk_full

LOADER_FILE_FORMAT: Final = "parquet"
META_SCHEMA = "meta"
# Tables of meta that say what is, not what was.
REPLACED = frozenset({"as_of", "history"})
# Each package that dlt remembers costs a few hundred kB of disk.
MOST_PACKAGES = 50


def pipeline_for(settings: Settings, *, dataset: str = RAW_SCHEMA) -> Pipeline:
    """A dlt pipeline into the build file, in step with it."""
    build_file = settings.warehouse.build_file
    build_file.parent.mkdir(parents=True, exist_ok=True)
    _configure(dataset)
    pipeline = dlt.pipeline(
        pipeline_name=dataset,
        destination=dlt.destinations.duckdb(_credentials(build_file)),
        dataset_name=dataset,
        pipelines_dir=str(settings.warehouse.build_dir / "dlt"),
    )
    _bring_in_step(pipeline, Destination(build_file, dataset))
    return pipeline


def load(
    settings: Settings, source: object, *, dataset: str = RAW_SCHEMA
) -> LoadInfo | None:
    """Run one load package to its end; ``None`` for a source that brings nothing.

    Raises:
        WarehouseBusyError: another process has opened the build file meanwhile.
        DiskFullError: nothing more could be written; the next run begins anew.
    """
    if isinstance(source, DltSource) and not source.resources:
        return None
    build_file = settings.warehouse.build_file
    if not build_file.exists():
        build_file.parent.mkdir(parents=True, exist_ok=True)
        create(build_file)
    # Held, so that dlt and our questions find it open: opening takes a look at all
    # tables, each time.
    with connect(build_file, read_only=False), _nothing_collected_twice():
        try:
            pipeline = pipeline_for(settings, dataset=dataset)
            # Not ``run``: it would compare with the destination once more.
            pipeline.extract(source, loader_file_format=LOADER_FILE_FORMAT)
            pipeline.normalize()
            info = pipeline.load()
            info.raise_on_failed_jobs()
        except DltException as error:
            ours = held(build_file, error) or disk_full(error)
            if ours is None:
                raise
            raise ours from error
    for load_id in info.loads_ids:
        mark_loaded(settings.warehouse.landing_dir, load_id)
    return info


@contextmanager
def _nothing_collected_twice() -> Iterator[None]:
    """What is there before a load outlives it: garbage is looked for elsewhere."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _bring_in_step(pipeline: Pipeline, destination: Destination) -> None:
    """Start from what the destination holds, never from a half-done load.

    The working directory remembers the last package that it loaded. If that is not
    the destination's newest, or a package is pending, then a run was killed or the
    file was exchanged: the directory is dropped and restored from the destination,
    whose stored state counts only for completed loads.
    """
    # dlt stores its state in the destination only where it may restore it from there.
    pipeline.config.restore_from_destination = destination.schema == RAW_SCHEMA
    loaded = pipeline.list_completed_load_packages()
    in_step = max(loaded, default=None) == destination.last_load_id()
    if not in_step or pipeline.has_pending_data or len(loaded) > MOST_PACKAGES:
        pipeline.drop()
        pipeline.sync_destination()


def record(settings: Settings, tables: Mapping[str, pa.Table]) -> None:
    """Load rows into ``meta``; tables of ``REPLACED`` are replaced, others grow."""
    resources = [
        dlt.resource(
            [rows],
            name=name,
            write_disposition="replace" if name in REPLACED else "append",
        )
        for name, rows in tables.items()
    ]
    load(settings, resources, dataset=META_SCHEMA)


def _credentials(build_file: Path) -> DuckDbCredentials:
    """One thread: two cost half as much CPU again and gain little on rows so wide."""
    credentials = DuckDbCredentials()
    credentials.database = str(build_file)
    credentials.global_config = {"threads": 1}
    return credentials


def _is_critical(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.CRITICAL


def _configure(dataset: str) -> None:
    dlt.config["runtime.dlthub_telemetry"] = False
    dlt.config["runtime.log_level"] = "ERROR"
    # What dlt logs as an error it raises too. It resets its level; a filter stays.
    logging.getLogger("dlt").addFilter(_is_critical)
    dlt.config["normalize.parquet_normalizer.add_dlt_load_id"] = True
    # Raw rows come with their ids.
    dlt.config["normalize.parquet_normalizer.add_dlt_id"] = dataset != RAW_SCHEMA
    dlt.config["data_writer.disable_compression"] = True
    dlt.config["load.delete_completed_jobs"] = True
