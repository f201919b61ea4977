"""``cwp sandbox``: the built-in ConnectWise PSA, alone, until Ctrl-C.

How it answers and what it simulates is ``pipelines.sandbox``'s business.
"""

import re
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.examples import examples

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
    from pipelines.sandbox.main import serve
    from pipelines.settings import load_settings

    settings = load_settings().sandbox
    raise NotImplementedError(serve, settings)
