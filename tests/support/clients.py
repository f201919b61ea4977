"""Clients of a scripted server, with time that only moves when somebody sleeps."""

import json
import threading
from dataclasses import dataclass, field

from pydantic import SecretStr

from pipelines.connectwise.auth import Credentials
from pipelines.connectwise.client import ConnectWiseClient
from pipelines.connectwise.events import Event
from pipelines.connectwise.pagination import Page
from pipelines.connectwise.retry import RetryPolicy
from tests.support.http_server import ScriptedServer

SECRETS = ("PUBLICKEY0000001", "PRIVATEKEY000002", "c11e47-1d-0000-0000-000000000003")
CREDENTIALS = Credentials(
    company_id="acme",
    public_key=SecretStr(SECRETS[0]),
    private_key=SecretStr(SECRETS[1]),
    client_id=SecretStr(SECRETS[2]),
)


@dataclass
class FakeTime:
    """A clock that sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(round(seconds, 6))
            self.now += seconds

    def monotonic(self) -> float:
        return self.now

    def policy(self, **numbers: float) -> RetryPolicy:
        return RetryPolicy(
            sleep=self.sleep, monotonic=self.monotonic, jitter=lambda: 1.0, **numbers
        )


@dataclass
class Bench:
    """A server, a client of it, its clock, and what its hooks were told."""

    server: ScriptedServer
    client: ConnectWiseClient
    time: FakeTime
    events: list[Event]

    def told(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


def client_of(server: ScriptedServer, time: FakeTime, **options) -> ConnectWiseClient:
    defaults = {"rate_limit_per_minute": None, "retry": time.policy()}
    return ConnectWiseClient(CREDENTIALS, server.origin, **(defaults | options))


def ids_of(pages: list[Page]) -> list[int]:
    return [row["id"] for page in pages for row in json.loads(page.content)]
