"""A child never outlives the command that started it."""

import os
import signal
import subprocess
import sys

import pytest

from pipelines.cli.child import run_child
from pipelines.settings import PROJECT_DIR

# Tells its pid, then waits for a line that never comes.
WAITS = "import os, sys; print(os.getpid(), flush=True); sys.stdin.readline()"
STUBBORN = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {WAITS}"
PARENT = """
import os, sys
from pipelines.cli.child import heed_signals, run_child
heed_signals()
command = [sys.executable, "-c", {child!r}]
sys.exit(run_child(command, os.environ, grace_seconds={grace}))
"""


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ended_by(number: int, *, child: str, grace: float = 20) -> tuple[int, int]:
    """Exit code of the parent, and the child's pid, after a signal to the parent."""
    code = PARENT.format(child=child, grace=grace)
    # As a shell does that starts a job in the background.
    in_background = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{in_background}\n{code}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=PROJECT_DIR,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(number)
        return parent.wait(30), pid


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_it_is_asked_to_end(number: int, code: int) -> None:
    ended, pid = ended_by(number, child=WAITS)
    assert ended == code
    assert not is_there(pid)


def test_one_that_will_not_listen_is_ended() -> None:
    ended, pid = ended_by(signal.SIGTERM, child=STUBBORN, grace=0.2)
    assert ended == 143
    assert not is_there(pid)


def test_its_exit_code_and_environment_are_passed_on() -> None:
    code = "import os, sys; sys.exit(int(os.environ['CODE']))"
    environment = {**os.environ, "CODE": "7"}
    assert run_child([sys.executable, "-c", code], environment) == 7
