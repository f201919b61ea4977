"""Running a program and what it cost: CPU seconds and memory of its process tree."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (user and system, children included), wall seconds, peak RSS."""

    cpu: float
    wall: float
    rss_mb: float
    output: str = ""


def cost_of(module: str, arguments: Sequence[object]) -> Cost:
    """Run ``python -m module`` to its end.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    begun = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout
        output = child.stdout.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{module} ended with {child.returncode}")
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.monotonic() - begun,
        rss_mb=usage.ru_maxrss / 1024,
        output=output,
    )


@contextmanager
def served(rows: int, latency: float = 0.0) -> Iterator[str]:
    """The address of a server of ``rows`` tickets, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.server", str(rows), str(latency)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield server.stdout.readline().decode().strip()
        finally:
            server.stdin.close()
