"""CPU seconds that one unchanged entity with a window adds to a sync; printed.

Runs where ``benchmarks.hot`` has pointed the environment: at a warehouse that is up to
date with its sandbox. Stops when an entity was asked more than once, or had news.
"""

import time
from collections import Counter
from collections.abc import Sequence

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest.extraction import extract
from pipelines.ingest.preflight import open_client
from pipelines.ingest.run import begin
from pipelines.observability.logging import configure
from pipelines.observability.progress import SilentProgress
from pipelines.settings import LogSettings, Settings, load_settings

_TIMES = 7


def main() -> None:
    configure(LogSettings(level="ERROR"))
    settings = load_settings(env_file=None)
    windowed = [
        one for one in ENTITIES.values() if one.incremental and one.parent is None
    ]
    _spent(settings, windowed)
    all_of_them = min(_spent(settings, windowed) for _ in range(_TIMES))
    one_of_them = min(_spent(settings, windowed[:1]) for _ in range(_TIMES))
    print((all_of_them - one_of_them) / (len(windowed) - 1))


def _spent(settings: Settings, entities: Sequence[Entity]) -> float:
    asked: Counter[str] = Counter()

    def count(event: object) -> None:
        if isinstance(event, RequestFinished):
            asked[str(event.call)] += 1

    begun = time.process_time()
    with open_client(settings, hooks=[count]) as client:
        run = begin(settings, client, progress=SilentProgress())
        loads = extract(run, entities)
    spent = time.process_time() - begun
    if loads or max(asked.values()) > 1:
        raise SystemExit(f"There was news, or more than one request: {asked}")
    return spent


if __name__ == "__main__":
    main()
