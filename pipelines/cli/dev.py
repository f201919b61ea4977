"""``cwp dev``: the Dagster UI, with a sandbox beside it where no tenant is set.

Two child processes at most; both end when this one does, by Ctrl-C or by a signal.
"""

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.child import heed_signals, run_child
from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("dev", epilog=examples("cwp dev", "cwp dev --port 3001"))(dev)


def dev(
    *,
    port: Annotated[int, typer.Option(help="Port of the Dagster UI.")] = 3000,
) -> None:
    """Open the Dagster UI: assets, checks, jobs, schedules.

    Without a tenant's credentials the built-in sandbox runs beside it. Schedules are
    off until you switch them on in the UI.
    """
    from pipelines.cli.context import prepared_settings
    from pipelines.observability.progress import showing
    from pipelines.orchestration.tenant import tenant

    settings = prepared_settings()
    heed_signals()
    with ExitStack() as stack:
        with showing() as progress:
            target = stack.enter_context(tenant(settings, progress=progress))
        if target.sandbox.active:
            typer.echo(
                f"No tenant is set: the sandbox answers {target.tenant.base_url}"
            )
        typer.echo(
            f"In a few seconds Dagster is at http://127.0.0.1:{port}; Ctrl-C ends it."
        )
        code = run_child(_command(port), os.environ | _pointing_at(target))
    raise typer.Exit(code)


def _command(port: int) -> list[str]:
    return [
        # Dagster would tell people of a command that we do not have.
        *(sys.executable, "-W", "ignore:Function `dev_command`"),
        *("-m", "dagster", "dev"),
        *("-m", "pipelines.orchestration.definitions"),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]


def _pointing_at(settings: "Settings") -> dict[str, str]:
    """Variables by which the child processes find the same tenant."""
    from pipelines.orchestration.instance import instance_home

    tenant = settings.tenant
    values = {
        "CW_BASE_URL": tenant.base_url,
        "CW_COMPANY_ID": tenant.company_id,
        "CW_PUBLIC_KEY": tenant.public_key and tenant.public_key.get_secret_value(),
        "CW_PRIVATE_KEY": tenant.private_key and tenant.private_key.get_secret_value(),
        "CW_CLIENT_ID": tenant.client_id and tenant.client_id.get_secret_value(),
        "CWP_SANDBOX__ACTIVE": str(settings.sandbox.active).lower(),
        "DAGSTER_HOME": str(instance_home(settings)),
    }
    return {name: value for name, value in values.items() if value}
