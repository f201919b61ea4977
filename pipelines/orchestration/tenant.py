"""Whose data: the tenant of the settings, or else the built-in sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from pipelines.connectwise.company_info import parse_address
from pipelines.observability.progress import Progress, as_callback
from pipelines.sandbox.generate import GENERATOR_VERSION, cached_world
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.process import running
from pipelines.settings import SandboxSettings, Settings, TenantSettings

WORLD = "sandbox world, months"


@contextmanager
def tenant(settings: Settings, *, progress: Progress) -> Iterator[Settings]:
    """Settings whose tenant answers; starts the sandbox when no credential is set."""
    if not settings.uses_sandbox:
        yield settings
        return
    world = _world(settings.sandbox, progress)
    options = SandboxOptions(now=settings.sandbox.now)
    with running(world, options=options) as endpoint:
        yield pointed_at(settings, endpoint)


def owner(settings: Settings) -> str:
    """Whose records a run reads, in words that stay the same from run to run.

    A tenant is its login company at its login host, however the address is written;
    a sandbox is its world.
    """
    world = settings.sandbox
    if world.active:
        return (
            f"the sandbox's {world.profile} world (seed {world.seed}, "
            f"{world.now:%Y-%m-%dT%H:%M%z}, version {GENERATOR_VERSION})"
        )
    host = urlsplit(parse_address(settings.tenant.base_url or "").login_origin).hostname
    return f"company {(settings.tenant.company_id or '').lower()} at {host}"


def pointed_at(settings: Settings, endpoint: Endpoint) -> Settings:
    """The same settings with the sandbox as tenant."""
    tenant_settings = TenantSettings(
        company_id=endpoint.company_id,
        public_key=SecretStr(endpoint.public_key),
        private_key=SecretStr(endpoint.private_key),
        client_id=SecretStr(endpoint.client_id),
        base_url=endpoint.base_url,
    )
    active = settings.sandbox.model_copy(update={"active": True})
    return settings.model_copy(update={"tenant": tenant_settings, "sandbox": active})


def _world(sandbox: SandboxSettings, progress: Progress) -> Path:
    """The sandbox's world; the first time it is made, which takes a while."""
    return cached_world(
        cache_dir=sandbox.cache_dir,
        profile=sandbox.profile,
        seed=sandbox.seed,
        now=sandbox.now,
        progress=as_callback(progress, WORLD),
    )
