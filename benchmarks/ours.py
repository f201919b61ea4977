"""Our extraction of one entity, as a run does it, without Dagster and dbt.

``python -m benchmarks.ours BASE_URL FOLDER`` loads what is new into ``FOLDER``;
``… BASE_URL FOLDER CHANGES`` then lets the server change tickets so often and prints
the CPU seconds of each further load in the same process, and of one without news
after it.
"""

import json
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

from pydantic import SecretStr

from pipelines.connectwise import ConnectWiseClient
from pipelines.connectwise.auth import Credentials
from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.events import Hook
from pipelines.ingest.extraction import extract
from pipelines.ingest.run import SyncRun, begin
from pipelines.observability.logging import configure
from pipelines.observability.progress import SilentProgress
from pipelines.settings import LogSettings, Settings, WarehouseSettings
from pipelines.warehouse.connection import create

ENTITY = ENTITIES["service_tickets"]


def settings_in(folder: Path) -> Settings:
    return Settings(_env_file=None, warehouse=WarehouseSettings(dir=folder))


def client_of(base_url: str, hook: Hook | None = None) -> ConnectWiseClient:
    credentials = Credentials(
        "bench", SecretStr("public"), SecretStr("private"), SecretStr("id")
    )
    return ConnectWiseClient(
        credentials,
        base_url,
        rate_limit_per_minute=None,
        hooks=[hook] if hook else [],
    )


def sync(
    settings: Settings,
    base_url: str,
    *,
    history: bool = False,
    hook: Hook | None = None,
) -> SyncRun:
    """Load what is new of the entity; with ``history`` in both stages, to the end."""
    if not settings.warehouse.build_file.exists():
        settings.warehouse.build_file.parent.mkdir(parents=True, exist_ok=True)
        create(settings.warehouse.build_file)
    with client_of(base_url, hook) as client:
        run = begin(settings, client, progress=SilentProgress())
        extract(run, [ENTITY], history=history)
        return run


def change(base_url: str) -> int:
    """Let the server change tickets; how many it changed."""
    with urlopen(Request(f"{base_url}/change", method="POST")) as answer:
        return int(answer.read())


def warm(settings: Settings, base_url: str, *, expected: int) -> dict[str, float]:
    """One further load: its CPU seconds, rows, and requests for the entity."""
    calls: list[str] = []
    begun = time.process_time()
    run = sync(settings, base_url, hook=lambda event: calls.append(str(event)))
    spent = time.process_time() - begun
    changed = run.tallies[ENTITY.name].rows_changed
    if changed != expected:
        raise SystemExit(f"{expected} tickets changed, {changed} were loaded")
    asked = [call for call in calls if ENTITY.path in call]
    return {"cpu": spent, "rows": changed, "requests": len(asked)}


if __name__ == "__main__":
    base_url, folder, *changes = sys.argv[1:]
    # What it logs would stand among the figures.
    configure(LogSettings(level="ERROR"))
    here = settings_in(Path(folder))
    sync(here, base_url, history=True)
    for _ in range(int(changes[0]) if changes else 0):
        print(json.dumps(warm(here, base_url, expected=change(base_url))), flush=True)
        print(json.dumps(warm(here, base_url, expected=0)), flush=True)
