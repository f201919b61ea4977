"""A child process in the foreground that never outlives this one.

It gets a session of its own, so that Ctrl-C reaches only us, and we end it in order:
first we ask, then the whole group is ended.
"""

import os
import signal
import subprocess
from collections.abc import Mapping
from types import FrameType
from typing import NoReturn

GRACE_SECONDS = 20
INTERRUPTED = 130
TERMINATED = 143
_ASKING = (signal.SIGINT, signal.SIGTERM)


def heed_signals() -> None:
    """Make Ctrl-C and SIGTERM unwind this process, and the children heed Ctrl-C.

    A shell that starts us in the background has us ignore Ctrl-C; children would
    inherit that and could not be asked to stop.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _leave)


def run_child(
    command: list[str],
    environment: Mapping[str, str],
    *,
    grace_seconds: float = GRACE_SECONDS,
) -> int:
    """Run until it ends by itself; on the way out stop it and what it started.

    Returns:
        its exit code, or 130 after Ctrl-C.
    """
    with _started(command, environment) as process:
        try:
            _listen()
            return process.wait()
        except KeyboardInterrupt:
            return INTERRUPTED
        finally:
            _stop(process, grace_seconds)


def _started(
    command: list[str], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start the child; who asks us to end meanwhile is heard when it can be stopped."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
    try:
        return subprocess.Popen(  # noqa: S603 - the caller's own program
            command,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=_listen,  # noqa: PLW1509 - this process has one thread
        )
    except BaseException:
        _listen()
        raise


def _listen() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ASKING)


def _stop(process: "subprocess.Popen[bytes]", grace_seconds: float) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(grace_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(TERMINATED)
