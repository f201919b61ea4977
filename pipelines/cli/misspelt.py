"""Variables that look like settings and are none: a slip of the pen is told.

Pydantic ignores what it does not know, so that a mistyped name would do nothing and
say nothing. Here names are compared, never values; what a value may be is
``pipelines.settings``' business.
"""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel

from pipelines.cli.env_file import variable_of
from pipelines.settings import Settings, TenantSettings

OURS = "CWP_"
TENANT = "CW_"
# What dbt's profile reads; a run sets it.
INNER = "CWP_DBT_"
# Other programs may have CW_ variables of their own: only a near miss is told.
NEAR_MISS = 0.8


def warnings(env_file: Path) -> list[str]:
    """One sentence for each variable of the environment or ``env_file``."""
    known = tuple(_known())
    names = {name.upper() for name in (*os.environ, *_names_in(env_file))}
    told = ((name, _nearest(name, known)) for name in sorted(names - set(known)))
    return [
        f"{name} is not a setting and is ignored"
        + (f"; did you mean {near}?" if near else ": see docs/reference/settings.md.")
        for name, near in told
        if _meant_for_us(name) and (near or name.startswith(OURS))
    ]


def _meant_for_us(name: str) -> bool:
    return name.startswith((OURS, TENANT)) and not name.startswith(INNER)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    cutoff = 0.6 if name.startswith(OURS) else NEAR_MISS
    return next(iter(get_close_matches(name, known, n=1, cutoff=cutoff)), None)


def _known() -> Iterator[str]:
    yield from (f"{TENANT}{name.upper()}" for name in TenantSettings.model_fields)
    for section, field in Settings.model_fields.items():
        model = field.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            # A whole section may be given as JSON.
            yield f"{OURS}{section.upper()}"
            for name in model.model_fields:
                yield f"{OURS}{section.upper()}__{name.upper()}"


def _names_in(env_file: Path) -> list[str]:
    if not env_file.is_file():
        return []
    lines = env_file.read_text("utf-8").splitlines()
    return [variable_of(line) for line in lines if "=" in line]
