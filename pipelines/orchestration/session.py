"""What the steps of one run share: the client, the run's tallies, the ledger.

A session lives as long as a Dagster run, in one process. It holds the writer's lock,
so two runs never write one warehouse at a time, also when they were started by
different programs.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.connectwise import ConnectWiseClient, RetryPolicy
from pipelines.errors import WarehouseBusyError
from pipelines.ingest.completeness import Count
from pipelines.ingest.preflight import open_client
from pipelines.ingest.run import SyncRun, begin
from pipelines.ingest.tenancy import claim
from pipelines.observability.metrics import EventCounts
from pipelines.observability.outcomes import CheckOutcome
from pipelines.observability.progress import Progress
from pipelines.observability.summary import TableSummary
from pipelines.orchestration.tenant import owner
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect, create

# A schedule that looks whether the lock is free holds it for a moment.
_PROBED_SECONDS = 1.0


@dataclass(slots=True)
class Ledger:
    """What a run has done so far, for the summary at its end.

    ``as_of`` is "today" where it is not the start of this run; ``notes`` are sentences
    that a person should read.
    """

    sync: SyncRun | None = None
    counts: dict[str, Count] = field(default_factory=dict)
    stopped_early: bool = False
    history_open: bool = False
    calls: EventCounts = field(default_factory=EventCounts)
    outcomes: list[CheckOutcome] = field(default_factory=list)
    marts: list[TableSummary] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    as_of: datetime | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    """One run's client and tallies, opened when the first step asks for them."""

    settings: Settings
    progress: Progress
    ledger: Ledger
    retry: RetryPolicy | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def sync(self) -> SyncRun:
        """The sync run; the first use connects to the tenant.

        Raises:
            ConnectWiseError: the tenant cannot be reached or refuses credentials.
            IngestError: the warehouse holds another tenant's records.
        """
        if self.ledger.sync is None:
            opening = open_client(
                self.settings, hooks=(self.ledger.calls,), retry=self.retry
            )
            client = self._stack.enter_context(opening)
            sync = begin(self.settings, client, progress=self.progress)
            claim(self.settings.warehouse.build_file, owner(self.settings))
            self.ledger.sync = sync
        return self.ledger.sync

    @property
    def client(self) -> ConnectWiseClient:
        """The run's client."""
        return self.sync.client

    def close(self) -> None:
        """Close what was opened."""
        self._stack.close()


@contextmanager
def opened(
    settings: Settings,
    *,
    progress: Progress,
    ledger: Ledger,
    retry: RetryPolicy | None = None,
) -> Iterator[Session]:
    """A session that is the only writer of the warehouse.

    ``retry`` replaces the client's retry rule, for who cannot wait.

    Raises:
        WarehouseBusyError: another run, or another program, holds the warehouse.
    """
    with writer_lock(settings):
        session = Session(settings, progress, ledger, retry)
        try:
            yield session
        finally:
            session.close()


def is_being_written(settings: Settings) -> bool:
    """A run, of whatever process, is writing the warehouse."""
    lock = _lock(settings)
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True


def _lock(settings: Settings) -> FileLock:
    build_file = settings.warehouse.build_file
    build_file.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(build_file.with_suffix(".lock"))


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Hold the warehouse for writing.

    Raises:
        WarehouseBusyError: another run, or another program, holds it.
    """
    build_file = settings.warehouse.build_file
    lock = _lock(settings)
    try:
        lock.acquire(timeout=_PROBED_SECONDS)
    except Timeout:
        raise WarehouseBusyError(
            f"Another run is writing {build_file}; wait until it has finished."
        ) from None
    try:
        if build_file.exists():
            connect(build_file, read_only=False).close()
        else:
            create(build_file)
        yield
    finally:
        lock.release()
