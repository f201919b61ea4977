"""One run's shared things, and what each entity did in it.

A ``SyncRun`` is made at the start of a run, handed to every resource, and read at the
end for the summary. It holds no dlt object.
"""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pipelines.connectwise import ConnectWiseClient
from pipelines.ingest.decode import Decoded
from pipelines.ingest.destination import Destination
from pipelines.ingest.landing import Landing
from pipelines.ingest.time_zone import configured_time_zone
from pipelines.observability.progress import Progress
from pipelines.observability.summary import EntityStatus, EntitySummary
from pipelines.settings import Settings

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What one entity's extraction did so far."""

    name: str
    status: EntityStatus = "read"
    rows_read: int = 0
    rows_new: int = 0
    rows_changed: int = 0
    cpu_seconds: float = 0.0
    note: str = ""
    drift: dict[str, str] = field(default_factory=dict)
    quarantine: list[dict[str, Any]] = field(default_factory=list)

    def observe(self, decoded: Decoded) -> None:
        """Count a page and remember its surprises."""
        self.rows_read += decoded.rows.num_rows + len(decoded.quarantined)
        self.drift.update({one.path: one.json_type for one in decoded.unknown})
        self.quarantine += [
            {
                "entity": self.name,
                "record_id": one.record_id,
                "error": one.error,
                "record": one.record,
            }
            for one in decoded.quarantined
        ]

    def metered(self, items: Iterator[T]) -> Iterator[T]:
        """Pass ``items`` on, adding the CPU time that making them took."""
        while True:
            start = time.process_time()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.cpu_seconds += time.process_time() - start
            yield item

    @property
    def has_news(self) -> bool:
        """A row was new or changed."""
        return self.rows_new + self.rows_changed > 0

    @property
    def summary(self) -> EntitySummary:
        """The tally as it is shown."""
        return EntitySummary(
            name=self.name,
            status=self.status,
            rows_read=self.rows_read,
            rows_new=self.rows_new,
            rows_changed=self.rows_changed,
            cpu_seconds=self.cpu_seconds,
            note=self.note,
        )


@dataclass(slots=True)
class SyncRun:
    """One run: who is asked, when it began by the server's clock, what came of it.

    ``former_edition`` is the API's edition that the last run met, if it was another.
    """

    settings: Settings
    client: ConnectWiseClient
    progress: Progress
    server_now: datetime
    run_id: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    former_edition: str | None = None

    @property
    def edition(self) -> str:
        """The API's edition, as the tenant's codebase names it: ``v2026_4``."""
        return urlsplit(self.client.api_url()).path.split("/")[1]

    @property
    def destination(self) -> Destination:
        """The build file."""
        return Destination(self.settings.warehouse.build_file)

    def landing(self, load_id: str) -> Landing:
        """Where the pages of one of this run's loads are kept."""
        return Landing(
            directory=self.settings.warehouse.landing_dir,
            load_id=load_id,
            run_id=self.run_id,
            read_at=self.server_now,
        )

    def tally(self, entity: str) -> Tally:
        """The entity's tally, made at first use."""
        return self.tallies.setdefault(entity, Tally(entity))

    @property
    def changed_rows(self) -> int:
        """Rows that this run found new or changed."""
        return sum(t.rows_new + t.rows_changed for t in self.tallies.values())


def begin(
    settings: Settings, client: ConnectWiseClient, *, progress: Progress
) -> SyncRun:
    """Start a run: one call tells that the tenant answers, and its time.

    Raises:
        SettingsError: the reporting zone that is set is unknown.
        ConnectWiseError: the tenant cannot be reached or refuses the credentials.
    """
    configured_time_zone(settings)
    server_now = client.server_now()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return SyncRun(
        settings=settings,
        client=client,
        progress=progress,
        server_now=server_now,
        run_id=f"{stamp}-{secrets.token_hex(3)}",
    )
