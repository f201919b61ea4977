"""A seeded generator of a believable MSP.

``build_world`` writes one into a Store file; ``cached_world`` builds it once and keeps
it. The same profile, seed and now give the same bytes. What the world must look like
is decided here; how it is served is decided in the server.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipelines.sandbox.generate.calendar import instant, stamp
from pipelines.sandbox.generate.world import build_world

__all__ = ["GENERATOR_VERSION", "build_world", "cached_world"]

# Raise it when the same seed gives another world, so that caches are not reused.
GENERATOR_VERSION = 10


def cached_world(
    *,
    cache_dir: Path,
    profile: str,
    seed: int,
    now: datetime,
    progress: Callable[[str, int, int], None] | None = None,
) -> Path:
    """The world of that profile, seed and instant; built on first use.

    Built beside its place and renamed, so that a half-built world is never read.

    Raises:
        SandboxError: there is no such profile.
    """
    moment = stamp(instant(now)).replace(":", "")
    name = f"{profile}-seed{seed}-{moment}-v{GENERATOR_VERSION}.sqlite"
    path = cache_dir / name
    if path.exists():
        return path
    cache_dir.mkdir(parents=True, exist_ok=True)
    part = cache_dir / f"{name}.{os.getpid()}.part"
    try:
        build_world(part, profile=profile, seed=seed, now=now, progress=progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
