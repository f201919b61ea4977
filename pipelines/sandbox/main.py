"""Runs one sandbox in the foreground, for the command line and for subprocesses."""

import threading
from collections.abc import Callable
from pathlib import Path

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.hosting import hosted
from pipelines.sandbox.live import running as living
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.store import Store


def serve(
    world: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    options: SandboxOptions | None = None,
    ready: Callable[[Endpoint], None] | None = None,
    wait_for_end: Callable[[], object] | None = None,
) -> None:
    """Serve a world until the process is told to end (Ctrl+C, SIGTERM).

    Args:
        world: a store's file.
        host: address to listen on.
        port: port to listen on; 0 for a free one.
        options: the sandbox's options.
        ready: is told the address once the server listens.
        wait_for_end: returns when the server shall end as well.

    Raises:
        SandboxError: there is no such world, or the port is taken.
    """
    control = SandboxControl(options)
    with (
        Store(world) as store,
        hosted(store, host=host, port=port, control=control) as (server, endpoint),
        living(store, control),
    ):
        if wait_for_end:
            _on_return(wait_for_end, server.stop)
        if ready:
            ready(endpoint)
        server.serve_until_stopped()


def _on_return(wait: Callable[[], object], act: Callable[[], None]) -> None:
    def run() -> None:
        wait()
        act()

    threading.Thread(target=run, daemon=True).start()
