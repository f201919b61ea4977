"""Builds that stay between runs, for trying KPIs and for their mutants.

``.cache/kpis`` keeps one build of an empty tenant and one of the small world. Each is
built again by dbt when a model, seed or macro changed; when only a metric did, the
project is parsed again. Tests use fixtures of their own; this is for people and
``make``.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from pipelines.errors import TransformError
from pipelines.observability import telemetry
from pipelines.observability.logging import configure
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.run import run_once
from pipelines.settings import PROJECT_DIR, LogSettings, Settings
from pipelines.transform.project import manifest_path, run_build, run_dbt
from tests.support import small_run
from tests.support.kpis import Bench
from tests.support.marts import RawWarehouse, settings_in

KEPT = PROJECT_DIR / ".cache" / "kpis"
EMPTY = "empty"
_BUILT = "built_manifest.json"


@dataclass(frozen=True, slots=True)
class KeptBuilds:
    """Both builds, up to date with the project's files."""

    bench: Bench
    small: Path


def kept_builds() -> KeptBuilds:
    """The builds, made or brought up to date first."""
    telemetry.disable()
    # MetricFlow warns of each question that a busy machine answers slowly.
    configure(LogSettings(level="ERROR"))
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / ".lock"):
        empty = _current(EMPTY, settings_in(KEPT / EMPTY), _empty)
        small = _current("small", small_run.settings_in(KEPT / "small"), _small)
    manifest = manifest_path(empty).with_name(_BUILT)
    return KeptBuilds(
        Bench(empty.warehouse.build_file, manifest), small.warehouse.build_file
    )


def _empty(settings: Settings) -> None:
    RawWarehouse.create(settings.warehouse.dir)
    run_build(settings)


def _small(settings: Settings) -> None:
    run_once(settings, progress=SilentProgress())


def _current(
    name: str, settings: Settings, make: Callable[[Settings], None]
) -> Settings:
    """Make, build or parse, whichever is needed."""
    models, metrics = KEPT / f"{name}.models", KEPT / f"{name}.metrics"
    built = _hash("models", "seeds", "macros", "snapshots")
    parsed = built + _hash("semantic")
    stale = not models.exists() or models.read_text() != built
    if stale and not (models.exists() and _built_again(settings)):
        models.unlink(missing_ok=True)
        shutil.rmtree(settings.warehouse.dir, ignore_errors=True)
        make(settings)
        _keep_manifest(settings)
    elif not stale and name == EMPTY and metrics.read_text() != parsed:
        run_dbt(settings, ["parse"])
    models.write_text(built)
    metrics.write_text(parsed)
    return settings


def _built_again(settings: Settings) -> bool:
    """Whether the models fit the tables that are there; a new source may be missing."""
    try:
        run_dbt(settings, ["build", "--exclude-resource-type", "test", "unit_test"])
    except TransformError:
        return False
    _keep_manifest(settings)
    return True


def _keep_manifest(settings: Settings) -> None:
    """A later parse overwrites the manifest, and would lose the compiled SQL."""
    manifest = manifest_path(settings)
    shutil.copyfile(manifest, manifest.with_name(_BUILT))


def _hash(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        folder = PROJECT_DIR / "dbt_project" / part
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.stem.endswith("__unit_tests"):
                digest.update(
                    str(path.relative_to(folder)).encode() + path.read_bytes()
                )
    return digest.hexdigest()
