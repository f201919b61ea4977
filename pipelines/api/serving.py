"""Runs the API in the foreground until Ctrl-C or SIGTERM."""

import socket
from collections.abc import Callable

import uvicorn

from pipelines.api.app import create_app
from pipelines.appdb.database import opened
from pipelines.errors import SettingsError
from pipelines.settings import Settings

_BACKLOG = 128


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until the process is told to end.

    Args:
        settings: whose warehouse and tenant.
        host: address to listen on.
        port: port to listen on; 0 for a free one.
        ready: is told the address once it is taken.

    Raises:
        SettingsError: nothing can listen there.
        AppDatabaseError: the application database cannot be used.
    """
    config = uvicorn.Config(
        create_app(settings),
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
        ws="none",
    )
    with opened(settings):
        pass  # Whatever is wrong with it is told before the server starts.
    with _listening(host, port) as listener:
        if ready:
            name, number = listener.getsockname()[:2]
            ready(f"http://{f'[{name}]' if ':' in name else name}:{number}")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port),
            family=socket.AF_INET6 if ":" in host else socket.AF_INET,
            backlog=_BACKLOG,
        )
    except OSError as error:
        raise SettingsError(
            f"The API cannot listen on {host}:{port} ({error.strerror}): choose "
            "another with --host and --port."
        ) from None
