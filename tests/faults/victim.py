"""One extraction in a process of its own that dies, or runs out of disk, on purpose.

``python -m tests.faults.victim WAREHOUSE BASE_URL [--die-at N] [--file-limit BYTES]``

It counts what the operating system is asked for (files opened, renamed, removed,
connections made) and is killed at the N-th of these; without ``--die-at`` it prints
how many there were. ``--file-limit`` is the size at which a file can grow no more,
which is how a full disk looks to a process.
"""

import argparse
import os
import resource
import signal
import sys
import threading
from pathlib import Path

from pipelines.errors import PipelinesError
from pipelines.orchestration.errors import readable
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.options import Endpoint
from tests.faults.tenant import in_small_pages
from tests.support.warehouses import extract, settings_in

_WATCHED = ("open", "os.", "shutil.", "socket.connect")
# DuckDB works between two of these events; a moment later hits it there too.
_MOMENTS = (0.0, 0.002, 0.01, 0.05)


class Countdown:
    """Counts audit events and kills the process at one of them."""

    def __init__(self, die_at: int | None) -> None:
        self.seen = 0
        self._die_at = die_at

    def watch(self, event: str, arguments: object) -> None:
        """Count one event (``sys.addaudithook``)."""
        if not event.startswith(_WATCHED):
            return
        self.seen += 1
        if self.seen == self._die_at:
            moment = _MOMENTS[self.seen % len(_MOMENTS)]
            timer = threading.Timer(moment, os.kill, (os.getpid(), signal.SIGKILL))
            timer.daemon = True
            timer.start()


def main() -> None:
    """Extract; exit 3 with one sentence where the product gives up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("base_url")
    parser.add_argument("--die-at", type=int)
    parser.add_argument("--file-limit", type=int)
    given = parser.parse_args()
    endpoint = Endpoint(
        base_url=given.base_url,
        company_id="sandbox",
        public_key="public",
        private_key="private",
        client_id="00000000-0000-0000-0000-000000000000",
    )
    countdown = Countdown(given.die_at)
    sys.addaudithook(countdown.watch)
    if given.file_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.file_limit,) * 2)
    try:
        with readable():
            extract(in_small_pages(pointed_at(settings_in(given.warehouse), endpoint)))
    except PipelinesError as error:
        sys.stdout.write(f"{error}\n")
        sys.exit(3)
    sys.stdout.write(f"{countdown.seen}\n")


if __name__ == "__main__":
    main()
