"""Dagster's instance folder, wherever the settings put it.

A folder without ``dagster.yaml`` gets the checkout's own, so that telemetry is off and
one run writes at a time also there. Imports nothing of Dagster.
"""

import os
import shutil
from pathlib import Path

from pipelines.settings import PROJECT_DIR, Settings

CONFIGURATION = PROJECT_DIR / "dagster_home" / "dagster.yaml"


def instance_home(settings: Settings) -> Path:
    """The folder, ready for use."""
    home = settings.dagster.home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    file = home / CONFIGURATION.name
    if not file.exists():
        unfinished = file.with_suffix(f".{os.getpid()}")
        shutil.copyfile(CONFIGURATION, unfinished)
        unfinished.replace(file)
    return home
