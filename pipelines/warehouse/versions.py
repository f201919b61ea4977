"""What lies in the published folder: versions, links to the current one, leftovers.

    published/
      current.duckdb -> connectwise-20260331T210000000000Z.duckdb
      connectwise-20260331T210000000000Z.duckdb
      connectwise-20260331T210000000000Z.semantic_manifest.json
      parquet/current -> 20260331T210000000000Z
      parquet/20260331T210000000000Z/marts/fct_ticket.parquet

Names, links and removal only; what is inside the files is ``publish``'s business.
Unfinished work begins with ``.tmp-`` and may be removed by whoever publishes next.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

PREFIX: Final = "connectwise-"
UNFINISHED: Final = ".tmp-"
CURRENT: Final = "current"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class Version:
    """The files of one published version; ``stamp`` sorts by age."""

    folder: Path
    stamp: str

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / f"{PREFIX}{self.stamp}.duckdb"

    @property
    def semantic_manifest(self) -> Path:
        """The semantic manifest of the same run."""
        return self.folder / f"{PREFIX}{self.stamp}.semantic_manifest.json"

    @property
    def parquet(self) -> Path:
        """The folder of one Parquet file per mart."""
        return self.folder / "parquet" / self.stamp

    def unfinished(self, path: Path) -> Path:
        """Where one of the files lies until it is complete."""
        return path.with_name(f"{UNFINISHED}{path.name}")

    def remove(self) -> None:
        """Unlink every file; a reader that has one open keeps it."""
        self.database.unlink(missing_ok=True)
        self.semantic_manifest.unlink(missing_ok=True)
        if self.parquet.exists():
            leaving = self.unfinished(self.parquet)
            self.parquet.rename(leaving)
            shutil.rmtree(leaving)


def versions(folder: Path) -> tuple[Version, ...]:
    """Versions in the folder, oldest first."""
    stamps = sorted(
        path.stem.removeprefix(PREFIX) for path in folder.glob(f"{PREFIX}*.duckdb")
    )
    return tuple(Version(folder, stamp) for stamp in stamps)


def current_version(folder: Path) -> Version | None:
    """The version that ``current.duckdb`` points to, if it is there."""
    target = (folder / f"{CURRENT}.duckdb").resolve()
    if not target.is_file() or not target.name.startswith(PREFIX):
        return None
    return Version(folder, target.stem.removeprefix(PREFIX))


def next_version(folder: Path, *, now: datetime) -> Version:
    """A version newer than every other, even if the clock was set back."""
    existing = versions(folder)
    moment = now.astimezone(UTC)
    if existing:
        newest = datetime.strptime(existing[-1].stamp, _STAMP).replace(tzinfo=UTC)
        moment = max(moment, newest + timedelta(microseconds=1))
    return Version(folder, moment.strftime(_STAMP))


def point(link: Path, target: Path) -> None:
    """Swap a relative link in one step; no reader ever finds it missing."""
    fresh = link.with_name(f"{UNFINISHED}{link.name}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)
    flush(link.parent)


def sweep(folder: Path) -> None:
    """Remove what killed publishes left: unfinished files, versions never shown."""
    parquet = folder / "parquet"
    for path in (*folder.glob(f"{UNFINISHED}*"), *parquet.glob(f"{UNFINISHED}*")):
        _discard(path)
    shown = current_version(folder)
    for version in _begun(folder):
        never_shown = shown is not None and version.stamp > shown.stamp
        if never_shown or not version.database.is_file():
            version.remove()


def _begun(folder: Path) -> set[Version]:
    """Every version of which at least one file has its final name."""
    stamps = [path.name for path in (folder / "parquet").glob("2*Z")]
    files = folder.glob(f"{PREFIX}*")
    stamps += [path.name.removeprefix(PREFIX).split(".")[0] for path in files]
    return {Version(folder, stamp) for stamp in stamps}


def prune(folder: Path, *, keep: int) -> None:
    """Keep the newest versions and remove the others."""
    for version in versions(folder)[:-keep]:
        version.remove()


def flush(*paths: Path) -> None:
    """Wait until files or folders are on disk."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def seal(paths: Iterable[Path]) -> None:
    """Make finished files read-only and wait until they are on disk."""
    for path in paths:
        path.chmod(0o444)
        flush(path)


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
