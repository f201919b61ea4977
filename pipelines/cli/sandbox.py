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
    from pipelines.sandbox.options import Endpoint, SandboxOptions
    from pipelines.settings import SandboxSettings

RATE = re.compile(r"(\d+)(?:/min)?")


class Profile(StrEnum):
    """Sizes of the simulated MSP."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class ApiVersion(StrEnum):
    """Versions of the API whose models the sandbox knows."""

    OLDER = "2025.1"
    NEWEST = "2026.4"


# Written out, so that help need not import the sandbox.
NAMES = """\b
Faults:
  reset, storm, storm-date, storm-silent, timeout, html, empty, truncated,
  null-text, repeated-rows, skipped-rows, late-rows, denied-board,
  hidden-fields, clock-skew, shrunken, shrunken-with-count

\b
Switches:
  child-edits-bump-parent, large-pages, forward-order-by, default-order,
  bad-keys, hidden-record, percent-like, forecast, gzip, slowness,
  timeout-seconds

"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = NAMES + examples(
        "cwp sandbox",
        "cwp sandbox --profile medium --port 8080 --seed 7",
        "cwp sandbox --rate-limit 60/min --latency-ms 50",
        "cwp sandbox --fault reset=0.05 --fault late-rows --switch gzip",
        "cwp sandbox --role dispatcher.yaml --api-version 2025.1",
        "cwp sandbox --live 60",
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


ProfileOption = Annotated[
    Profile | None, typer.Option(help="Size; by default the setting's (small).")
]
PortOption = Annotated[
    int, typer.Option(min=0, max=65535, help="Loopback port; 0 takes a free one.")
]
SeedOption = Annotated[int | None, typer.Option(help="Seed of the simulated MSP.")]
NowOption = Annotated[
    datetime | None,
    typer.Option(parser=instant, metavar="INSTANT", help="Where its clock starts."),
]
TlsOption = Annotated[
    bool, typer.Option("--tls", help="Serve https with a throw-away certificate.")
]
RateLimitOption = Annotated[
    int | None,
    typer.Option(parser=per_minute, metavar="N/min", help="Answer 429 beyond it."),
]
LatencyOption = Annotated[
    int, typer.Option(min=0, metavar="MS", help="Delay of every answer.")
]
ApiVersionOption = Annotated[
    ApiVersion, typer.Option(help="Version of the API that it plays.")
]
RoleOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Fields, rows and endpoints that the API member may not see.",
    ),
]
FaultOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME[=RATE]", help="A fault, see below; may be repeated."),
]
SwitchOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME[=VALUE]",
        help="A choice that the vendor leaves open, see below; may be repeated.",
    ),
]
LiveOption = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, help="Events a minute that change the world meanwhile."
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Serve these recorded records instead of generated ones.",
    ),
]


def sandbox(
    *,
    profile: ProfileOption = None,
    port: PortOption = 0,
    seed: SeedOption = None,
    now: NowOption = None,
    tls: TlsOption = False,
    rate_limit: RateLimitOption = None,
    latency_ms: LatencyOption = 0,
    api_version: ApiVersionOption = ApiVersion.NEWEST,
    role: RoleOption = None,
    fault: FaultOption = None,
    switch: SwitchOption = None,
    live: LiveOption = 0,
    data: DataOption = None,
) -> None:
    """Serve a believable ConnectWise PSA until Ctrl-C.

    docs/how_to/use_the_sandbox.md tells what each fault and switch does.
    """
    from pipelines.cli.context import settings_with_logs
    from pipelines.sandbox.main import serve
    from pipelines.sandbox.options import Role, SandboxOptions, named_fault, switches
    from pipelines.sandbox.roles import read_role

    chosen = settings_with_logs().sandbox
    changes = {"profile": profile and profile.value, "seed": seed, "now": now}
    given = {name: value for name, value in changes.items() if value is not None}
    chosen = chosen.model_copy(update=given)
    options = SandboxOptions(
        now=chosen.now,
        rate_limit_per_minute=rate_limit,
        latency_ms=latency_ms,
        tls=tls,
        api_version=api_version.value,
        role=read_role(role) if role else Role(),
        named_faults=tuple(named_fault(text) for text in fault or ()),
        live_per_minute=live,
        live_seed=chosen.seed,
        **switches(switch or ()),
    )
    with _world(chosen, data) as kept, _own(kept, is_copied=live > 0) as world:
        ready = partial(_announce, world, options)
        serve(world, port=port, options=options, ready=ready)


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


@contextmanager
def _own(kept: Path, *, is_copied: bool) -> Iterator[Path]:
    """A copy of the world for a life of its own; the kept one stays as it is."""
    if not is_copied:
        yield kept
        return
    import shutil

    with TemporaryDirectory(prefix="live-", dir=kept.parent) as folder:
        yield Path(shutil.copy(kept, folder))


def _announce(world: Path, options: "SandboxOptions", endpoint: "Endpoint") -> None:
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
    lines += [f"  fault       {f.name} {f.amount:g}" for f in options.named_faults]
    if options.live_per_minute:
        lines.append(f"  live        {options.live_per_minute} events a minute")
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
