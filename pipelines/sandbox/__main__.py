"""``python -m pipelines.sandbox WORLD``: serve a world without the command line.

Prints its address and credentials as one line of JSON once it listens. ``process``
starts it so; people use ``cwp sandbox``, which also generates the world.
"""

import argparse
import os
import sys
from pathlib import Path

import msgspec

from pipelines.errors import SandboxError
from pipelines.sandbox.main import serve
from pipelines.sandbox.options import Endpoint, SandboxOptions


def main() -> int:
    """Run it; the exit status is 1 where it could not start."""
    arguments = _parser().parse_args()
    options = msgspec.json.decode(arguments.options, type=SandboxOptions)
    wait = _stdin_closed if arguments.end_with_stdin else None
    try:
        serve(
            arguments.world,
            host=arguments.host,
            port=arguments.port,
            options=options,
            ready=_announce,
            wait_for_end=wait,
        )
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines.sandbox")
    parser.add_argument("world", type=Path, help="a world's file")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--options", default="{}", help="SandboxOptions as JSON")
    parser.add_argument(
        "--end-with-stdin", action="store_true", help="end when stdin is closed"
    )
    return parser


def _stdin_closed() -> None:
    """Wait for it below Python's buffer, whose lock would spoil an end by Ctrl-C."""
    while os.read(sys.stdin.fileno(), 1024):
        pass


def _announce(endpoint: Endpoint) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(endpoint, enc_hook=str) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
