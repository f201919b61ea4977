"""Runs a sandbox beside the caller: in a thread, or in a process of its own.

``serving`` is for tests: the caller keeps the store and may change it. ``running`` is
a subprocess on a world's file; it ends with its parent, however that ends. Both take a
free loopback port and are ready when they yield.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from pipelines.errors import SandboxError
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.hosting import hosted
from pipelines.sandbox.live import running as living
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.store import Store

_HOST = "127.0.0.1"
_START_SECONDS = 60
_STOP_SECONDS = 10
_PROJECT_DIR = Path(__file__).resolve().parents[2]


@contextmanager
def serving(
    store: Store,
    *,
    options: SandboxOptions | None = None,
    control: SandboxControl | None = None,
) -> Iterator[Endpoint]:
    """Serve a store from a thread of this process.

    Args:
        store: what is served; it may change meanwhile.
        options: the sandbox's options.
        control: a hand on it while it runs; it brings its own options.

    Raises:
        SandboxError: it did not start.
    """
    hand = control or SandboxControl(options)
    with (
        hosted(store, host=_HOST, port=0, control=hand) as (server, endpoint),
        living(store, hand),
    ):
        thread = threading.Thread(target=server.serve_until_stopped, daemon=True)
        thread.start()
        try:
            if not server.is_ready.wait(_START_SECONDS):
                raise SandboxError("The sandbox did not start in time.")
            yield endpoint
        finally:
            server.stop()
            thread.join()


@contextmanager
def running(
    world: Path, *, options: SandboxOptions | None = None
) -> Iterator[Endpoint]:
    """Serve a world's file from a process of its own.

    Raises:
        SandboxError: it did not start; its own message went to stderr.
    """
    process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        _command(world, options or SandboxOptions()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
    )
    try:
        yield _first_line(process)
    finally:
        _end(process)


def _command(world: Path, options: SandboxOptions) -> list[str]:
    encoded = msgspec.json.encode(options).decode()
    module = [sys.executable, "-m", "pipelines.sandbox", str(world)]
    return [*module, "--options", encoded, "--end-with-stdin"]


def _environment() -> dict[str, str]:
    """The caller's, with this package found wherever the caller stands."""
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_PROJECT_DIR), *([known] if known else [])])
    return {**os.environ, "PYTHONPATH": path}


def _first_line(process: subprocess.Popen[bytes]) -> Endpoint:
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        raise SandboxError("The sandbox's process ended before it listened.")
    return msgspec.json.decode(line, type=Endpoint, dec_hook=_decoded)


def _decoded(kind: type, value: Any) -> Any:
    return kind(value)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Closing its stdin ends it; a process that stays is killed."""
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
