"""The settings page: section, variable, default, description."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipelines.cli.reference.markdown import code, table
from pipelines.settings import PROJECT_DIR, Settings

INTRO = """\
# Settings

Values come from the environment, then from `.env` in the project folder. Credentials
of the tenant are `CW_*`; everything else is `CWP_<SECTION>__<NAME>`. Without any
`CW_*` credential the built-in sandbox is used.
"""


def render() -> str:
    """The page's Markdown."""
    parts = [INTRO]
    for name, section in _sections():
        about = (section.__doc__ or "").strip().splitlines()[0].replace("``", "`")
        parts.append(f"## {name.capitalize()}\n\n{about}\n")
        parts.append(table(("variable", "default", "meaning"), _rows(name, section)))
    return "\n".join(parts)


def _sections() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type):
            yield name, field.annotation


def _rows(section: str, model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    prefix = str(model.model_config.get("env_prefix") or f"CWP_{section.upper()}__")
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        yield code(variable), code(_default(field)), field.description or ""


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, Path):
        return value.relative_to(PROJECT_DIR).as_posix()
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)
