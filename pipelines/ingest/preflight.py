"""Before the first run: does the tenant answer, and what does it let us read?

``open_client`` makes the client that every run uses; ``examine`` is what
``cwp doctor`` shows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from pipelines.connectwise import (
    ConnectWiseClient,
    ConnectWiseError,
    Credentials,
    Hook,
    NotGrantedError,
    RetryPolicy,
)
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.errors import SettingsError
from pipelines.observability.events import log_event
from pipelines.settings import Settings, TenantSettings

SKEW_LIMIT_SECONDS = 60

Status = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do about it."""

    name: str
    status: Status
    message: str
    remedy: str = ""


@contextmanager
def open_client(
    settings: Settings, *, hooks: Sequence[Hook] = ()
) -> Iterator[ConnectWiseClient]:
    """A client for the tenant of ``settings``, which logs what it waits for.

    Raises:
        SettingsError: a credential is not set; the text names the variables.
    """
    credentials, base_url = credentials_of(settings.tenant)
    sync = settings.sync
    limit = None if settings.sandbox.active else sync.rate_limit_per_minute
    with ConnectWiseClient(
        credentials,
        base_url,
        rate_limit_per_minute=limit,
        timeout_seconds=sync.timeout_seconds,
        page_size=sync.page_size,
        concurrency=sync.concurrency,
        hooks=(log_event, *hooks),
        retry=RetryPolicy(attempts=sync.tries),
    ) as client:
        yield client


def credentials_of(tenant: TenantSettings) -> tuple[Credentials, str]:
    """Keys and address of a tenant.

    Raises:
        SettingsError: one is not set; the text names the variables.
    """
    company, address = tenant.company_id, tenant.base_url
    public, private, client = tenant.public_key, tenant.private_key, tenant.client_id
    if not (company and address and public and private and client):
        raise SettingsError(
            f"{' and '.join(tenant.missing)} must be set too: run `cwp setup-env`, "
            "or unset all CW_* variables to use the built-in sandbox."
        )
    credentials = Credentials(
        company_id=company, public_key=public, private_key=private, client_id=client
    )
    return credentials, address


def examine(settings: Settings, client: ConnectWiseClient) -> Iterator[Finding]:
    """Look at the connection, the clock and every endpoint, in this order.

    A refused connection is the last finding: nothing else can be asked then.
    """
    try:
        server_now = client.server_now()
    except ConnectWiseError as error:
        yield Finding("connection", "error", str(error))
        return
    yield Finding("connection", "ok", f"{settings.tenant.base_url} answers.")
    yield _clock(settings, server_now)
    for entity in ENTITIES.values():
        yield _endpoint(entity, client)


def _clock(settings: Settings, server_now: datetime) -> Finding:
    skew = abs((datetime.now(UTC) - server_now).total_seconds())
    if settings.sandbox.active or skew <= SKEW_LIMIT_SECONDS:
        return Finding(
            "clock", "ok", f"The server's time is {server_now:%Y-%m-%d %H:%M} UTC."
        )
    return Finding(
        "clock",
        "warning",
        f"This machine's clock is {timedelta(seconds=round(skew))} off the server's.",
        "Switch on time synchronisation; windows follow the server's clock meanwhile.",
    )


def _endpoint(entity: Entity, client: ConnectWiseClient) -> Finding:
    try:
        said = _first_row(entity, client)
    except NotGrantedError:
        return Finding(
            entity.name,
            "warning",
            f"{entity.path} is not granted; {entity.title.lower()} stay empty.",
            "Give the API member's security role Inquire level All for it.",
        )
    except ConnectWiseError as error:
        return Finding(entity.name, "error", str(error))
    return Finding(entity.name, "ok", f"{entity.path} is {said}.")


def _first_row(entity: Entity, client: ConnectWiseClient) -> str:
    """Ask for one row; a child for those of the first parent that there is."""
    path = entity.path
    if entity.parent:
        parent = ENTITIES[entity.parent]
        parents = client.get(parent.path, params={"pageSize": "1"})
        if not parents:
            return f"not asked, for there are no {parent.title.lower()}"
        path = path.format(parent_id=parents[0]["id"])
    rows = client.get(path, params={"pageSize": "1"})
    return "granted" if rows else "granted, and empty"
