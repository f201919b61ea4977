"""How fast the sandbox serves unfiltered pages of full tickets, and how it starts.

The server runs in a process of its own and is asked by a bare ``http.client`` over
loopback, so that the client's cost is not in the figure: CPU seconds of the server for
each ticket. Run it: ``make bench-sandbox ARGS="--profile medium"``.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.sandbox.generate import cached_world
from pipelines.sandbox.options import SandboxOptions

API = "/v4_6_release/apis/3.0"
PROJECT_DIR = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A sandbox's process and what is needed to ask it."""

    pid: int
    address: str
    headers: dict[str, str]
    start_seconds: float

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(x for x in status.splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


@contextmanager
def server_of(world: Path) -> Iterator[Server]:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "pipelines.sandbox", str(world)]
    with subprocess.Popen(
        [*command, "--end-with-stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT_DIR,
    ) as process:
        told = json.loads(process.stdout.readline())
        user = f"{told['company_id']}+{told['public_key']}:{told['private_key']}"
        headers = {
            "Authorization": "Basic " + b64encode(user.encode()).decode(),
            "clientId": told["client_id"],
            "pagination-type": "forward-only",
        }
        address = urlsplit(told["base_url"]).netloc
        yield Server(process.pid, address, headers, time.perf_counter() - begin)
        process.stdin.close()


def read_all(server: Server, path: str, page_size: int) -> tuple[int, int]:
    """Rows and bytes of a whole list, by its forward-only links."""
    connection = http.client.HTTPConnection(server.address, timeout=60)
    url, rows, size = f"{API}{path}?pageSize={page_size}", 0, 0
    while url:
        connection.request("GET", url, headers=server.headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:200]
        size += len(body)
        # Every record names its own notes once; cheaper than reading the JSON.
        rows += body.count(b'"notes_href"')
        link = answer.headers["link"] or ""
        url = link.partition("://")[2].partition(">")[0]
        url = url[url.find("/") :] if url else ""
    connection.close()
    return rows, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="small")
    parser.add_argument("--cache", type=Path, default=PROJECT_DIR / ".cache/sandbox")
    parser.add_argument("--page-size", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    now = SandboxOptions().now
    world = cached_world(
        cache_dir=chosen.cache, profile=chosen.profile, seed=7, now=now
    )
    with server_of(world) as server:
        print(f"start          {server.start_seconds:8.2f} s")
        print(f"RSS at start   {server.peak_mib():8.0f} MiB")
        for number in range(1, chosen.rounds + 1):
            before, begin = server.cpu_seconds(), time.perf_counter()
            rows, size = read_all(server, "/service/tickets", chosen.page_size)
            cpu = server.cpu_seconds() - before
            wall = time.perf_counter() - begin
            print(
                f"round {number}: {rows:,} tickets of {size / rows:,.0f} bytes, "
                f"server {cpu:.2f} CPU s = {rows / cpu:,.0f} tickets/CPU s, "
                f"wall {wall:.2f} s"
            )
        print(f"peak RSS       {server.peak_mib():8.0f} MiB")


if __name__ == "__main__":
    main()
