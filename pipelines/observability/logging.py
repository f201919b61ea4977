"""Structured logs: for people in a terminal, as JSON lines elsewhere.

``configure`` is called once by whoever starts a process. Other modules take
``structlog.get_logger(__name__)`` or the standard library's logger; both end in the
same handler, on stderr, redacted. What is worth logging is decided elsewhere.
"""

import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

from pipelines.observability.redaction import Redactor
from pipelines.settings import LogSettings

OURS = "pipelines"
# Other libraries' INFO lines describe their own work; Dagster's errors carry the stack
# trace of what the command line tells in a sentence.
_FLOORS = {"dagster": logging.CRITICAL}
_OTHERS_FLOOR = logging.WARNING


class _StderrHandler(logging.StreamHandler[TextIO]):
    """Asks for ``sys.stderr`` at each line, so that live progress can move aside."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def configure(
    settings: LogSettings, *, secrets: Iterable[str | SecretStr | None] = ()
) -> None:
    """Send all logs of this process to stderr, in ``settings.format``.

    Args:
        settings: level and format; ``auto`` means console in a terminal. Other
            libraries are heard from warnings on, or in full at level DEBUG.
        secrets: values that are hidden wherever they appear.
    """
    as_json = settings.format == "json" or (
        settings.format == "auto" and not sys.stderr.isatty()
    )
    before = _shared_processors()
    handler = _StderrHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=_final_processors(Redactor(secrets), as_json=as_json),
        )
    )
    if settings.level != "DEBUG":
        handler.addFilter(_worth_telling)
    sys.unraisablehook = _left_behind
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(redactor: Redactor) -> Processor:
    """A structlog processor that hides secrets in every value of an event."""

    def processor(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        hidden: dict[str, Any] = redactor.value(event)
        return hidden

    return processor


def _left_behind(left: "sys.UnraisableHookArgs") -> None:
    """Tell of an error in a finaliser; what led to it has been told in a sentence."""
    error = left.exc_value or left.exc_type
    logging.getLogger(OURS).debug("error_in_finaliser: %s", error)


def _worth_telling(record: logging.LogRecord) -> bool:
    """A filter of the handler: libraries set the levels of their loggers themselves."""
    package = record.name.partition(".")[0]
    if package == OURS:
        return True
    return record.levelno >= _FLOORS.get(package, _OTHERS_FLOOR)


def _shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _final_processors(redactor: Redactor, *, as_json: bool) -> list[Processor]:
    render: Processor
    if as_json:
        render = structlog.processors.JSONRenderer(default=str)
    else:
        render = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact(redactor),
        render,
    ]
