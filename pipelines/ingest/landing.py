"""Raw pages as received, kept per load with an index, for a limited time.

    <landing>/<day>/<load id>/pages.jsonl         the index: one line a page
    <landing>/<day>/<load id>/<entity>.json.zst   the pages, one zstd frame each
    <landing>/<day>/<load id>/loaded              once the load has completed
    <landing>/expired                             the last day that was removed

A page is kept when it brought something: what an unchanged page holds already lies in
an earlier one. Pages hold personal data, so only their owner may read them.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec
import pyarrow as pa

from pipelines.connectwise import Page

INDEX, LOADED, EXPIRED = "pages.jsonl", "loaded", "expired"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


class KeptPage(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the index: what the page is, and where its bytes lie.

    ``path`` is the API's, with the parent's id in it; ``read_at`` is the server's
    time at the start of the run, which is the rows' ``_synced_at``.
    """

    entity: str
    parent_id: int | None
    path: str
    number: int
    rows: int
    request_id: str | None
    server_date: datetime
    read_at: datetime
    run_id: str
    offset: int
    length: int


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(KeptPage).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where the pages of one load are kept."""

    directory: Path
    load_id: str
    run_id: str
    read_at: datetime

    def keep(self, entity: str, page: Page, *, parent_id: int | None = None) -> None:
        """Write a page, then its line of the index: what has a line is whole."""
        folder = self.directory / self.read_at.date().isoformat() / self.load_id
        _make_private(folder, root=self.directory)
        frame = pa.compress(page.content, codec="zstd", asbytes=True)
        line = KeptPage(
            entity=entity,
            parent_id=parent_id,
            path=page.path,
            number=page.number,
            rows=page.row_count,
            request_id=page.request_id,
            server_date=page.server_date,
            read_at=self.read_at,
            run_id=self.run_id,
            offset=_append(folder / file_of(entity), frame),
            length=len(frame),
        )
        _append(folder / INDEX, _encode(line) + b"\n")


@dataclass(frozen=True, slots=True)
class KeptLoad:
    """The pages of one load, as they lie there."""

    folder: Path

    @property
    def load_id(self) -> str:
        """The id that dlt gave the load."""
        return self.folder.name

    @property
    def day(self) -> date:
        """The server's day on which it was read."""
        return date.fromisoformat(self.folder.parent.name)

    @property
    def is_marked(self) -> bool:
        """It is known here that the load has completed."""
        return (self.folder / LOADED).exists()

    @property
    def has_pages(self) -> bool:
        """Not only the index, as a restored backup brings it."""
        return any(self.folder.glob(file_of("*")))

    def pages(self) -> Iterator[KeptPage]:
        """The index, in the order of reading; a kill may have torn its last line."""
        whole = (self.folder / INDEX).read_bytes().split(b"\n")[:-1]
        yield from map(_decode, whole)

    def damaged(self) -> list[Path]:
        """Files that hold less than the index says."""
        needed: dict[Path, int] = {}
        for kept in self.pages():
            needed[self.folder / file_of(kept.entity)] = kept.offset + kept.length
        return [
            path
            for path, length in needed.items()
            if not path.exists() or path.stat().st_size < length
        ]

    def read(self, kept: KeptPage) -> Page:
        """A page as it was received.

        Raises:
            OSError: its bytes are not there any more.
        """
        path = self.folder / file_of(kept.entity)
        with path.open("rb") as file:
            file.seek(kept.offset)
            frame = file.read(kept.length)
        if len(frame) < kept.length:
            raise OSError(f"{path} ends before page {kept.number} does")
        with pa.input_stream(pa.py_buffer(frame), compression="zstd") as stream:
            content: bytes = stream.read()
        return Page(
            path=kept.path,
            number=kept.number,
            content=content,
            server_date=kept.server_date,
            request_id=kept.request_id,
            row_count=kept.rows,
        )


def file_of(entity: str) -> str:
    """Name of the file that holds an entity's pages."""
    return f"{entity}.json.zst"


def kept_loads(directory: Path) -> list[KeptLoad]:
    """Every load that left pages, in the order of reading."""
    loads = [KeptLoad(index.parent) for index in directory.glob(f"*/*/{INDEX}")]
    firsts = {load: next(load.pages(), None) for load in loads}
    begun = {load: first.read_at for load, first in firsts.items() if first}
    return sorted(begun, key=lambda load: (begun[load], load.load_id))


def mark_loaded(directory: Path, load_id: str) -> None:
    """Note that a load has completed, so that its pages count without a database."""
    for folder in directory.glob(f"*/{load_id}"):
        _append(folder / LOADED, b"")


def expired_on(directory: Path) -> date | None:
    """The last day whose pages are gone; ``None`` if all are there."""
    note = directory / EXPIRED
    return date.fromisoformat(note.read_text()) if note.exists() else None


def expire(directory: Path, *, before: datetime) -> int:
    """Remove the days before that of ``before``; how many were removed."""
    stale = [path for path, day in _day_folders(directory) if day < before.date()]
    if stale:
        note = directory / EXPIRED
        note.write_text(max(path.name for path in stale))
        note.chmod(_PRIVATE_FILE)
    for path in stale:
        shutil.rmtree(path)
    return len(stale)


def _day_folders(directory: Path) -> Iterator[tuple[Path, date]]:
    for path in sorted(directory.glob("*/")):
        try:
            yield path, date.fromisoformat(path.name)
        except ValueError:
            continue


def _make_private(folder: Path, *, root: Path) -> None:
    if folder.is_dir():
        return
    if folder != root:
        _make_private(folder.parent, root=root)
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)


def _append(path: Path, content: bytes) -> int:
    """Add to a file that only its owner may read; where the addition begins."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with os.fdopen(os.open(path, flags, _PRIVATE_FILE), "ab") as file:
        offset = os.fstat(file.fileno()).st_size
        file.write(content)
    return offset
