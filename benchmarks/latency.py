"""What latency and a request limit cost: two rows of the table of speeds.

``python -m benchmarks.latency`` prints them; ``run()`` gives them to ``make bench``.
Latency is the time of one first load of 200 pages with 400 ms before each answer, over
the time of the same load without, 8 requests in flight, no limiter. The limit is 600
requests a minute, kept by a server that refuses more: how much of it is used over some
minutes, and how many requests are refused.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from pydantic import SecretStr

from benchmarks import results
from benchmarks.ours import ENTITY, settings_in
from pipelines.connectwise import ConnectWiseClient
from pipelines.connectwise.auth import Credentials
from pipelines.connectwise.concurrency import in_parallel
from pipelines.connectwise.errors import RateLimitedError
from pipelines.connectwise.events import RequestFinished
from pipelines.ingest.pipeline import load
from pipelines.ingest.run import begin
from pipelines.ingest.source import connectwise_source
from pipelines.observability.progress import SilentProgress
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from pipelines.warehouse.connection import create

PAGES = 200
LATENCY_SECONDS = 0.4
IN_FLIGHT = 8
PER_MINUTE = 600
LIMITED_SECONDS = 75.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and what must be reached."""

    name: str
    must: str
    measured: str
    detail: str


def run(*, pages: int = PAGES, repeats: int = 1) -> list[Row]:
    """Both rows."""
    return [latency_row(pages=pages, repeats=repeats), limit_row()]


def measure() -> None:
    """Keep both rows for the page."""
    for key, row in zip(("latency", "limit"), run(), strict=True):
        results.keep(key, measured=row.measured, detail=row.detail)


def latency_row(*, pages: int, repeats: int) -> Row:
    """Wall time with latency over wall time without, interleaved."""
    plain, slow = [], []
    for _ in range(repeats):
        plain.append(_first_load(pages, latency=0.0))
        slow.append(_first_load(pages, latency=LATENCY_SECONDS))
    ratio = median(slow) / median(plain)
    return Row(
        f"{LATENCY_SECONDS * 1000:.0f} ms a page, {pages} pages, {IN_FLIGHT} in flight",
        "≤ 1.15x",
        f"{ratio:.2f}x",
        f"{median(slow):.1f} s with, {median(plain):.1f} s without latency",
    )


def limit_row(*, seconds: float = LIMITED_SECONDS) -> Row:
    """Use of a limit that the server itself keeps, and its refusals."""
    statuses: list[int] = []

    def count(event: object) -> None:
        if isinstance(event, RequestFinished):
            statuses.append(event.status)

    began = time.monotonic()
    with _limited(count) as client:
        client.api_url()
        _ask_for(client, seconds)
    took = time.monotonic() - began
    answered = sum(status == 200 for status in statuses)
    rejected = sum(status == 429 for status in statuses)
    return Row(
        f"under a limit of {PER_MINUTE} requests/min",
        "≥ 95 % used, ≤ 1 % rejected",
        f"{answered / (took / 60 * PER_MINUTE):.1%} used, "
        f"{rejected / len(statuses):.1%} rejected",
        f"{answered:,} answers, {rejected:,} refusals in {took:.0f} s",
    )


def _first_load(pages: int, *, latency: float) -> float:
    with (
        _server(pages * 1000, latency) as base_url,
        tempfile.TemporaryDirectory() as at,
    ):
        settings = settings_in(Path(at))
        update = {"concurrency": IN_FLIGHT, "single_stage_records": pages * 1000}
        sync = settings.sync.model_copy(update=update)
        settings = settings.model_copy(update={"sync": sync})
        settings.warehouse.build_file.parent.mkdir(parents=True)
        create(settings.warehouse.build_file)
        began = time.monotonic()
        with _client(base_url, rate=None) as client:
            sync_run = begin(settings, client, progress=SilentProgress())
            load(settings, connectwise_source(sync_run, [ENTITY]))
        took = time.monotonic() - began
        rows = sync_run.tallies[ENTITY.name].rows_new
        if rows != pages * 1000:
            raise SystemExit(f"{rows} of {pages * 1000} rows were loaded")
        return took


@contextmanager
def _server(rows: int, latency: float) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.server", str(rows), str(latency)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()


def _client(base_url: str, *, rate: int | None) -> ConnectWiseClient:
    credentials = Credentials(
        "bench", SecretStr("public"), SecretStr("private"), SecretStr("id")
    )
    return ConnectWiseClient(
        credentials, base_url, rate_limit_per_minute=rate, concurrency=IN_FLIGHT
    )


@contextmanager
def _limited(hook: object) -> Iterator[ConnectWiseClient]:
    options = SandboxOptions(rate_limit_per_minute=PER_MINUTE, latency_ms=20)
    with (
        tempfile.TemporaryDirectory() as at,
        Store.create(Path(at) / "world.sqlite") as store,
        serving(store, options=options) as endpoint,
    ):
        credentials = Credentials(
            endpoint.company_id,
            SecretStr(endpoint.public_key),
            SecretStr(endpoint.private_key),
            SecretStr(endpoint.client_id),
        )
        with ConnectWiseClient(
            credentials,
            endpoint.base_url,
            rate_limit_per_minute=PER_MINUTE,
            concurrency=IN_FLIGHT,
            hooks=[hook],
        ) as client:
            yield client


def _ask_for(client: ConnectWiseClient, seconds: float) -> None:
    """Ask as fast as the client lets us, until ``seconds`` are over."""
    until = time.monotonic() + seconds

    def ask() -> Iterator[int]:
        while time.monotonic() < until:
            try:
                yield client.count("/service/boards")
            except RateLimitedError:
                continue

    for _ in in_parallel([ask] * IN_FLIGHT, workers=IN_FLIGHT):
        pass


if __name__ == "__main__":
    for row in run():
        print(json.dumps(asdict(row), ensure_ascii=False), flush=True)
