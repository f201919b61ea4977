"""Whose data: the tenant of the settings, or else the built-in sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from pipelines.observability.progress import Progress, as_callback
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.process import running
from pipelines.settings import Settings, TenantSettings


@contextmanager
def tenant(settings: Settings, *, progress: Progress) -> Iterator[Settings]:
    """Settings whose tenant answers; starts the sandbox when no credential is set."""
    if not settings.uses_sandbox:
        yield settings
        return
    from pipelines.sandbox.generate import cached_world

    sandbox = settings.sandbox
    world = cached_world(
        cache_dir=sandbox.cache_dir,
        profile=sandbox.profile,
        seed=sandbox.seed,
        now=sandbox.now,
        progress=as_callback(progress),
    )
    with running(world, options=SandboxOptions(now=sandbox.now)) as endpoint:
        yield pointed_at(settings, endpoint)


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
