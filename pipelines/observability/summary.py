"""What one run did, as plain records that any room may fill.

The command line draws them as tables, orchestration builds them, tests compare them
with the server's own counts. Nothing here measures or prints.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipelines.observability.outcomes import CheckOutcome

EntityStatus = Literal["read", "not granted", "skipped"]


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """One entity's extraction.

    Attributes:
        rows_read: rows received, overlaps and unchanged rows included.
        rows_new: rows whose key was not in the warehouse.
        rows_changed: rows whose key was there with other content.
        cpu_seconds: CPU time of reading and decoding, in this process.
        note: for people, such as "40 of 812 tickets read"; mostly empty.
    """

    name: str
    status: EntityStatus
    rows_read: int
    rows_new: int
    rows_changed: int
    cpu_seconds: float
    note: str = ""


def together(summaries: Iterable[EntitySummary]) -> tuple[EntitySummary, ...]:
    """One summary for each entity: rows and time added up, the last status and note."""
    found: dict[str, EntitySummary] = {}
    for one in summaries:
        before = found.get(one.name)
        found[one.name] = _after(one, before) if before else one
    return tuple(found.values())


def _after(one: EntitySummary, before: EntitySummary) -> EntitySummary:
    return replace(
        before if one.status == "skipped" else one,
        rows_read=one.rows_read + before.rows_read,
        rows_new=one.rows_new + before.rows_new,
        rows_changed=one.rows_changed + before.rows_changed,
        cpu_seconds=one.cpu_seconds + before.cpu_seconds,
    )


@dataclass(frozen=True, slots=True)
class TableSummary:
    """One published table and its row count; ``name`` is ``schema.table``."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run from extraction to report.

    Attributes:
        target: what was read, for people ("sandbox, profile small").
        outcomes_passed: checks that passed.
        outcomes_warned: checks that warned, errors of warning checks included.
        outcomes_failed: blocking checks that did not pass.
        files: files made, for people to open.
        nothing_new: extraction changed no row and nothing else had changed, so the
            run stopped there.
        messages: sentences that a person should read, such as quarantined rows.
    """

    target: str
    entities: tuple[EntitySummary, ...]
    marts: tuple[TableSummary, ...]
    outcomes_passed: tuple[CheckOutcome, ...] = ()
    outcomes_warned: tuple[CheckOutcome, ...] = ()
    outcomes_failed: tuple[CheckOutcome, ...] = ()
    files: tuple[Path, ...] = ()
    nothing_new: bool = False
    messages: tuple[str, ...] = ()
