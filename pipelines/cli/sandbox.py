"""``cwp sandbox``: the built-in ConnectWise PSA, alone, until Ctrl-C.

How it answers and what it simulates is ``pipelines.sandbox``'s business.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.sandbox.options import Endpoint
    from pipelines.settings import SandboxSettings

RATE = re.compile(r"(\d+)(?:/min)?")


class Profile(StrEnum):
    """Sizes of the simulated MSP."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples(
        "cwp sandbox",
        "cwp sandbox --profile medium --port 8080 --seed 7",
        "cwp sandbox --rate-limit 60/min --latency-ms 50",
        "cwp sandbox --data my_records",
    )
    app.command("sandbox", epilog=epilog)(sandbox)


def per_minute(text: str) -> int:
    """``60/min`` or ``60`` as a number.

    Raises:
        typer.BadParameter: it is neither, or zero.
    """
    match = RATE.fullmatch(text)
    if match is None or int(match[1]) == 0:
        raise typer.BadParameter("give requests a minute, such as 60/min")
    return int(match[1])


def instant(text: str) -> datetime:
    """An ISO date or timestamp; without an offset it means UTC.

    Raises:
        typer.BadParameter: it is no ISO 8601 timestamp.
    """
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give an instant such as 2026-03-31T21:00Z") from None
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def sandbox(
    *,
    profile: Annotated[
        Profile | None, typer.Option(help="Size; by default the setting's (small).")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Loopback port; 0 takes a free one.")
    ] = 0,
    seed: Annotated[int | None, typer.Option(help="Seed of the simulated MSP.")] = None,
    now: Annotated[
        datetime | None,
        typer.Option(parser=instant, metavar="T", help="Where its clock starts."),
    ] = None,
    tls: Annotated[
        bool, typer.Option("--tls", help="Serve https with a throw-away certificate.")
    ] = False,
    rate_limit: Annotated[
        int | None,
        typer.Option(parser=per_minute, metavar="N/min", help="Answer 429 beyond it."),
    ] = None,
    latency_ms: Annotated[int, typer.Option(min=0, help="Delay of every answer.")] = 0,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Serve these recorded records instead of generated ones.",
        ),
    ] = None,
) -> None:
    """Serve a believable ConnectWise PSA until Ctrl-C."""
    from pipelines.cli.context import settings_with_logs
    from pipelines.sandbox.main import serve
    from pipelines.sandbox.options import SandboxOptions

    chosen = settings_with_logs().sandbox
    changes = {"profile": profile and profile.value, "seed": seed, "now": now}
    given = {name: value for name, value in changes.items() if value is not None}
    chosen = chosen.model_copy(update=given)
    options = SandboxOptions(
        now=chosen.now,
        rate_limit_per_minute=rate_limit,
        latency_ms=latency_ms,
        tls=tls,
    )
    with _world(chosen, data) as world:
        serve(world, port=port, options=options, ready=partial(_announce, world))


@contextmanager
def _world(chosen: "SandboxSettings", data: Path | None) -> Iterator[Path]:
    """The world's file: generated once and kept, or made of records for this time."""
    if data is not None:
        from pipelines.sandbox.recorded import load_recorded

        with TemporaryDirectory(prefix="cwp-") as folder:
            world = Path(folder) / "recorded.sqlite"
            load_recorded(data, world)
            yield world
        return
    from pipelines.observability.progress import as_callback, showing
    from pipelines.sandbox.generate import cached_world

    with showing() as progress:
        world = cached_world(
            cache_dir=chosen.cache_dir,
            profile=chosen.profile,
            seed=chosen.seed,
            now=chosen.now,
            progress=as_callback(progress, "sandbox world, months"),
        )
    yield world


def _announce(world: Path, endpoint: "Endpoint") -> None:
    from pipelines.sandbox.store import Store

    lines = [
        f"ConnectWise sandbox at {endpoint.base_url} (Ctrl-C ends it)",
        f"  company     {endpoint.company_id}",
        f"  public key  {endpoint.public_key}",
        f"  private key {endpoint.private_key}",
        f"  clientId    {endpoint.client_id} (any GUID will do)",
    ]
    if endpoint.certificate:
        lines.append(f"  certificate {endpoint.certificate}")
    with Store(world) as store:
        lines += ["", "Records"]
        lines += [f"  {store.count(path):>7,}  {path}" for path in store.paths()]
        lines += _planted(store.manifest())
    typer.echo("\n".join(lines))


def _planted(manifest: Mapping[str, Any]) -> list[str]:
    """What a generated world has in it on purpose; recorded records have nothing."""
    if "stories" not in manifest:
        return []
    stories = [f"  {story['title']}" for story in manifest["stories"].values()]
    world = "Profile {profile}, seed {seed}, clock at {now}".format_map(manifest)
    dirt = f"  {len(manifest['dirt'])} kinds of dirt that real tenants have"
    return ["", world, "", "Planted", *stories, dirt]
