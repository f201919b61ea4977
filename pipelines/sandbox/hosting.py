"""One uvicorn server around a sandbox: its socket, its address, its start and end.

Who runs it, in which thread or process, is decided in ``process`` and ``main``.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from pipelines.errors import SandboxError
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.server import create_app
from pipelines.sandbox.store import Store
from pipelines.sandbox.tls import Certificate, make_certificate

_BACKLOG = 128
_CLIENT_ID = "00000000-0000-4000-8000-000000000000"


class _Protocol(AutoHTTPProtocol):  # type: ignore[valid-type, misc]  # chosen at start
    """HTTP whose requests know their connection, so that a fault can reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self.app_state: dict[str, object] = {"transport": transport}


class SandboxServer(uvicorn.Server):
    """A server that says when it takes requests."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        super().__init__(config)
        self.is_ready = threading.Event()
        self._listener = listener

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell whoever waits."""
        await super().startup(sockets)
        self.is_ready.set()

    def serve_until_stopped(self) -> None:
        """Serve until ``stop`` is called or the process is told to end."""
        with contextlib.suppress(KeyboardInterrupt):
            self.run(sockets=[self._listener])

    def stop(self) -> None:
        """End soon; connections that are busy may finish."""
        self.should_exit = True


@contextmanager
def hosted(
    store: Store, *, host: str, port: int, control: SandboxControl
) -> Iterator[tuple[SandboxServer, Endpoint]]:
    """A server that is bound but does not run yet, and its address.

    Args:
        store: what it serves.
        host: address to listen on.
        port: port to listen on; 0 for a free one.
        control: the sandbox's options, clock and listeners.

    Raises:
        SandboxError: the port is taken.
    """
    options = control.options
    with TemporaryDirectory(prefix="sandbox-") as folder:
        certificate = make_certificate(Path(folder)) if options.tls else None
        with _listening(host, port) as listener:
            config = _config(store, control, certificate)
            server = SandboxServer(config, listener)
            yield server, _endpoint(listener, options, certificate)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            message = f"The sandbox cannot listen on {host}:{port}: {error.strerror}."
            raise SandboxError(message) from error
        yield listener


def _config(
    store: Store, control: SandboxControl, certificate: Certificate | None
) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(store, control=control),
        access_log=False,
        date_header=False,
        http=_Protocol,
        lifespan="off",
        log_config=None,
        server_header=False,
        ssl_certfile=str(certificate.chain) if certificate else None,
        ssl_keyfile=str(certificate.key) if certificate else None,
        timeout_graceful_shutdown=1,
        ws="none",
    )


def _endpoint(
    listener: socket.socket, options: SandboxOptions, certificate: Certificate | None
) -> Endpoint:
    host, port = listener.getsockname()[:2]
    scheme = "https" if certificate else "http"
    return Endpoint(
        base_url=f"{scheme}://{host}:{port}",
        company_id=options.company_id,
        public_key=options.public_key,
        private_key=options.private_key,
        client_id=_CLIENT_ID,
        certificate=certificate.authority if certificate else None,
    )
