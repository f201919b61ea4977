"""Progress of long work: live bars in a terminal, structured lines elsewhere.

Work that takes long takes a ``Progress`` and tells it what it does; it never prints.
``showing()`` picks the form that fits stderr. The summary at the end of a run is
not progress: it is drawn by the command line.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

# Between two lines about one entity, where there is no terminal: whichever is less.
ROWS_PER_LINE = 10_000
SECONDS_PER_LINE = 30


class Progress(Protocol):
    """What long work tells whoever watches; safe to call from several threads."""

    def start(self, entity: str, total: int | None) -> None:
        """Work on ``entity`` begins; ``total`` rows are expected if known."""

    def advance(self, entity: str, rows: int) -> None:
        """``rows`` more rows of ``entity`` are done."""

    def finish(self, entity: str, note: str) -> None:
        """Work on ``entity`` is over; ``note`` may be empty."""


class SilentProgress:
    """Shows nothing."""

    def start(self, entity: str, total: int | None) -> None:
        """Show nothing."""

    def advance(self, entity: str, rows: int) -> None:
        """Show nothing."""

    def finish(self, entity: str, note: str) -> None:
        """Show nothing."""


class LineProgress:
    """Logs a line at the start and the end of an entity, and now and then between.

    Each 10,000 rows, and each half a minute of rows that take longer.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        import structlog

        self._log = structlog.get_logger("pipelines.progress")
        self._clock = clock
        self._rows: dict[str, int] = {}
        self._told: dict[str, float] = {}

    def start(self, entity: str, total: int | None) -> None:
        """Log that ``entity`` begins."""
        self._rows[entity], self._told[entity] = 0, self._clock()
        expected = {} if total is None else {"total": total}
        self._log.info("started", entity=entity, **expected)

    def advance(self, entity: str, rows: int) -> None:
        """Log when a multiple of ``ROWS_PER_LINE`` is passed, or half a minute."""
        before, now = self._rows.get(entity, 0), self._clock()
        self._rows[entity] = before + rows
        is_many = self._rows[entity] // ROWS_PER_LINE > before // ROWS_PER_LINE
        if is_many or now - self._told.setdefault(entity, now) >= SECONDS_PER_LINE:
            self._told[entity] = now
            self._log.info("advanced", entity=entity, rows=self._rows[entity])

    def finish(self, entity: str, note: str) -> None:
        """Log how many rows ``entity`` had."""
        said = {"note": note} if note else {}
        rows = self._rows.pop(entity, 0)
        self._log.info("finished", entity=entity, rows=rows, **said)


class TerminalProgress:
    """A live line per entity, drawn by rich; use as a context manager."""

    def __init__(self, console: "Console") -> None:
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        self._bars = Progress(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:,.0f}", justify="right"),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "TerminalProgress":
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the last picture standing."""
        self._bars.stop()

    def start(self, entity: str, total: int | None) -> None:
        """Add a line for ``entity``."""
        name = entity.replace("_", " ")
        self._tasks[entity] = self._bars.add_task(name, total=total, note="")

    def advance(self, entity: str, rows: int) -> None:
        """Move the bar of ``entity``."""
        self._bars.advance(self._task(entity), rows)

    def finish(self, entity: str, note: str) -> None:
        """Fill the bar of ``entity`` and show ``note`` beside it."""
        task = self._task(entity)
        done = next(t.completed for t in self._bars.tasks if t.id == task)
        self._bars.update(task, total=done, note=note)

    def _task(self, entity: str) -> "TaskID":
        if entity not in self._tasks:
            self.start(entity, None)
        return self._tasks[entity]


def as_callback(progress: Progress, entity: str) -> Callable[[str, int, int], None]:
    """``progress`` of one entity for work that tells ``(stage, done, total)``."""
    told: list[int] = []

    def tell(_stage: str, done: int, total: int) -> None:
        if not told:
            progress.start(entity, total)
        progress.advance(entity, done - sum(told))
        told.append(done - sum(told))
        if done >= total:
            progress.finish(entity, "")

    return tell


@contextmanager
def showing() -> Iterator[Progress]:
    """Progress in the form that fits stderr, for the time of the ``with`` block."""
    if not sys.stderr.isatty():
        yield LineProgress()
        return
    from rich.console import Console

    # A terminal of our own: Dagster turns the process's stderr into a file while a
    # step runs, and shows what was written there only now and then.
    with (
        os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8") as terminal,
        TerminalProgress(Console(file=terminal)) as progress,
    ):
        yield progress
