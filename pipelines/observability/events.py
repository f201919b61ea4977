"""Log what the ConnectWise client tells its hooks.

Waiting is what a person wonders about, so retries and held-back calls are told at
once; finished requests only at level DEBUG.
"""

from dataclasses import fields, is_dataclass
from typing import Any

import structlog

from pipelines.observability.metrics import event_name

_ROUTINE = frozenset({"request_finished", "rate_limit_waited"})


def log_event(event: object) -> None:
    """Log one event under its name; pass it as a hook of the client."""
    name = event_name(event)
    log = structlog.get_logger("pipelines.connectwise")
    tell = log.debug if name in _ROUTINE else log.warning
    tell(name, **_fields(event))


def _fields(event: object) -> dict[str, Any]:
    if not is_dataclass(event):
        return {}
    values = {item.name: getattr(event, item.name) for item in fields(event)}
    return {
        name: value if isinstance(value, (int, float)) else str(value)
        for name, value in values.items()
        if value is not None
    }
