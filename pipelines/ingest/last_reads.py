"""When each entity was last read to its end, and whether it was granted.

Kept in a small file beside the build file, not in it: a read that brought nothing is
noted here and changes no table. What is due follows from it. It speaks of the build
file that had the newest load then, so it says nothing of one that was begun anew or
brought back from a backup.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from pipelines.ingest.destination import Destination
from pipelines.ingest.run import Tally


@dataclass(frozen=True, slots=True)
class LastRead:
    """The last complete read of an entity, by the server's clock."""

    read_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class _Kept:
    load_id: str | None = None
    reads: dict[str, LastRead] = field(default_factory=dict)


def last_reads(build_file: Path) -> Mapping[str, LastRead]:
    """The last read of every entity that was read at all."""
    try:
        content = _file_of(build_file).read_bytes()
        kept = msgspec.json.decode(content, type=_Kept)
    except (FileNotFoundError, msgspec.DecodeError):
        return {}
    loads = Destination(build_file).completed_loads() if build_file.exists() else ()
    return kept.reads if kept.load_id is None or kept.load_id in loads else {}


def note_reads(build_file: Path, tallies: Iterable[Tally], *, at: datetime) -> None:
    """Write down what a run has read; skipped entities keep what stood there."""
    now = {one.name: LastRead(at, one.status) for one in _read(tallies)}
    kept = _Kept(
        Destination(build_file).last_load_id(), {**last_reads(build_file), **now}
    )
    file = _file_of(build_file)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_bytes(msgspec.json.encode(kept))
    unfinished.replace(file)


def _read(tallies: Iterable[Tally]) -> Iterable[Tally]:
    return (one for one in tallies if one.status != "skipped")


def _file_of(build_file: Path) -> Path:
    return build_file.with_name(f"{build_file.stem}.reads.json")
