"""``cwp api``: the HTTP API, until Ctrl-C.

Which routes there are is ``pipelines.api``'s business.
"""

from typing import Annotated

import typer

from pipelines.cli.examples import examples


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples("cwp api", "cwp api --host 0.0.0.0 --port 8000")
    app.command("api", epilog=epilog)(api)


def api(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")
    ] = 8000,
) -> None:
    """Receive ConnectWise's callbacks until Ctrl-C.

    Answers POST /callbacks/connectwise and GET /healthz. It speaks plain HTTP: put a
    proxy with a certificate before it where ConnectWise is to reach it.
    """
    from pipelines.api.serving import serve
    from pipelines.cli.context import prepared_settings

    settings = prepared_settings()
    if settings.uses_sandbox:
        typer.echo(
            "No tenant is set, so no callbacks are taken; only /healthz answers."
        )
    serve(settings, host=host, port=port, ready=_announce)


def _announce(address: str) -> None:
    typer.echo(f"The API is at {address} (Ctrl-C ends it).")
