"""``cwp dev``: the Dagster UI, with a sandbox beside it where no tenant is set.

Two child processes at most; both end when this one does, by Ctrl-C or by a signal.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.settings import Settings

GRACE_SECONDS = 20


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("dev", epilog=examples("cwp dev", "cwp dev --port 3001"))(dev)


def dev(
    *,
    port: Annotated[int, typer.Option(help="Port of the Dagster UI.")] = 3000,
) -> None:
    """Open the Dagster UI: assets, checks, jobs, schedules.

    Without a tenant's credentials the built-in sandbox runs beside it. Schedules are
    off until you switch them on in the UI.
    """
    from pipelines.cli.context import prepared_settings

    settings = prepared_settings()
    signal.signal(signal.SIGTERM, _leave)
    with _target(settings) as tenant:
        environment = os.environ | tenant | {"DAGSTER_HOME": str(settings.dagster_home)}
        code = _run(_command(port), environment)
    raise typer.Exit(code)


def _command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "dagster", "dev"),
        *("-m", "pipelines.orchestration.definitions"),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]


@contextmanager
def _target(settings: "Settings") -> Iterator[Mapping[str, str]]:
    """Variables that point to the sandbox, as long as it runs; none for a tenant."""
    if not settings.uses_sandbox:
        yield {}
        return
    from pipelines.sandbox.generate import cached_world
    from pipelines.sandbox.options import SandboxOptions
    from pipelines.sandbox.process import running

    chosen = settings.sandbox
    typer.echo(f"No tenant is set: starting the sandbox, profile {chosen.profile}.")
    world = cached_world(
        cache_dir=chosen.cache_dir,
        profile=chosen.profile,
        seed=chosen.seed,
        now=chosen.now,
    )
    with running(world, options=SandboxOptions(now=chosen.now)) as endpoint:
        typer.echo(f"The sandbox answers at {endpoint.base_url}.")
        yield {
            "CW_BASE_URL": endpoint.base_url,
            "CW_COMPANY_ID": endpoint.company_id,
            "CW_PUBLIC_KEY": endpoint.public_key,
            "CW_PRIVATE_KEY": endpoint.private_key,
            "CW_CLIENT_ID": endpoint.client_id,
            "CWP_SYNC__CHILDREN_SINCE_DAYS": str(chosen.children_since_days),
        }


def _run(command: list[str], environment: Mapping[str, str]) -> int:
    """Run until it ends by itself; on the way out stop it and what it started."""
    with subprocess.Popen(command, env=dict(environment)) as process:  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The terminal has sent Ctrl-C to the child as well.
            return 130
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(143)
