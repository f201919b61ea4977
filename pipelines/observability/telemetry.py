"""Switches off what the libraries below would report to their makers.

One place for all of them: the command line calls ``disable()`` before it imports a
library, orchestration before it builds definitions. A value that a person has set in
the environment stays as it is.
"""

import os
from collections.abc import MutableMapping

OFF = {
    # dlt reads its configuration from these names.
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    # Dagster looks only whether it is set; dagster.yaml says the same.
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    # The common wish, which dbt and others honour.
    "DO_NOT_TRACK": "1",
}


def disable(environment: MutableMapping[str, str] | None = None) -> None:
    """Write the switches into ``environment`` (this process's by default)."""
    target = os.environ if environment is None else environment
    for name, value in OFF.items():
        target.setdefault(name, value)
