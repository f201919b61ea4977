"""A sandbox that a test changes, and a warehouse that follows it night by night."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.ingest.extraction import extract
from pipelines.ingest.reconcile import Reconciled, reconcile
from pipelines.ingest.run import SyncRun
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.sandbox import ticket
from tests.support.warehouses import settings_in

SERVICE, PROJECT = ENTITIES["service_tickets"], ENTITIES["project_tickets"]
STATUSES = ENTITIES["board_statuses"]
READ = (ENTITIES["boards"], ENTITIES["contacts"], SERVICE, PROJECT, STATUSES)


@dataclass
class Tenant:
    """The sandbox, the warehouse, and what is read and swept of them."""

    store: Store
    control: SandboxControl
    settings: Settings
    entities: tuple[Entity, ...] = READ
    last: SyncRun | None = None

    def sync(self) -> SyncRun:
        """Read what changed, as the extraction steps do."""

        def step(run: SyncRun) -> None:
            extract(run, self.entities)

        self._in_session(step)
        assert self.last
        return self.last

    def night(self) -> Reconciled:
        """Let a day pass and sweep."""
        self.control.advance(days=1)
        return self._in_session(lambda run: reconcile(run, self.entities))

    def deletions(self, *, standing: bool = True) -> dict[tuple[str, int], str]:
        rows = self.ask(
            "select entity, id, evidence from connectwise_raw._deletions "
            f"where (restored_at is null) = {standing}"
        )
        return {(entity, key): evidence for entity, key, evidence in rows}

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with connect(self.settings.warehouse.build_file) as connection:
            return connection.execute(sql).fetchall()

    def guard(self, **sync: float) -> None:
        """Change settings of the sync."""
        changed = self.settings.sync.model_copy(update=sync)
        self.settings = self.settings.model_copy(update={"sync": changed})

    def put(self, number: int, *, ago: timedelta, **changes: object) -> None:
        """A ticket's new form, stamped some time ago by the sandbox's clock."""
        moment = f"{self.control.clock.now() - ago:%Y-%m-%dT%H:%M:%SZ}"
        record = ticket(number, **changes)
        info = record["_info"] | {"lastUpdated": moment}
        self.store.put(SERVICE.path, {**record, "_info": info})

    def _in_session(self, step: Callable[[SyncRun], Any]) -> Any:
        with opened(
            self.settings, progress=SilentProgress(), ledger=Ledger()
        ) as session:
            self.last = session.sync
            return step(session.sync)


@contextmanager
def tenant_in(folder: Path, *, entities: tuple[Entity, ...] = READ) -> Iterator[Tenant]:
    """Serve the world in ``folder`` to a warehouse beside it."""
    control = SandboxControl(SandboxOptions())
    with (
        Store(folder / "world.sqlite") as store,
        serving(store, control=control) as endpoint,
    ):
        settings = pointed_at(settings_in(folder / "warehouse"), endpoint)
        yield Tenant(store, control, settings, entities)
