"""The API, served from a thread of the test over loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from pydantic import SecretStr

from pipelines.api.app import create_app
from pipelines.appdb.database import opened
from pipelines.appdb.inbox import Hint, Inbox
from pipelines.settings import Settings, TenantSettings
from tests.support.clients import SECRETS
from tests.support.warehouses import settings_in

ROUTE = "/callbacks/connectwise"


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def api_of(settings: Settings) -> Iterator[httpx.Client]:
    """A client of the API of ``settings``."""
    config = uvicorn.Config(
        create_app(settings), host="127.0.0.1", port=0, log_config=None, ws="none"
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert server.ready.wait(30)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)


def tenant_at(origin: str, folder: Path) -> Settings:
    """Settings whose tenant is company ``acme`` at ``origin``."""
    tenant = TenantSettings(
        company_id="acme",
        public_key=SecretStr(SECRETS[0]),
        private_key=SecretStr(SECRETS[1]),
        client_id=SecretStr(SECRETS[2]),
        base_url=origin,
    )
    return settings_in(folder).model_copy(update={"tenant": tenant})


def hints_of(settings: Settings) -> list[Hint]:
    """What the inbox holds that nobody has dealt with."""
    with opened(settings) as database:
        return Inbox(database).pending(100_000)
