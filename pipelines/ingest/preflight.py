"""Before the first run: does the tenant answer, and what does it let us read?

``open_client`` makes the client that every run uses; ``examine`` is what
``cwp doctor`` shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from pipelines.connectwise import (
    ConnectWiseClient,
    ConnectWiseError,
    Credentials,
    Hook,
    RetryPolicy,
)
from pipelines.connectwise.entities import ENTITIES
from pipelines.errors import SettingsError
from pipelines.ingest.permissions import Sight, lacks, look
from pipelines.ingest.time_zone import reporting_time_zone
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
    settings: Settings,
    *,
    hooks: Sequence[Hook] = (),
    retry: RetryPolicy | None = None,
) -> Iterator[ConnectWiseClient]:
    """A client for the tenant of ``settings``, which logs what it waits for.

    ``retry`` replaces the numbers and the clock of the retry rule.

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
        retry=retry or RetryPolicy(attempts=sync.tries),
    ) as client:
        yield client


def credentials_of(tenant: TenantSettings) -> tuple[Credentials, str]:
    """Keys and address of a tenant.

    Raises:
        SettingsError: one is not set; the text names the variables.
    """
    company, address = tenant.company_id, tenant.base_url
    public, private, client = tenant.public_key, tenant.private_key, tenant.client_id
    if len(tenant.missing) == len(TenantSettings.model_fields):
        raise SettingsError(
            "No tenant is set, and this needs one: run `cwp setup-env` to be asked for "
            "its credentials."
        )
    if not (company and address and public and private and client):
        raise SettingsError(
            f"{', '.join(tenant.missing)} must be set too: run `cwp setup-env`, "
            "or unset all CW_* variables to use the built-in sandbox."
        )
    credentials = Credentials(
        company_id=company, public_key=public, private_key=private, client_id=client
    )
    return credentials, address


def examine(settings: Settings, client: ConnectWiseClient) -> Iterator[Finding]:
    """Look at the connection, the clock, the zone, every endpoint, and the role.

    A refused connection is the last finding: nothing else can be asked then.
    """
    try:
        server_now = client.server_now()
    except ConnectWiseError as error:
        yield Finding("connection", "error", str(error))
        return
    yield Finding("connection", "ok", f"{settings.tenant.base_url} answers.")
    yield _clock(settings, server_now)
    yield _zone(settings, client)
    sights: list[Sight] = []
    for entity in ENTITIES.values():
        try:
            sights.append(look(entity, client))
        except ConnectWiseError as error:
            yield Finding(entity.name, "error", str(error))
        else:
            yield _told(sights[-1])
    yield _role(sights)


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


def _zone(settings: Settings, client: ConnectWiseClient) -> Finding:
    try:
        zone = reporting_time_zone(settings, client)
    except (ConnectWiseError, SettingsError) as error:
        return Finding("time zone", "error", str(error))
    return Finding("time zone", "ok", f"Reporting days are those of {zone}.")


def _told(sight: Sight) -> Finding:
    entity = sight.entity
    name, title = entity.name, entity.title.lower()
    remedy = f"Security role: {sight.module}, Inquire level All."
    if not sight.asked:
        parents = ENTITIES[entity.parent or ""].title.lower()
        said = f"{entity.path} is not asked, for there are no {parents}."
        return Finding(name, "ok", said)
    if not sight.granted:
        said = f"{entity.path} is not granted; {title} stay empty."
        return Finding(name, "warning", said, remedy)
    if not sight.has_clock:
        said = f"{entity.path} comes without _info, so changes cannot be seen."
        return Finding(name, "warning", said, remedy)
    if sight.hides_money:
        fields = ", ".join(sight.empty_fields)
        said = f"{entity.path} never has {fields} in {sight.rows} rows."
        return Finding(name, "warning", said, remedy)
    return Finding(name, "ok", f"{entity.path} is {_granted(sight)}.")


def _granted(sight: Sight) -> str:
    said = "granted" if sight.rows else "granted, and empty"
    if sight.custom_fields:
        said += f"; custom fields: {', '.join(sight.custom_fields)}"
    if sight.empty_fields:
        said += f"; never filled in {sight.rows} rows: {', '.join(sight.empty_fields)}"
    return said


def _role(sights: Iterable[Sight]) -> Finding:
    missing = lacks(sights)
    if not missing:
        return Finding("role", "ok", "The API member's security role lacks nothing.")
    told = "; ".join(f"{module}: {', '.join(of)}" for module, of in missing.items())
    return Finding(
        "role",
        "warning",
        f"The API member's security role still lacks {told}.",
        "System > Security Roles: set Inquire to All for them.",
    )
