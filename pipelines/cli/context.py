"""What most verbs need first: settings, and logs that hide the tenant's secrets."""

import typer

from pipelines.cli import misspelt
from pipelines.errors import SettingsError
from pipelines.observability import logging
from pipelines.settings import PROJECT_DIR, Settings, load_settings


def settings_with_logs() -> Settings:
    """Read the settings, warn of mistyped ones, send logs where they say.

    Raises:
        SettingsError: a value is malformed.
    """
    settings = load_settings()
    for sentence in misspelt.warnings(PROJECT_DIR / ".env"):
        typer.secho(f"Warning: {sentence}", err=True, fg="yellow")
    tenant = settings.tenant
    logging.configure(
        settings.log,
        secrets=(tenant.public_key, tenant.private_key, tenant.client_id),
    )
    return settings


def prepared_settings() -> Settings:
    """The same for verbs that need a tenant: all its credentials are set, or none.

    Raises:
        SettingsError: a value is malformed, or only some credentials are set.
    """
    settings = settings_with_logs()
    missing = settings.tenant.missing
    if missing and not settings.uses_sandbox:
        raise SettingsError(
            f"Some tenant credentials are set, but not {', '.join(missing)}; set them "
            "too, or run `cwp setup-env` to be asked for all of them."
        )
    return settings
