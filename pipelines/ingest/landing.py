"""Raw pages as received, zstd-compressed, one file a page.

``<landing>/<entity>/<day>/<run>/<parent>-<page>.json.zst``; ``parent`` is 0 for flat
lists. A page is kept when it brought something: what an unchanged page holds already
lies in an earlier one. Files older than the retention are swept.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from pipelines.connectwise import Page


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the pages of one run are kept."""

    directory: Path
    run_id: str

    def keep(self, entity: str, page: Page, *, parent_id: int | None = None) -> Path:
        """Write a page; a file that is there is whole, also after a crash."""
        day = page.server_date.date().isoformat()
        folder = self.directory / entity / day / self.run_id
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{parent_id or 0}-{page.number:06d}.json.zst"
        part = path.with_suffix(".part")
        part.write_bytes(pa.compress(page.content, codec="zstd", asbytes=True))
        return part.replace(path)


def read(path: Path) -> bytes:
    """A kept page as it was received."""
    with pa.input_stream(path, compression="zstd") as stream:
        content: bytes = stream.read()
    return content


def sweep(directory: Path, *, now: datetime, retention: timedelta) -> int:
    """Remove day folders older than ``retention``; how many were removed."""
    oldest = (now - retention).date()
    stale = [path for path, day in _day_folders(directory) if day < oldest]
    for path in stale:
        shutil.rmtree(path)
    return len(stale)


def _day_folders(directory: Path) -> Iterator[tuple[Path, date]]:
    for path in sorted(directory.glob("*/*/")):
        try:
            yield path, date.fromisoformat(path.name)
        except ValueError:
            continue
